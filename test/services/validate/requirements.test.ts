import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { minutes } from "../../../services/define.ts";
import { type Minimum, minimums } from "../../../services/validate/minimums.ts";
import { describeFault, validateCatalogue } from "../../../services/validate.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture, TODAY } from "./fixture.ts";

const DAY = 86_400;
const keepsDays = (atLeast: number): Minimum => ({
  id: "TKT-7.3",
  path: "shop-system/backups/*/keep",
  measure: "span",
  bound: { atLeast: atLeast * DAY },
});
const books = (measure: Minimum["measure"], atLeast: number): Minimum => ({
  id: "NOD-3.6",
  path: "shop-system/backups/books-dump/keep",
  measure,
  bound: { atLeast },
});

const cases: readonly (readonly [
  title: string,
  minimum: Minimum,
  edit: (parts: Fixture) => void,
  faults: readonly string[],
])[] = [
  [
    "a backup is kept for less than the requirement says",
    keepsDays(30),
    ({ dump }) => change(dump, { keep: { for: 14 * DAY } }),
    ["shop-system/backups/books-dump/keep: must be >= 30 days (TKT-7.3), got 14 days"],
  ],
  [
    "single days are kept for less than the span",
    keepsDays(30),
    ({ dump }) => change(dump, { keep: { daily: 7, weekly: 60 } }),
    ["shop-system/backups/books-dump/keep: must be >= 30 days (TKT-7.3), got 7 days"],
  ],
  [
    "too few daily copies are kept",
    books("daily copies", 7),
    ({ dump }) => change(dump, { keep: { daily: 6, weekly: 4 } }),
    ["shop-system/backups/books-dump/keep: must be >= 7 daily copies (NOD-3.6), got 6 daily copies"],
  ],
  [
    "too few weekly copies fit into the span",
    books("weekly copies", 5),
    ({ dump }) => change(dump, { keep: { for: 30 * DAY } }),
    ["shop-system/backups/books-dump/keep: must be >= 5 weekly copies (NOD-3.6), got 4 weekly copies"],
  ],
  [
    "copies are made less often than the requirement says",
    {
      id: "BRK-25.5",
      path: "shop-system/backups/*/schedule",
      measure: "interval",
      bound: { atMost: minutes(60) },
    },
    ({ service, archive }) =>
      change(service, {
        backups: service.backups
          .map((each) => ({ ...each, ...(each === archive ? { schedule: { every: "minutes", count: 60 } } : {}) }))
          .slice(0, 2),
      }),
    ["shop-system/backups/books-dump/schedule: must be <= 1 hour (BRK-25.5), got 1 day"],
  ],
  [
    "logs of an environment go too early",
    { id: "TKT-4.15", path: "environments/*/logs/keep", measure: "time", bound: { atLeast: 30 * DAY } },
    ({ staging }) => change(staging.logs, { keep: 14 * DAY }),
    ["environments/staging/logs/keep: must be >= 30 days (TKT-4.15), got 14 days"],
  ],
  [
    "a purge deletes what is younger than the requirement says",
    { id: "BRK-27.1", path: "shop-system/jobs/purge/command", measure: "argument", bound: { atLeast: 180 } },
    ({ purge }) => change(purge, { command: ["mariadb", "--execute=CALL sp_cleanup_old_messages(30)"] }),
    ["shop-system/jobs/purge/command: must be >= 180 (BRK-27.1), got 30"],
  ],
  [
    "a purge follows no backup",
    { id: "BRK-27.5", path: "shop-system/jobs/purge/after", measure: "backups", bound: { atLeast: 1 } },
    ({ purge }) => change(purge, { after: undefined }),
    ["shop-system/jobs/purge/after: must be >= 1 backups (BRK-27.5), got nothing: no such part"],
  ],
  [
    "a component that must not reaches the internet",
    {
      id: "BRK-15.2",
      path: "shop-system/components/shop",
      measure: "ways to the internet",
      bound: { atMost: 0 },
    },
    () => undefined,
    ["shop-system/components/shop: must be <= 0 ways to the internet (BRK-15.2), got 1 ways to the internet"],
  ],
  [
    "a component that must not calls others",
    {
      id: "BRK-15.1",
      path: "shop-system/components/gate",
      measure: "calls beyond its host",
      bound: { atMost: 0 },
    },
    () => undefined,
    ["shop-system/components/gate: must be <= 0 calls beyond its host (BRK-15.1), got 1 calls beyond its host"],
  ],
  [
    "the part that a requirement is about has another name",
    books("daily copies", 7),
    ({ dump }) => change(dump, { name: "ledger-dump" }),
    ["shop-system/backups/books-dump/keep: must be >= 7 daily copies (NOD-3.6), got nothing: no such part"],
  ],
];

describe("validateCatalogue: requirements", () => {
  test.each(cases)("fails when %s", (_title, minimum, edit, faults) => {
    // When
    const found = faultsAfter(edit, [minimum]);
    // Then
    expect(found.filter((fault) => fault.includes(minimum.id))).toEqual(faults);
  });

  test("calls on the loopback of a host do not leave it", () => {
    const onItsHost: Minimum = {
      id: "BRK-15.1",
      path: "shop-system/components/ledger",
      measure: "calls beyond its host",
      bound: { atMost: 0 },
    };
    expect(faultsAfter(() => undefined, [onItsHost])).toEqual([]);
  });

  test("every minimum finds its part in the catalogue", () => {
    const missing = validateCatalogue(catalogue, TODAY)
      .filter(({ got }) => got.includes("no such part"))
      .map(describeFault);
    expect({ minimums: minimums.length > 0, missing }).toEqual({ minimums: true, missing: [] });
  });
});
