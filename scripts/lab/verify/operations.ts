import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { besideHosts } from "../controller.ts";
import { playbookCommand, refusals } from "../converge.ts";
import type { Lab } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { CheckFailed } from "./check.ts";
import { playbook, type Values } from "./under-load.ts";

/** Seconds that an application may take to find stores where they are now. */
const PATIENCE = 60;

/** All hosts of the lab: others of the environment are in the inventory too. */
const ofLab = ({ plan }: Lab): readonly string[] => plan.hosts.map(({ tag }) => tag);

/** Runs a playbook that must do its work; what it printed. Throws CheckFailed with what it refused. */
export async function demandDone(
  lab: Lab,
  name: string,
  values: Values,
  ...options: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await playbook(lab, name, values, ofLab(lab), options);
  if (code !== 0) {
    throw new CheckFailed([`${[name, ...options].join(" ")}: exit ${code}: ${refusals(stdout + stderr)}`]);
  }
  return stdout;
}

/** Runs a playbook that must refuse and say why; a finding where it did not. */
export async function refused(lab: Lab, name: string, values: Values, why: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await playbook(lab, name, values, ofLab(lab));
  const said = (stdout + stderr).replaceAll(/\s+/g, " ");
  if (code !== 0 && said.includes(why)) return [];
  return [
    `${name} ${JSON.stringify(values)}: must refuse with "${why}", got exit ${code}: ${refusals(stdout + stderr)}`,
  ];
}

/** Does again what fails, for a while: a connection that an application kept may end once where stores moved. */
export async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CheckFailed) || performance.now() > end) throw error;
      await setTimeout(1000);
    }
  }
}

/** Hosts of the last application that has several: others go on without one of them. */
export const pairOf = ({ plan }: Pick<Lab, "plan">): readonly LabHost[] =>
  plan.resolved.service.components
    .map(({ name }) => plan.hosts.filter(({ group }) => group === name))
    .findLast(({ length }) => length > 1) ?? [];

/** Kills a run of the service's playbook, all of its processes at once, as it comes to a task; the beginning of what it prints of it. */
export async function killedAt(lab: Lab, task: string, options: readonly string[]): Promise<void> {
  const command = playbookCommand(lab, lab.plan.resolved.service.name, options);
  const child = spawn("nsenter", besideHosts(lab, command), { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(task) && child.pid !== undefined) {
      process.kill(-child.pid, "SIGKILL");
      break;
    }
  }
  const [, signal] = await ended;
  if (signal !== "SIGKILL") throw new CheckFailed([`a run must come to ${task} and be killed there, was not`]);
}
