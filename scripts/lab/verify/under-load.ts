import { spawn } from "node:child_process";
import { besideHosts } from "../controller.ts";
import { inventories } from "../converge.ts";
import { inHost, type Lab } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { piece, project } from "../state.ts";

/** The public address that load comes by; undefined for a service without a site. */
function siteOf({ plan: { resolved } }: Lab): string | undefined {
  const site = resolved.entrypoints.find(({ entrypoint }) => entrypoint.kind === "web");
  return site?.entrypoint.kind === "web" ? `https://${site.hostName}${site.entrypoint.health}` : undefined;
}

/** Hosts with units in Python, and those units. */
export const applications = ({ plan }: Lab) =>
  plan.hosts.flatMap((host) => {
    const component = plan.resolved.service.components.find(({ name }) => name === host.group);
    const units = component?.kind === "hosts" ? component.units : [];
    return units.filter(({ runtime }) => runtime.startsWith("python")).map((unit) => ({ host, unit }));
  });

/** What a command prints on a host. Throws when it fails. */
export const onHost = async (lab: Lab, host: LabHost, command: readonly string[]): Promise<string> =>
  demand("nsenter", await inHost(lab, host, command));

/** Load while something is done: what came of both. */
export async function underLoad<T>(lab: Lab, task: () => Promise<T>) {
  const url = siteOf(lab);
  if (url === undefined) return { result: await task(), answered: 0, lost: [] };
  const child = spawn("nsenter", besideHosts(lab, ["python3", piece("verify/load.py"), url]), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const ended = new Promise<void>((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
  try {
    const result = await task();
    child.stdin.end();
    await ended;
    return {
      result,
      ...(JSON.parse(output.join("")) as { readonly answered: number; readonly lost: readonly string[] }),
    };
  } finally {
    child.stdin.destroy();
  }
}

/** Variables of a playbook. */
export type Values = Readonly<Record<string, string | number>>;

/** Runs a playbook on hosts of the lab, all by default, with variables. */
export const playbook = (lab: Lab, name: string, values: Values, limit: readonly string[] = []) =>
  run(
    "nsenter",
    besideHosts(lab, [
      "ansible-playbook",
      ...inventories(lab).flatMap((path) => ["-i", path]),
      `${project}/ansible/playbooks/${name}.yml`,
      ...(limit.length > 0 ? ["--limit", limit.join(",")] : []),
      ...["-e", JSON.stringify(values)],
    ]),
  );
