import { setTimeout } from "node:timers/promises";
import { TABLE } from "../../../ansible/firewall/text.ts";
import { inHost, type Lab, onHost, reboot } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { declaredIn } from "./expected.ts";
import { type Probe, probeFrom } from "./probe.ts";

/** Seconds a store may take until it listens again on all its ports. */
const PATIENCE = 60;

/** Units that failed on a host, and whether systemd calls it running. */
async function unwell(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const { stdout: state } = await run("nsenter", await inHost(lab, host, ["systemctl", "is-system-running"]));
  const list = ["systemctl", "list-units", "--failed", "--plain", "--no-legend"];
  const { stdout: failed } = await run("nsenter", await inHost(lab, host, list));
  const units = failed.split("\n").flatMap((line) => line.split(" ", 1)[0] || []);
  if (state.trim() === "running" && units.length === 0) return [];
  return [`${host.tag}: ${state.trim()}, failed: ${units.join(", ") || "none"}`];
}

/** Declared listeners of these hosts that no declared peer of this lab reaches. */
async function closedListeners(lab: Lab, hosts: readonly LabHost[]): Promise<readonly string[]> {
  const { allows, ports } = declaredIn(lab.plan);
  const results = await Promise.all(
    lab.plan.hosts.map(async (from) => {
      const probes = hosts
        .filter((to) => to !== from)
        .flatMap((to) => ports.map((port): Probe => ["tcp", to.address, port]))
        .filter(([, address, port]) => allows(from.address, address, "tcp", port));
      const outcomes = await probeFrom(lab, from, probes);
      return probes.filter((_, index) => outcomes[index] !== "open").map(([, address, port]) => `${address}:${port}`);
    }),
  );
  return [...new Set(results.flat())];
}

/** The firewall in force on a host, line by line and without its counters. Throws when there is none. */
export async function firewall(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const list = ["nft", "--stateless", "--numeric", "list", "table", ...TABLE.split(" ")];
  return (await onHost(lab, host, list)).trim().split("\n");
}

/** Lines that a host's firewall lost or got; of rules in another order, that. */
export function changedRules(tag: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const without = (these: readonly string[], those: readonly string[]) => these.filter((line) => !those.includes(line));
  const changed = [
    ...without(before, after).map((line) => `lost "${line.trim()}"`),
    ...without(after, before).map((line) => `got "${line.trim()}"`),
  ];
  const moved =
    changed.length === 0 && before.join("\n") !== after.join("\n") ? ["has its rules in another order"] : [];
  return [...changed, ...moved].map((each) => `${tag}: the firewall ${each} by the reboot`);
}

/** What is not as before on hosts that restarted, once they had time for it. */
export async function afterRestart(lab: Lab, hosts: readonly LabHost[]): Promise<readonly string[]> {
  const end = performance.now() + PATIENCE * 1000;
  for (;;) {
    const sick = (await Promise.all(hosts.map((host) => unwell(lab, host)))).flat();
    const closed = await closedListeners(lab, hosts);
    const findings = [...sick, ...closed.map((place) => `${place}: declared, and nobody listens after the reboot`)];
    if (findings.length === 0 || performance.now() > end) return findings;
    await setTimeout(500);
  }
}

/** Every host, a zone after the other, as updates do. */
export const reboots: Check = {
  name: "reboot",
  proves: "every host comes back from a reboot with no failed unit, all its listeners and the same firewall",
  run: async (lab) => {
    const findings: string[] = [];
    for (const [, hosts] of Map.groupBy(lab.plan.hosts, ({ zone }) => zone.letter)) {
      const before = await Promise.all(hosts.map((host) => firewall(lab, host)));
      await Promise.all(hosts.map((host) => reboot(lab, host)));
      findings.push(...(await afterRestart(lab, hosts)));
      const after = await Promise.all(hosts.map((host) => firewall(lab, host)));
      findings.push(...hosts.flatMap(({ tag }, index) => changedRules(tag, before[index] ?? [], after[index] ?? [])));
    }
    demandNone(findings);
    return `${lab.plan.hosts.length} hosts, zone by zone`;
  },
};
