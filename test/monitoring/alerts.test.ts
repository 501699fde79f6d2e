import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { AlertingRule, RuleFile } from "../../monitoring/alerts.ts";
import { catalogue } from "../../services/catalogue.ts";
import { requireProgram } from "../support/program.ts";

/** Rules of alerts, run by Prometheus' own tester: they fire beyond their threshold, and not just before it. */

const HINT = 'PATH="$(.ci/host-programs):$PATH"';
const folder = mkdtempSync(join(tmpdir(), "alerts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pathOf = (environment: string) =>
  join(import.meta.dirname, `../../monitoring/generated/${environment}/alerts.yaml`);
const rulesOf = (environment: string): readonly AlertingRule[] =>
  (parse(readFileSync(pathOf(environment), "utf8")) as RuleFile).groups.flatMap(({ rules }) => rules);

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const CRL = "broker_crl_next_update_timestamp_seconds";
const CERTIFICATE = "broker_certificate_not_after_timestamp_seconds";
const UPDATES = "platform_updates_last_success_timestamp_seconds";

/** What each alert is of: an end that is near, or a moment that is long ago; how near or long, and for how long that must hold. */
const expected: Readonly<Record<string, { metric: string; left?: number; ago?: number; holds: number; says: string }>> =
  {
    CrlExpiresSoon: { metric: CRL, left: 2 * DAY, holds: 10 * MINUTE, says: "crl-remaining of a is below 2d 0h 0m 0s" },
    CrlExpires: { metric: CRL, left: DAY, holds: 5 * MINUTE, says: "crl-remaining of a is below 1d 0h 0m 0s" },
    CertificateExpiresSoon: {
      metric: CERTIFICATE,
      left: 30 * DAY,
      holds: 10 * MINUTE,
      says: "certificate-remaining of a is below 30d 0h 0m 0s",
    },
    CertificateExpires: {
      metric: CERTIFICATE,
      left: 7 * DAY,
      holds: 5 * MINUTE,
      says: "certificate-remaining of a is below 7d 0h 0m 0s",
    },
    PatchesLate: { metric: UPDATES, ago: 30 * DAY, holds: 60 * MINUTE, says: "patch-age of a is above 30d 0h 0m 0s" },
  };
const expectedOf = ({ alert }: AlertingRule) => {
  const found = expected[alert];
  if (found === undefined) throw new Error(`${alert}: has no case here`);
  return found;
};

/** When a rule is asked: after it has held for long enough since the first minute. */
const asked = (rule: AlertingRule): number => MINUTE + expectedOf(rule).holds;
/** The moment of a sample that is beyond the threshold at the first minute by a second, or just not, and so a minute later. */
function moment(rule: AlertingRule, beyond: boolean): number {
  const { left, ago = 0 } = expectedOf(rule);
  return MINUTE + (left ?? -ago) - (beyond ? 1 : 0);
}

/** A host's sample, the same at every minute; the clock of the tester begins at 0. */
const sample = ({ labels: { service, component } }: AlertingRule, metric: string, value: number, more = "") => ({
  series: `${metric}{job="node",instance="a:9100",host="a",service="${service}",component="${component}"${more}}`,
  values: `${value}+0x120`,
});
type Sample = ReturnType<typeof sample>;

/** What happens to each of some rules of one alert. */
interface Case {
  readonly is: string;
  readonly rules: readonly AlertingRule[];
  samples(rule: AlertingRule): readonly Sample[];
  /** Labels that the alert has besides the rule's own and those of a host; undefined: it does not fire. */
  readonly fires?: Readonly<Record<string, string>>;
}

/** The case as promtool reads it; undefined without a rule. */
function written({ is, rules, samples, fires }: Case) {
  const [first] = rules;
  if (first === undefined) return undefined;
  const { alert } = first;
  return {
    name: `${alert}: ${is}`,
    interval: "1m",
    input_series: rules.flatMap(samples),
    alert_rule_test: [
      {
        alertname: alert,
        eval_time: `${asked(first)}s`,
        exp_alerts:
          fires &&
          rules.map((rule) => ({
            exp_labels: { job: "node", instance: "a:9100", host: "a", ...rule.labels, ...fires },
            exp_annotations: { summary: `${expectedOf(rule).says}, or unknown`, source: rule.annotations.source },
          })),
      },
    ],
  };
}

/** What promtool has against the cases; "" when all are so. */
function complaints(cases: readonly Case[]): string {
  const path = join(folder, "cases.yaml");
  const tests = cases.map(written);
  writeFileSync(path, stringify({ rule_files: [pathOf("production")], evaluation_interval: "1m", tests }));
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", path], { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

/** Labels of one certificate in the register. */
const certificate = (serial: string, status: string, name = "client-a") =>
  `,name="${name}",serial="${serial}",status="${status}",path="/${serial}.crt"`;
const isOfCertificates = (rule: AlertingRule) => expectedOf(rule).metric === CERTIFICATE;

/** A sample of the rule's metric, one second beyond or within. */
function measured(rule: AlertingRule, beyond: boolean): Sample {
  const { metric } = expectedOf(rule);
  return sample(rule, metric, moment(rule, beyond), metric === CERTIFICATE ? certificate("1", "active") : "");
}

const all = rulesOf("production");
/** Rules of each alert. */
const alerts = [...Map.groupBy(all, ({ alert }) => alert).values()];
const [ofCertificates, ofHosts] = [true, false].map((wanted) =>
  alerts.filter((rules) => rules.every((rule) => isOfCertificates(rule) === wanted)),
);

describe.runIf(requireProgram("promtool", HINT))("rules of alerts", () => {
  test("fire a second beyond their threshold, and not a second before it [BRK-31.16]", () => {
    const cases = alerts.flatMap((rules): readonly Case[] => [
      {
        is: "beyond",
        rules,
        samples: (rule) => [measured(rule, true)],
        fires: rules.some(isOfCertificates) ? { name: "client-a" } : {},
      },
      { is: "within", rules, samples: (rule) => [measured(rule, false)] },
    ]);

    expect(complaints(cases)).toBe("");
    expect(alerts.map(([rule]) => rule?.alert).toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test("fire for a host that answers and does not say, and for none that does not answer", () => {
    const cases = (ofHosts ?? []).flatMap((rules): readonly Case[] => [
      { is: "unknown", rules, samples: (rule) => [sample(rule, "up", 1)], fires: {} },
      { is: "away", rules, samples: (rule) => [sample(rule, "up", 0)] },
      { is: "known", rules, samples: (rule) => [sample(rule, "up", 1), measured(rule, false)] },
    ]);

    expect(complaints(cases)).toBe("");
    expect(cases).toHaveLength(9);
  });

  test("say nothing of a certificate that was replaced or revoked", () => {
    const of = (rule: AlertingRule, beyond: boolean, ...words: Parameters<typeof certificate>) =>
      sample(rule, CERTIFICATE, moment(rule, beyond), certificate(...words));
    const cases = (ofCertificates ?? []).map(
      (rules): Case => ({
        is: "replaced and revoked",
        rules,
        samples: (rule) => [
          of(rule, true, "1", "expired"),
          of(rule, false, "2", "active"),
          of(rule, true, "3", "revoked", "client-b"),
        ],
      }),
    );

    expect(complaints(cases)).toBe("");
    expect(cases).toHaveLength(2);
  });

  test("are those that Prometheus takes, the same in every environment", () => {
    const paths = catalogue.environments.map(({ name }) => pathOf(name));
    const { status, stdout } = spawnSync("promtool", ["check", "rules", "--lint-fatal", ...paths], {
      encoding: "utf8",
    });

    expect(status).toBe(0);
    expect(stdout.match(/SUCCESS/g)).toHaveLength(paths.length);
    for (const { name } of catalogue.environments) expect(rulesOf(name)).toEqual(all);
  });

  test("are of every alert of the broker's lists, and of the updates of every group of hosts [NOD-5.6]", () => {
    const of = (alert: string) =>
      all.filter((rule) => rule.alert === alert).map(({ labels: { service, component } }) => `${service}/${component}`);
    const broker = ["proxy", "main", "worker", "portal"].map((each) => `message-broker/${each}`);
    const hosts = catalogue.services.flatMap(({ name, components, stores }) => [
      ...components.filter(({ kind }) => kind === "hosts").map((each) => `${name}/${each.name}`),
      ...stores
        .filter(({ kind }) => ["patroni", "redis-sentinel", "mongo"].includes(kind))
        .map((each) => `${name}/${each.name}`),
    ]);

    expect(of("CrlExpires")).toEqual(broker);
    expect(of("CrlExpiresSoon")).toEqual(broker);
    expect(of("CertificateExpires")).toEqual(broker);
    expect(of("PatchesLate").toSorted()).toEqual(hosts.toSorted());
  });
});
