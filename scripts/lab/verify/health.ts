import { inventoryOf } from "../../../ansible/inventory.ts";
import { balancerAddresses } from "../cloud/balancers.ts";
import { besideHosts } from "../controller.ts";
import { inHost, type Lab } from "../hosts.ts";
import type { LabHost, LabPlan } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { declaredIn } from "./expected.ts";
import { type Probe, probeFrom, type Source } from "./probe.ts";
import { declaredOn } from "./sockets.ts";

/** States of all targets, by target group. */
const TARGETS = `
import boto3, json
balancers = boto3.client("elbv2")
print(json.dumps({
    group["TargetGroupName"]: [
        each["TargetHealth"]["State"]
        for each in balancers.describe_target_health(TargetGroupArn=group["TargetGroupArn"])["TargetHealthDescriptions"]
    ]
    for group in balancers.describe_target_groups()["TargetGroups"]
}))
`;

/** Units that failed on a host, and whether systemd calls it running. */
export async function unwell(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const { stdout: state } = await run("nsenter", await inHost(lab, host, ["systemctl", "is-system-running"]));
  const list = ["systemctl", "list-units", "--failed", "--plain", "--no-legend"];
  const { stdout: failed } = await run("nsenter", await inHost(lab, host, list));
  const units = failed.split("\n").flatMap((line) => line.split(" ", 1)[0] || []);
  if (state.trim() === "running" && units.length === 0) return [];
  return [`${host.tag}: ${state.trim()}, failed: ${units.join(", ") || "none"}`];
}

/** Commands by which playbooks find out whether a host does its work, with the others of its group. Throws for a host in no group. */
export function readyCommands({ estate }: Pick<LabPlan, "estate">, { tag }: LabHost): readonly string[] {
  const { groups, groupVars } = inventoryOf(estate);
  const own = Object.entries(groupVars).find(([name]) => groups[name]?.hosts?.[tag] !== undefined);
  const commands = own?.[1]["platform_ready"];
  if (!Array.isArray(commands)) throw new Error(`${tag}: must have platform_ready in the inventory, got none`);
  return commands.map(String);
}

/** What keeps a host, or the cluster that it is a member of, from its work. */
export async function unready(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const ended = readyCommands(lab.plan, host).map(async (command) => {
    const { code, stderr } = await run("nsenter", await inHost(lab, host, command.split(" ")));
    return code === 0 ? [] : [`${host.tag}: ${command}: exit ${code} ${stderr}`.replaceAll(/\s+/g, " ").trim()];
  });
  return (await Promise.all(ended)).flat();
}

/** Doors of the service behind which not every host is healthy. */
export function unserved(plan: LabPlan, states: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return balancerAddresses(plan).flatMap(({ entry: { resource, entrypoint } }) => {
    const wanted = plan.hosts.filter(({ group }) => group === entrypoint.to.owner).length;
    const found = states[resource] ?? [];
    if (found.length === wanted && found.every((state) => state === "healthy")) return [];
    return [`${resource}: must have ${wanted} healthy targets, got ${found.join(", ") || "none"}`];
  });
}

/** The same of the lab's load balancers as they are now. */
export async function unhealthyTargets(lab: Lab): Promise<readonly string[]> {
  const told = await demand("nsenter", besideHosts(lab, ["python3", "-c", TARGETS]));
  return unserved(lab.plan, JSON.parse(told) as Readonly<Record<string, readonly string[]>>);
}

/** A declared listener of a host, and who tries it. */
interface Door {
  readonly probe: Probe;
  readonly callers: readonly Source[];
}

/**
 * Every TCP listener of these hosts that a flow leads to, with those that may call it: each host of the lab, and of those outside the
 * first. Whom the firewall lets in is not the question here, only whether somebody listens.
 */
export function doorsOf(plan: LabPlan, hosts: readonly LabHost[], outside: readonly Source[]): readonly Door[] {
  const { allows } = declaredIn(plan);
  const { services, flows } = plan.estate;
  const called = new Set([...services.flatMap((each) => each.flows), ...flows].map(({ to, port }) => `${to} ${port}`));
  return hosts.flatMap(({ address, group, party }) =>
    declaredOn(plan.resolved.service, group)
      .filter(({ protocol, transport, port }) => {
        return protocol === "tcp" && transport !== "loopback" && called.has(`${party} ${port}`);
      })
      .map(({ port }) => {
        const may = (from: Source) => from.address !== address && allows(from.address, address, "tcp", port);
        return {
          probe: ["tcp", address, port],
          callers: [...plan.hosts.filter(may), ...outside.filter(may).slice(0, 1)],
        };
      }),
  );
}

/** Doors that a caller does not find open, or that nobody may call. */
export async function closed(lab: Lab, doors: readonly Door[]): Promise<readonly string[]> {
  const callers = [...new Set(doors.flatMap((door) => door.callers))];
  const results = await Promise.all(
    callers.map(async (from) => {
      const probes = doors.filter((door) => door.callers.includes(from)).map(({ probe }) => probe);
      const outcomes = await probeFrom(lab, from, probes);
      return probes.filter((_, index) => outcomes[index] !== "open");
    }),
  );
  const said = ([, address, port]: Probe, what: string) => `${address}:${port}: declared, and ${what}`;
  return [
    ...doors.filter((door) => door.callers.length === 0).map(({ probe }) => said(probe, "nobody here may call it")),
    ...new Set(results.flat().map((probe) => said(probe, "does not answer everybody who may call it"))),
  ];
}
