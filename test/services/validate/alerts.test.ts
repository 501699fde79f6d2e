import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a share is to be above all of it",
    ({ service }) => {
      change(service.alerts[0]?.condition ?? {}, { signal: "error-ratio", unit: "ratio", threshold: 1 });
    },
    ["shop-system/alerts/BackupFailed(archive)/condition/threshold: must be below 1: a share is never above it, got 1"],
  ],
  [
    "a unit is not the signal's",
    ({ service }) => {
      change(service.alerts[0]?.condition ?? {}, { unit: "seconds" });
    },
    ['shop-system/alerts/BackupFailed(archive)/condition/unit: must be "count" for backup-failures, got "seconds"'],
  ],
  [
    "something is to be below nothing",
    ({ service }) => {
      change(service.alerts[0]?.condition ?? {}, { is: "below" });
    },
    ["shop-system/alerts/BackupFailed(archive)/condition/threshold: must be above 0: nothing is below it, got 0"],
  ],
  ...(
    [
      ["would be late while it runs", 86_400, "1 day"],
      ["is missed for a week before somebody is told", 7 * 86_400, "7 days"],
    ] as const
  ).map(([what, threshold, got]): (typeof cases)[number] => [
    `a daily copy ${what} [TKT-4.13]`,
    ({ service }) => {
      change(service.alerts[0]?.condition ?? {}, { signal: "backup-age", unit: "seconds", threshold });
    },
    [
      `shop-system/alerts/BackupFailed(archive)/condition/threshold: must be at least 25 hours, its interval and its limit, and at most 3 days, three intervals, got ${got}`,
    ],
  ]),
  [
    "a threshold is no number",
    ({ service }) => {
      change(service.alerts[0]?.condition ?? {}, { threshold: Number.NaN });
    },
    ["shop-system/alerts/BackupFailed(archive)/condition/threshold: must be a number, 0 or more, got NaN"],
  ],
  [
    "an alert has no source",
    ({ service }) => {
      change(service.alerts[0] ?? {}, { source: "somebody said so" });
    },
    ['shop-system/alerts/BackupFailed(archive)/source: must be the id of a requirement, got "somebody said so"'],
  ],
  [
    "nobody is told that hosts of a component or a store are late with their updates [NOD-5.6]",
    ({ service, ledger, redis }) => {
      change(service, { alerts: service.alerts.filter(({ condition: { on } }) => on !== ledger && on !== redis) });
    },
    [
      "shop-system/components/ledger: must have an alert on a patch-age above 30 days or less: it stands on hosts (NOD-5.6), got none",
      "shop-system/stores/redis: must have an alert on a patch-age above 30 days or less: it stands on hosts (NOD-5.6), got none",
    ],
  ],
  [
    "somebody is told of late updates only after months [NOD-5.6]",
    ({ service, gate }) => {
      const late = service.alerts.find(({ condition: { on } }) => on === gate);
      change(late?.condition ?? {}, { threshold: 60 * 86_400 });
    },
    [
      "shop-system/components/gate: must have an alert on a patch-age above 30 days or less: it stands on hosts (NOD-5.6), got 60 days",
    ],
  ],
  [
    "an objective can never be missed",
    ({ service }) => {
      change(service.objectives[0] ?? {}, { target: 1 });
    },
    ["shop-system/objectives/availability/target: must be below 1: nothing is always good, got 1"],
  ],
];

describe("validateCatalogue: alerts", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
