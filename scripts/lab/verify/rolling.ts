import { refusals } from "../converge.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { type Check, demandNone } from "./check.ts";
import { afterRestart } from "./reboot.ts";
import { type Answered, applications, inWords, playbook, together, underLoad, type Values } from "./under-load.ts";

/** The process of each unit of the applications, by host and unit. */
async function processes(lab: Lab, hosts: readonly LabHost[]): Promise<ReadonlyMap<string, string>> {
  const here = applications(lab).filter(({ host }) => hosts.includes(host));
  const found = here.map(async ({ host, unit }): Promise<readonly [string, string]> => {
    const show = ["systemctl", "show", "--property=MainPID", "--value", `${unit.name}.service`];
    return [`${host.tag} ${unit.name}`, await onHost(lab, host, show)];
  });
  return new Map(await Promise.all(found));
}

/** When each host started, by its kernel's word. */
async function boots(lab: Lab): Promise<ReadonlyMap<string, string>> {
  const found = lab.plan.hosts.map(async (host): Promise<readonly [string, string]> => {
    return [host.tag, await onHost(lab, host, ["cat", "/proc/sys/kernel/random/boot_id"])];
  });
  return new Map(await Promise.all(found));
}

/** What is as it was before. */
const same = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...before].flatMap(([name, value]) => (after.get(name) === value ? [name] : []));

/** A playbook, its variables, and the hosts that it is for. */
type Run = readonly [name: string, values: Values, limit?: readonly string[]];

/** Runs a playbook under load. It must succeed and lose no request. */
async function rolled(lab: Lab, ...[name, values, limit]: Run): Promise<Answered> {
  const { result, load } = await underLoad(lab, () => playbook(lab, name, values, limit));
  demandNone([
    ...load.lost.map((each) => `${name}: lost a request at ${each}`),
    ...(result.code === 0 ? [] : [`${name}: exit ${result.code}: ${refusals(result.stdout + result.stderr)}`]),
  ]);
  return load;
}

const serviceOf = ({ plan }: Lab): string => plan.resolved.service.name;
const scopeOf = (lab: Lab): string => serviceOf(lab).replaceAll("-", "_");

/** A changed unit, the change taken back, and what a repetition does. */
export const settings: Check = {
  name: "settings",
  proves: "changed files of applications are taken up host by host, without a lost request and not twice",
  services: ["ticketing"],
  long: true,
  run: async (lab) => {
    const scope = { rotate_service: serviceOf(lab), rotate_secret: "none" };
    // Those whose requests could be lost; the others restart the same way.
    const serving = lab.plan.resolved.entrypoints.map(({ entrypoint }) => entrypoint.to.owner);
    const hosts = lab.plan.hosts.filter(({ group }) => serving.includes(group));
    const limit = hosts.map(({ tag }) => tag);
    let before = await processes(lab, hosts);
    const loads: Answered[] = [];
    for (const values of [{ ...scope, python_service_ready_seconds: 31 }, scope]) {
      loads.push(await rolled(lab, "rotate-secrets", values, limit));
      const after = await processes(lab, hosts);
      demandNone(same(before, after).map((name) => `${name}: runs with what was there before`));
      before = after;
    }
    loads.push(await rolled(lab, "restart-applications", { platform_scope: scopeOf(lab) }));
    const again = await processes(lab, hosts);
    demandNone([...before].flatMap(([name, id]) => (again.get(name) === id ? [] : [`${name}: restarted twice`])));
    return `${before.size} units twice, ${inWords(together(loads))}`;
  },
};

/** Updates with a restart of every host. */
export const patches: Check = {
  name: "patch",
  proves:
    "updates restart every host, zone by zone, after it left its load balancer and handed over; it comes back with no failed unit and all its listeners, and no request is lost (NOD-5.6)",
  services: ["ticketing"],
  long: true,
  run: async (lab) => {
    const before = await boots(lab);
    const load = await rolled(lab, "patch", { platform_scope: scopeOf(lab), patch_restart: "always" });
    const left = same(before, await boots(lab)).map((host) => `${host}: was not restarted`);
    demandNone([...left, ...(await afterRestart(lab, lab.plan.hosts))]);
    return `${before.size} hosts, ${inWords(load)}`;
  },
};
