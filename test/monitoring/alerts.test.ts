import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AlertingRule } from "../../monitoring/alerts.ts";
import { catalogue } from "../../services/catalogue.ts";
import { requireProgram } from "../support/program.ts";
import {
  type Case,
  complaints,
  DAY,
  HOUR,
  hostLabels,
  MINUTE,
  promtoolHint,
  rulesOf,
  rulesPath,
  type Sample,
  sample,
} from "./promtool.ts";

/** Alerts on the state of hosts, run by Prometheus' own tester: they fire beyond their threshold, and not just before it. */

const folder = mkdtempSync(join(tmpdir(), "alerts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CRL = "broker_crl_next_update_timestamp_seconds";
const REGISTERED = "broker_certificate_not_after_timestamp_seconds";
const INSTALLED = "platform_certificate_not_after_timestamp_seconds";
const FAILED = "platform_certificate_failed";
const UPDATES = "platform_updates_last_success_timestamp_seconds";

/** What an alert is of: an end that is near, or a moment that is long ago; how near or long. Or what is and may not be. */
interface Expected {
  readonly metric: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly left?: number;
  readonly ago?: number;
  readonly is?: number;
  readonly says: string;
}
/** Labels of one certificate in the register. */
const certificate = (serial: string, status: string, name = "client-a") => ({
  name,
  serial,
  status,
  path: `/${serial}.crt`,
});
const registered = { metric: REGISTERED, more: certificate("1", "active") };
const installed = { metric: INSTALLED, more: { authority: "internal" } };
const expected: Readonly<Record<string, Expected>> = {
  CrlExpiresSoon: { metric: CRL, left: 2 * DAY, says: "crl-remaining of a is below 2d 0h 0m 0s" },
  CrlExpires: { metric: CRL, left: DAY, says: "crl-remaining of a is below 1d 0h 0m 0s" },
  CertificateExpiresSoon: { ...registered, left: 30 * DAY, says: "certificate-remaining of a is below 30d 0h 0m 0s" },
  CertificateExpires: { ...registered, left: 7 * DAY, says: "certificate-remaining of a is below 7d 0h 0m 0s" },
  HostCertificateLate: { ...installed, left: 56 * HOUR, says: "certificate-remaining of a is below 2d 8h 0m 0s" },
  HostCertificateCheckFails: {
    ...{ metric: FAILED, more: { authority: "internal" }, is: 1 },
    says: "certificate-failures of a is above 0",
  },
  HostCertificateExpires: { ...installed, left: DAY, says: "certificate-remaining of a is below 1d 0h 0m 0s" },
  PatchesLate: { metric: UPDATES, ago: 30 * DAY, says: "patch-age of a is above 30d 0h 0m 0s" },
};
const expectedOf = ({ alert }: AlertingRule) => {
  const found = expected[alert];
  if (found === undefined) throw new Error(`${alert}: has no case here`);
  return found;
};

/** The moment of a sample that is beyond the threshold at the first minute by a second, or just not, and so a minute later. */
function moment(rule: AlertingRule, beyond: boolean): number {
  const { left, ago = 0 } = expectedOf(rule);
  return MINUTE + (left ?? -ago) - (beyond ? 1 : 0);
}

/** A sample of the rule's metric, one second beyond or within. */
function measured(rule: AlertingRule, beyond: boolean): Sample {
  const { metric, more = {}, is } = expectedOf(rule);
  const value = is === undefined ? moment(rule, beyond) : Number(beyond) * is;
  return sample(rule, metric, value, { more });
}

/** What fires, with labels that remain of the certificate or of its authority. */
const fires = (more: Readonly<Record<string, string>>) => (rule: AlertingRule) => ({
  labels: { ...hostLabels(), ...more },
  summary: `${expectedOf(rule).says}, or unknown`,
});
/** Of a figure: the register's names stay apart, the rest of a certificate's labels does not. */
function kept(rule: AlertingRule): Readonly<Record<string, string>> {
  const { metric, more = {} } = expectedOf(rule);
  return metric === REGISTERED ? { name: "client-a" } : more;
}

/** Rules of the state of hosts, and none of tasks. */
const all = rulesOf("production").filter(({ labels }) => labels.task === undefined);
/** Rules of each alert. */
const alerts = [...Map.groupBy(all, ({ alert }) => alert).values()];

describe.runIf(requireProgram("promtool", promtoolHint))("rules of alerts on hosts", () => {
  test("fire a second beyond their threshold, and not a second before it [BRK-31.16, TKT-4.12]", () => {
    const cases = alerts.flatMap((rules): readonly Case[] => [
      {
        is: "beyond",
        rules,
        samples: (rule) => [measured(rule, true)],
        fires: (rule) => fires(kept(rule))(rule),
      },
      { is: "within", rules, samples: (rule) => [measured(rule, false)] },
    ]);

    expect(complaints(folder, cases)).toBe("");
    expect(alerts.map(([rule]) => rule?.alert).toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test("fire for a host that answers and does not say, and for none that does not answer", () => {
    /** What says that a host has the thing at all: of one in the register, that it is installed. */
    const known = (rule: AlertingRule) =>
      expectedOf(rule).metric === REGISTERED
        ? [measured(rule, false), sample(rule, INSTALLED, DAY, { more: { authority: "broker" } })]
        : [measured(rule, false)];
    const cases = alerts.flatMap((rules): readonly Case[] => [
      { is: "unknown", rules, samples: (rule) => [sample(rule, "up", 1)], fires: fires({}) },
      { is: "away", rules, samples: (rule) => [sample(rule, "up", 0)] },
      { is: "known", rules, samples: (rule) => [sample(rule, "up", 1), ...known(rule)] },
    ]);

    expect(complaints(folder, cases)).toBe("");
    expect(cases).toHaveLength(3 * Object.keys(expected).length);
  });

  test("say nothing of a certificate that was replaced or revoked", () => {
    const of = (rule: AlertingRule, beyond: boolean, ...words: Parameters<typeof certificate>) =>
      sample(rule, REGISTERED, moment(rule, beyond), { more: certificate(...words) });
    const cases = alerts
      .filter((rules) => rules.every((rule) => expectedOf(rule).metric === REGISTERED))
      .map(
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

    expect(complaints(folder, cases)).toBe("");
    expect(cases).toHaveLength(2);
  });

  test("are those that Prometheus takes, the same in every environment", () => {
    const paths = catalogue.environments.map(({ name }) => rulesPath(name));
    const { status, stdout } = spawnSync("promtool", ["check", "rules", "--lint-fatal", ...paths], {
      encoding: "utf8",
    });

    expect(status).toBe(0);
    expect(stdout.match(/SUCCESS/g)).toHaveLength(paths.length);
    for (const { name } of catalogue.environments) expect(rulesOf(name)).toEqual(rulesOf("production"));
  });

  test("are of every alert of the broker's lists, and of updates and certificates of every group of hosts [NOD-5.6, TKT-4.12]", () => {
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
    for (const alert of ["PatchesLate", "HostCertificateLate", "HostCertificateCheckFails", "HostCertificateExpires"]) {
      expect(of(alert).toSorted()).toEqual(hosts.toSorted());
    }
  });
});
