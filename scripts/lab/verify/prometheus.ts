import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { alertsOf } from "../../../monitoring/alerts.ts";
import { observability, prometheus as program } from "../../../services/observability.ts";
import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { inTime } from "./operations.ts";
import { type ActiveTarget, differences, type Group, wrongRules, wrongTargets } from "./prometheus-api.ts";

const UNITS = ["prometheus", "prometheus-blackbox-exporter", "prometheus-alertmanager"];
/** Where its rules lie, and one of the lab's own for a while. */
const RULES = "/etc/prometheus/rules/lab.yaml";
/** Seconds until Prometheus, which has read its configuration again, knows its Alertmanagers: an alert before that is told a minute late. */
const AFTER_RELOAD = 10;
/** Seconds after which the second Alertmanager would have called too, had the first not told it: it waits for 15. */
const SECOND_CALL = 25;

/** The command that asks one of the programs with the host's own certificate, or with none. */
function asking(url: string, shown = true): readonly string[] {
  const at = (name: string) => `${program.certificates[0]?.directory}/${name}`;
  const certificate = shown ? ["--cert", at("tls.crt"), "--key", at("tls.key")] : [];
  return [
    "curl",
    "--silent",
    "--show-error",
    "--fail",
    "--max-time",
    "10",
    "--cacert",
    at("ca.crt"),
    ...certificate,
    url,
  ];
}
const queryUrl = ({ domain }: LabHost, path: string) =>
  `https://${domain}:${program.listens.query.port}/api/v1/${path}`;
const alertsUrl = ({ domain }: LabHost, path: string) =>
  `https://${domain}:${program.listens.alertmanager.port}/api/v2/${path}`;

async function query<Data>(lab: Lab, host: LabHost, path: string): Promise<Data> {
  const { data } = JSON.parse(await onHost(lab, host, asking(queryUrl(host, path)))) as { readonly data: Data };
  return data;
}

/** What does not hold of Prometheus on a host, besides the rule of the lab's own. */
async function wrongOn(lab: Lab, host: LabHost, word: string): Promise<readonly string[]> {
  const { groups } = await query<{ groups: readonly Group[] }>(lab, host, "rules");
  const { activeTargets } = await query<{ activeTargets: readonly ActiveTarget[] }>(lab, host, "targets?state=active");
  const { activeAlertmanagers } = await query<{ activeAlertmanagers: readonly unknown[] }>(lab, host, "alertmanagers");
  const probed = `query?query=${encodeURIComponent(`probe_success{service="${observability.name}",component="${program.name}"}`)}`;
  const { result } = await query<{ result: readonly { readonly value: readonly [number, string] }[] }>(
    lab,
    host,
    probed,
  );
  const members = lab.plan.hosts.filter(({ group }) => group === program.name).length;
  const healthy = result.filter(({ value: [, answer] }) => answer === "1").length;
  return [
    ...wrongRules(
      alertsOf(lab.plan.estate),
      groups.filter(({ name }) => name !== word),
    ),
    ...wrongTargets(lab.plan, activeTargets),
    ...(activeAlertmanagers.length === members
      ? []
      : [`must know ${members} Alertmanagers, knows ${activeAlertmanagers.length}`]),
    ...(healthy === members ? [] : [`the prober must find ${members} hosts of Prometheus healthy, found ${healthy}`]),
  ].map((finding) => `${host.tag}: ${finding}`);
}

/** What an Alertmanager knows of an alert. */
interface Told {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly { readonly name: string }[];
}

/** What does not hold of an Alertmanager, asked by another host: it has the alert once, for the pager, nothing else, and its peers. */
async function untold(lab: Lab, from: LabHost, member: LabHost, word: string): Promise<readonly string[]> {
  const ask = async <Data>(path: string) =>
    JSON.parse(await onHost(lab, from, asking(alertsUrl(member, path)))) as Data;
  const alerts = await ask<readonly Told[]>("alerts?silenced=false");
  const { cluster } = await ask<{ cluster: { status: string; peers: readonly unknown[] } }>("status");
  const members = lab.plan.hosts.filter(({ group }) => group === program.name).length;
  const known = alerts.map(
    ({ labels, receivers }) => `${labels["alertname"]} for ${receivers.map(({ name }) => name)}`,
  );
  return [
    ...differences("alert", [`${word} for page`], known),
    ...(known.length > 1 ? [`must have one alert, has ${known.join(", ")}`] : []),
    ...(cluster.status === "ready" && cluster.peers.length === members
      ? []
      : [`must be ready with ${members} members, is ${cluster.status} with ${cluster.peers.length}`]),
  ].map((finding) => `${member.tag}: Alertmanager: ${finding}`);
}

/** Units that do not run, and APIs that answer whoever shows no certificate. */
async function open(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const { stdout } = await run("nsenter", await inHost(lab, host, ["systemctl", "is-active", ...UNITS]));
  const states = stdout.trim().split("\n");
  const urls = [queryUrl(host, "status/buildinfo"), alertsUrl(host, "status")];
  const answers = await Promise.all(
    urls.map(async (url) => run("nsenter", await inHost(lab, host, asking(url, false)))),
  );
  return [
    ...UNITS.filter((_, index) => states[index] !== "active").map((unit) => `${host.tag}: ${unit}: must be active`),
    // 56: the server ended the connection in the handshake.
    ...urls
      .filter((_, index) => answers[index]?.code !== 56)
      .map((url) => `${url}: must refuse who shows no certificate`),
  ];
}

/** Has each Prometheus read its rules again, with one of the lab's own that fires soon, or without it. */
async function fire(lab: Lab, hosts: readonly LabHost[], word?: string): Promise<void> {
  const labels = `{ severity: page, service: ${observability.name}, component: ${program.name} }`;
  const rule = `{ alert: ${word}, expr: vector(time()) > ${Math.ceil(Date.now() / 1000) + AFTER_RELOAD}, labels: ${labels} }`;
  const text = `groups: [{ name: ${word}, interval: 1s, rules: [${rule}] }]\n`;
  const write = word === undefined ? `rm --force ${RULES}` : `cat >${RULES}`;
  await Promise.all(
    hosts.map((host) => onHost(lab, host, ["sh", "-c", `${write} && systemctl reload prometheus`], text)),
  );
}

/** Says nothing more of the alert: its end would call the pager again, minutes later, and in another run of this check. */
async function silence(lab: Lab, [host]: readonly LabHost[], word: string): Promise<void> {
  if (host === undefined) return;
  const times = [0, 3600].map((seconds) => new Date(Date.now() + seconds * 1000).toISOString());
  const matchers = [{ name: "alertname", value: word, isRegex: false, isEqual: true }];
  const body = JSON.stringify({
    matchers,
    startsAt: times[0],
    endsAt: times[1],
    createdBy: "lab",
    comment: "of a check",
  });
  const post = ["--header", "Content-Type: application/json", "--data", body];
  await run("nsenter", await inHost(lab, host, [...asking(alertsUrl(host, "silences")), ...post]));
}

/** How often the pager was called. */
const calls = ({ state }: Lab): number =>
  readFileSync(state.at("log/outside.log"), "utf8").split("POST /v2/enqueue ").length - 1;

/** The way of an alert: from figures by the real Prometheus and Alertmanager to the pager. */
export const prometheus: Check = {
  name: "prometheus",
  proves:
    "each Prometheus has every rule and target of the catalogue, judges and asks them; an alert of both reaches both Alertmanagers, and the pager once; who shows no certificate is refused (TKT-4.1, MUN-3.7, MUN-3.11)",
  services: [observability.name],
  run: async (lab) => {
    const hosts = lab.plan.hosts.filter(({ group }) => group === program.name);
    const word = `Lab${randomBytes(4).toString("hex")}`;
    const before = calls(lab);
    // What was reloaded while it started is there again after RestartSec.
    await inTime(async () => demandNone((await Promise.all(hosts.map((host) => open(lab, host)))).flat()));
    try {
      await fire(lab, hosts, word);
      const pairs = hosts.flatMap((from) => hosts.map((member) => [from, member] as const));
      // Each target is asked, and each rule judged, every half minute.
      await inTime(async () => {
        const found = await Promise.all([
          ...hosts.map((host) => wrongOn(lab, host, word)),
          ...pairs.map(([from, member]) => untold(lab, from, member, word)),
          calls(lab) > before ? [] : ["the pager must be called, was not"],
        ]);
        demandNone(found.flat());
      });
      await setTimeout(SECOND_CALL * 1000);
      const called = calls(lab) - before;
      demandNone(called === 1 ? [] : [`the pager must be called once, was ${called} times`]);
    } finally {
      await fire(lab, hosts);
      await silence(lab, hosts, word);
    }
    const rules = alertsOf(lab.plan.estate).groups.flatMap((group) => group.rules);
    return `${rules.length} rules, and an alert of ${hosts.length} hosts that called the pager once`;
  },
};
