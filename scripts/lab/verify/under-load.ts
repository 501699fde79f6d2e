import { spawn } from "node:child_process";
import { besideHosts } from "../controller.ts";
import { playbookCommand } from "../converge.ts";
import type { Lab } from "../hosts.ts";
import type { LabPlan } from "../plan.ts";
import { run } from "../programs.ts";
import { piece } from "../state.ts";
import { demandNone } from "./check.ts";
import { callTo, type EdgeClient, withClient } from "./edge-client.ts";

/** Clients of each door: one with a connection for each request, two that keep theirs. */
const CLIENTS = { new: 1, kept: 2 } as const;

/** Connections of a client that a host may end as a request goes out: as it leaves, stops, starts anew and joins. */
const ENDINGS = 4;

/**
 * What a service's stand-in answers after two seconds. Four clients ask it on new connections, so that there are always
 * requests on their way, at each host: one that is cut off then was lost, whereas one on a kept connection might be sent again.
 */
const SLOW: Readonly<Record<string, string>> = { ticketing: "/slow?seconds=2" };
const SLOW_CLIENTS = { new: 4, kept: 0 } as const;

const words = (url: string, status: number, clients: { readonly new: number; readonly kept: number }) =>
  [url, status, clients.new, clients.kept].map(String);

/** What `load.py` is told for each door of the service: a site by its health, a port of messages by those that it accepts. */
async function loadsOf(lab: Lab, client: EdgeClient): Promise<readonly (readonly string[])[]> {
  const { service, entrypoints } = lab.plan.resolved;
  const slow = SLOW[service.name];
  const loads = entrypoints.map(async ({ entrypoint, hostName }) => {
    if (entrypoint.kind === "web") {
      const health = words(`https://${hostName}${entrypoint.health}`, 200, CLIENTS);
      return slow === undefined ? [health] : [health, words(`https://${hostName}${slow}`, 200, SLOW_CLIENTS)];
    }
    const { source, name, port } = callTo(lab, entrypoint.name, "clients");
    const asked = { authority: "broker", purpose: "client", subject: "client-load", seconds: 7200 } as const;
    const certificate = await client.issue("load", asked);
    return [[...words(`https://${name}:${port}/api/v1/messages`, 202, CLIENTS), source, certificate]];
  });
  return (await Promise.all(loads)).flat();
}

/** Hosts with units in Python, and those units. */
export const applications = ({ plan }: Pick<Lab, "plan">) =>
  plan.hosts.flatMap((host) => {
    const component = plan.resolved.service.components.find(({ name }) => name === host.group);
    const units = component?.kind === "hosts" ? component.units : [];
    return units.filter(({ runtime }) => runtime.startsWith("python")).map((unit) => ({ host, unit }));
  });

/** What came of requests. */
export interface Answered {
  readonly answered: number;
  /** Of those, how many were sent a second time: their kept connection was ended as they went out. */
  readonly again: number;
  readonly lost: readonly string[];
}

/** Starts requests; the function ends them. */
function startLoad(lab: Lab, args: readonly string[]): () => Promise<Answered> {
  const child = spawn("nsenter", besideHosts(lab, ["python3", piece("verify/load.py"), ...args]), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const ended = new Promise<void>((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
  return async () => {
    child.stdin.end();
    await ended;
    return JSON.parse(output.join("")) as Answered;
  };
}

/** How requests went, in a check's words. */
export const inWords = ({ answered, again }: Pick<Answered, "answered" | "again">): string =>
  `${answered} requests, none lost${again > 0 ? `, ${again} sent again as their kept connection ended` : ""}`;

/** Sums of several. */
export const together = (all: readonly Answered[]): Answered => ({
  answered: all.reduce((sum, { answered }) => sum + answered, 0),
  again: all.reduce((sum, { again }) => sum + again, 0),
  lost: all.flatMap(({ lost }) => lost),
});

/** How often clients of all doors may have to send again, at most, while each host behind them restarts once. */
export const mostAgain = ({ hosts, resolved }: LabPlan): number =>
  resolved.entrypoints
    .map(({ entrypoint }) => hosts.filter(({ group }) => group === entrypoint.to.owner).length)
    .reduce((sum, behind) => sum + behind * CLIENTS.kept * ENDINGS, 0);

/** Load at every door while something is done: what came of both. Throws CheckFailed when more was sent again than that explains. */
export const underLoad = <T>(lab: Lab, task: () => Promise<T>) =>
  withClient(lab, async (client) => {
    const ends = (await loadsOf(lab, client)).map((args) => startLoad(lab, args));
    const [result] = await Promise.allSettled([task()]);
    const load = together(await Promise.all(ends.map((end) => end())));
    if (result.status === "rejected") throw result.reason;
    const most = mostAgain(lab.plan);
    const often = `${load.again} of ${load.answered} requests were sent again, at most ${most} may be`;
    demandNone(load.again > most ? [often, ...load.lost] : []);
    return { result: result.value, load };
  });

/** Variables of a playbook. */
export type Values = Readonly<Record<string, string | number>>;

/** Runs a playbook on hosts of the lab, all by default, with variables. */
export const playbook = (
  lab: Lab,
  name: string,
  values: Values,
  limit: readonly string[] = [],
  options: readonly string[] = [],
) => {
  const hosts = limit.length > 0 ? ["--limit", limit.join(",")] : [];
  const all = [...hosts, "-e", JSON.stringify(values), ...options];
  return run("nsenter", besideHosts(lab, playbookCommand(lab, name, all)));
};
