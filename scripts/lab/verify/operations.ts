import { setTimeout } from "node:timers/promises";
import { refusals } from "../converge.ts";
import type { Lab } from "../hosts.ts";
import { CheckFailed } from "./check.ts";
import { playbook, type Values } from "./under-load.ts";

/** Seconds that an application may take to find stores where they are now. */
const PATIENCE = 60;

/** All hosts of the lab: others of the environment are in the inventory too. */
const ofLab = ({ plan }: Lab): readonly string[] => plan.hosts.map(({ tag }) => tag);

/** Runs a playbook that must do its work. Throws CheckFailed with what it said. */
export async function demandDone(lab: Lab, name: string, values: Values): Promise<void> {
  const { code, stdout, stderr } = await playbook(lab, name, values, ofLab(lab));
  if (code !== 0) throw new CheckFailed([`${name}: exit ${code}: ${refusals(stdout + stderr)}`]);
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
