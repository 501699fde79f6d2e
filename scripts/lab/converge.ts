import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesetsOf } from "../../ansible/firewall.ts";
import { UsageError } from "../options.ts";
import { besideHosts } from "./controller.ts";
import type { Lab } from "./hosts.ts";
import type { LabPlan } from "./plan.ts";
import { onTerminal, run } from "./programs.ts";
import { type LabState, project } from "./state.ts";

/** Characters of a playbook's failures that a report shows. */
const REFUSALS = 2000;

/** Runs the service's playbook on the hosts of the lab; the exit code of `ansible-playbook`. */
export async function converge(lab: Lab, options: readonly string[]): Promise<number> {
  const since = performance.now();
  const code = await onTerminal("nsenter", besideHosts(lab, playbook(lab, options)));
  const seconds = ((performance.now() - since) / 1000).toFixed(0);
  console.log(`converge: ${code === 0 ? "done" : `exit ${code}`} after ${seconds} s`);
  return code === 0 ? 0 : 1;
}

/** The command: the inventory that the catalogue gives, and over it the lab's own. Throws UsageError when a part is missing. */
function playbook({ state, plan }: Lab, options: readonly string[]): readonly string[] {
  const { service } = plan.resolved;
  const generated = generatedFor(plan);
  const book = `${project}/ansible/playbooks/${service.name}.yml`;
  const parts: Readonly<Record<string, string>> = {
    [`${project}/.venv/bin/ansible-playbook`]: "npm run setup",
    [generated]: "npm run generate",
    [book]: "a playbook of that name",
  };
  for (const [path, how] of Object.entries(parts)) {
    if (!existsSync(path)) throw new UsageError(`${path}: is missing; get it with ${how}`);
  }
  writeRulesets(plan, state);
  return playbookCommand({ state, plan }, service.name, options);
}

/** A playbook of the project on the lab's inventory, for whoever runs it beside the hosts. */
export const playbookCommand = (
  lab: Pick<Lab, "state" | "plan">,
  name: string,
  options: readonly string[],
): readonly string[] => [
  "ansible-playbook",
  ...inventories(lab).flatMap((path) => ["-i", path]),
  `${project}/ansible/playbooks/${name}.yml`,
  ...options,
];

const generatedFor = ({ resolved }: LabPlan): string => `${project}/ansible/generated/${resolved.environment.name}`;

/** As in the cloud, who the hosts are, and which instances they are; and over it the lab's own. */
const inventories = ({ state, plan }: Pick<Lab, "state" | "plan">): readonly string[] => [
  ...["hosts.yaml", "instances.aws_ec2.yaml"].map((name) => `${generatedFor(plan)}/${name}`),
  state.at("inventory"),
];

/** The rulesets of hosts, as `npm start` writes them: those of the catalogue as it is now. */
function writeRulesets({ estate, resolved }: LabPlan, state: LabState): void {
  for (const { host, text } of rulesetsOf(estate, (name) => name === resolved.service.name)) {
    const folder = state.at("out/ansible", estate.environment.name, host.tag);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "nftables.conf"), text);
  }
}

/** What a run changed: counts by host, and each task that changed something. */
export async function recap(lab: Lab) {
  const { code, stdout, stderr } = await run("nsenter", besideHosts(lab, playbook(lab, [])));
  return { code, output: stdout + stderr, ...readRecap(stdout) };
}

/** What `ansible-playbook` said of what failed, and not what it said after it; all of its end when it said nothing of that. */
export function refusals(output: string): string {
  const parts = output.split(/\n(?=TASK |PLAY |RUNNING HANDLER |\S+: \[)/);
  const found = parts.filter((part) => /^(fatal|failed): \[/.test(part)).map((part) => part.trimEnd());
  return found.length > 0 ? found.join("\n").slice(0, REFUSALS) : output.trimEnd().slice(-REFUSALS);
}

/** Reads what `ansible-playbook` prints. */
export function readRecap(output: string) {
  const hosts: Record<string, { readonly changed: number; readonly failed: number }> = {};
  const changed: string[] = [];
  let task = "";
  for (const line of output.split("\n")) {
    task = /^(?:TASK|RUNNING HANDLER) \[(.+)\]/.exec(line)?.[1] ?? task;
    const host = /^changed: \[([^\]]+)\]/.exec(line)?.[1];
    if (host !== undefined) changed.push(`${host}: changed by "${task}"`);
    const counts = /^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)/.exec(line);
    if (counts?.[1] !== undefined) {
      hosts[counts[1]] = { changed: Number(counts[2]), failed: Number(counts[3]) + Number(counts[4]) };
    }
  }
  return { hosts, changed };
}
