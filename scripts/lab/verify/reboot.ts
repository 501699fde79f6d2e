import { setTimeout } from "node:timers/promises";
import { TABLE } from "../../../ansible/firewall/text.ts";
import { type Lab, onHost, reboot } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { type Check, demandNone } from "./check.ts";
import { closed, doorsOf, unhealthyTargets, unready, unwell } from "./health.ts";
import { withOutsiders } from "./packets.ts";

/** Seconds a host may take until it does all its work again. */
const PATIENCE = 60;

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

/** What is not as before where these hosts restarted, once they had time for it: on them, and in what they do with the others. */
export const afterRestart = (lab: Lab, hosts: readonly LabHost[]): Promise<readonly string[]> =>
  withOutsiders(lab, async (outside) => {
    const doors = doorsOf(lab.plan, hosts, outside);
    const end = performance.now() + PATIENCE * 1000;
    for (;;) {
      const found = await Promise.all([
        ...hosts.map((host) => unwell(lab, host)),
        ...lab.plan.hosts.map((host) => unready(lab, host)),
        unhealthyTargets(lab),
        closed(lab, doors),
      ]);
      const findings = found.flat();
      if (findings.length === 0 || performance.now() > end) return findings;
      await setTimeout(500);
    }
  });

const TASKS = "platform-task-*";

/** Makes a host believe that it was down for longer than any of its tasks rests: they all start with it. */
const overdue = (lab: Lab, host: LabHost): Promise<string> =>
  onHost(lab, host, ["sh", "-c", `touch --no-create --date="8 days ago" /var/lib/systemd/timers/stamp-${TASKS}.timer`]);

/** Tasks that did not run since their host is back. */
async function missed(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const ask = `cd /etc/systemd/system; systemctl show --property=Id,ExecMainExitTimestampMonotonic ${TASKS}.service`;
  const units = (await onHost(lab, host, ["sh", "-c", ask])).trim().split("\n\n");
  return units.flatMap((unit) => {
    const name = /^Id=(.*)$/m.exec(unit)?.[1];
    return name !== undefined && /Monotonic=0$/m.test(unit)
      ? [`${host.tag}: ${name}: must be made up for, did not run`]
      : [];
  });
}

/** Every host, a zone after the other, as updates do. */
export const reboots: Check = {
  name: "reboot",
  proves:
    "every host comes back from a reboot with no failed unit, every task that it missed done (BRK-25.5), every declared listener open to those inside and outside of the lab, and the same firewall; after each zone every host and cluster does its work, and every target of the load balancers is healthy",
  run: async (lab) => {
    const findings: string[] = [];
    for (const [, hosts] of Map.groupBy(lab.plan.hosts, ({ zone }) => zone.letter)) {
      const before = await Promise.all(hosts.map((host) => firewall(lab, host)));
      await Promise.all(hosts.map((host) => overdue(lab, host)));
      await Promise.all(hosts.map((host) => reboot(lab, host)));
      findings.push(...(await afterRestart(lab, hosts)));
      findings.push(...(await Promise.all(hosts.map((host) => missed(lab, host)))).flat());
      const after = await Promise.all(hosts.map((host) => firewall(lab, host)));
      findings.push(...hosts.flatMap(({ tag }, index) => changedRules(tag, before[index] ?? [], after[index] ?? [])));
    }
    findings.push(...(await afterRestart(lab, lab.plan.hosts)));
    demandNone([...new Set(findings)]);
    return `${lab.plan.hosts.length} hosts, zone by zone`;
  },
};
