import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AlertingRule } from "../../monitoring/alerts.ts";
import { requireProgram } from "../support/program.ts";
import { type Case, complaints, DAY, HOUR, hostLabels, MINUTE, promtoolHint, rulesOf, sample } from "./promtool.ts";

/** Alerts on backups and jobs of hosts, run by Prometheus' own tester. */

const folder = mkdtempSync(join(tmpdir(), "tasks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FAILED = "platform_task_failed";
const SUCCEEDED = "platform_task_last_success_timestamp_seconds";
const BOOTED = "node_boot_time_seconds";
const LATE = 26 * HOUR;

/** Each alert on an age, whose task it is of, and what is late; those of `each` are done by every host, of others by any. */
const ages = [
  { alert: "BackupStale", of: "ticketing/database", tasks: ["database-archive", "database-dump"], age: LATE },
  { alert: "BackupStale", of: "ticketing/redis", tasks: ["redis"], age: LATE },
  { alert: "BackupStale", of: "ticketing/api", tasks: ["configuration"], age: LATE, each: true },
  { alert: "BackupStale", of: "ticketing/worker", tasks: ["configuration-worker"], age: LATE, each: true },
  { alert: "BackupStale", of: "ticketing/api", tasks: ["uploads"], age: 3 * HOUR },
  { alert: "BackupStale", of: "ticketing/worker", tasks: ["audit-anchor"], age: 3 * HOUR },
  { alert: "BackupStale", of: "resident-services/redis", tasks: ["redis"], age: LATE },
  { alert: "BackupStale", of: "student-allocation/redis", tasks: ["redis"], age: 3 * HOUR },
  { alert: "BackupStale", of: "message-broker/main", tasks: ["database"], age: LATE },
  {
    alert: "BackupStale",
    of: "message-broker/main",
    tasks: ["certificates", "encryption-keys"],
    age: LATE,
    each: true,
  },
  ...["proxy", "main", "worker", "portal"].map((name) => ({
    alert: "CertificateCheckLate",
    of: `message-broker/${name}`,
    tasks: [`cert-check-${name}`],
    age: LATE,
    each: true,
  })),
  { alert: "PurgeLate", of: "message-broker/main", tasks: ["purge"], age: 8 * DAY },
];

const production = rulesOf("production").filter(({ labels }) => labels.task !== undefined);
const taskOf = ({ labels: { service, component, task } }: AlertingRule) => `${service}/${component}/${task}`;
/** Rules of one line. */
const rulesFor = ({ alert, of, tasks }: (typeof ages)[number]) =>
  production.filter((rule) => rule.alert === alert && tasks.some((task) => taskOf(rule) === `${of}/${task}`));

/** How long ago it was at the first minute: the threshold and a second, or just the threshold. */
const ago = (age: number, beyond: boolean) => MINUTE - age - (beyond ? 1 : 0);
const labelsOf = ({ labels: { task = "" } }: AlertingRule, kind = "backup") => ({ task, kind });
const succeeded = (rule: AlertingRule, age: number, beyond: boolean, more: { host?: string; away?: boolean } = {}) =>
  sample(rule, SUCCEEDED, ago(age, beyond), { more: labelsOf(rule), ...more });

describe.runIf(requireProgram("promtool", promtoolHint))("rules of alerts on tasks", () => {
  test("fire when the last run failed, at once, and not when it succeeded [TKT-7.12, BRK-31.8]", () => {
    const failures = production.filter(({ alert }) => ["BackupFailed", "PurgeFailed"].includes(alert));
    const copies = ages
      .filter(({ alert }) => alert === "BackupStale")
      .flatMap(({ of, tasks }) => tasks.map((task) => `${of}/${task}`));
    const cases = [...Map.groupBy(failures, ({ alert }) => alert).values()].flatMap((rules): readonly Case[] => [
      {
        is: "failed",
        rules,
        samples: (rule) => [sample(rule, FAILED, 1, { more: labelsOf(rule) })],
        fires: (rule) => ({
          labels: { ...hostLabels(), ...labelsOf(rule) },
          summary: `${rule.alert === "PurgeFailed" ? "purge" : "backup"}-failures of ${rule.labels.task} on a is above 0`,
        }),
      },
      { is: "succeeded", rules, samples: (rule) => [sample(rule, FAILED, 0, { more: labelsOf(rule) })] },
      { is: "never ran", rules, samples: (rule) => [sample(rule, "up", 1)] },
    ]);

    expect(complaints(folder, cases)).toBe("");
    expect(failures.map(taskOf).toSorted()).toEqual([...copies, "message-broker/main/purge"].toSorted());
  });

  test("fire a second beyond the age of a last success, and not a second before it [TKT-4.13, BRK-27.4, BRK-30.2]", () => {
    const says = (rule: AlertingRule, age: number, on = "") => {
      const [days, hours] = [Math.floor(age / DAY), (age % DAY) / HOUR];
      const signal = rule.alert === "BackupStale" ? "backup-age" : "cycle-age";
      return `${signal} of ${rule.labels.task}${on} is above ${days > 0 ? `${days}d ` : ""}${hours}h 0m 0s, or unknown`;
    };
    const cases = ages.flatMap((line): readonly Case[] => {
      const { age, each = false } = line;
      const rules = rulesFor(line);
      /** Of a host, or of the group where any of its hosts may have done it. */
      const fires = (kind: Readonly<Record<string, string>>) => (rule: AlertingRule) => ({
        labels: each ? { ...hostLabels(), ...kind } : {},
        summary: says(rule, age, each ? " on a" : ""),
      });
      return [
        { is: "late", rules, samples: (rule) => [succeeded(rule, age, true)], fires: fires({ kind: "backup" }) },
        { is: "on time", rules, samples: (rule) => [succeeded(rule, age, false)] },
        {
          is: "never, by a host that had time",
          rules,
          samples: (rule) => [sample(rule, BOOTED, ago(age, true))],
          fires: fires({}),
        },
        { is: "never, by one that had not", rules, samples: (rule) => [sample(rule, BOOTED, ago(age, false))] },
        {
          is: "on time, by a host that started long ago",
          rules,
          samples: (rule) => [sample(rule, BOOTED, ago(age, true)), succeeded(rule, age, false)],
        },
      ];
    });

    expect(complaints(folder, cases)).toBe("");
    expect(ages.flatMap(rulesFor).map(taskOf).toSorted()).toEqual(
      production
        .filter(({ alert }) => !alert.endsWith("Failed"))
        .map(taskOf)
        .toSorted(),
    );
    expect(ages.flatMap(rulesFor)).toHaveLength(ages.flatMap(({ tasks }) => tasks).length);
  });

  test("take the latest of hosts one of which does it for all, also of one that is down since", () => {
    const cases = ages
      .filter(({ each = false }) => !each)
      .map(
        (line): Case => ({
          is: "the host that did it last went down",
          rules: rulesFor(line),
          // As of the tenth minute: b has been silent for five, and a did it long ago.
          at: 10 * MINUTE,
          samples: (rule) => [
            sample(rule, BOOTED, ago(line.age, true)),
            succeeded(rule, line.age, true),
            sample(rule, SUCCEEDED, 0, { host: "b", away: true, more: labelsOf(rule) }),
          ],
        }),
      );

    expect(complaints(folder, cases)).toBe("");
    expect(cases).not.toEqual([]);
  });

  test("do not take one host's for another's where each must do it", () => {
    const cases = ages
      .filter(({ each = false }) => each)
      .map(
        (line): Case => ({
          is: "one of two is late",
          rules: rulesFor(line),
          samples: (rule) => [succeeded(rule, line.age, false), succeeded(rule, line.age, true, { host: "b" })],
          fires: (rule) => ({
            labels: { ...hostLabels("b"), ...labelsOf(rule) },
            summary: `${rule.alert === "BackupStale" ? "backup" : "cycle"}-age of ${rule.labels.task} on b is above 1d 2h 0m 0s, or unknown`,
          }),
        }),
      );

    expect(complaints(folder, cases)).toBe("");
    expect(cases).toHaveLength(7);
  });
});
