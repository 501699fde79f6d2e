import { UsageError } from "../options.ts";
import type { Command, Request } from "./arguments.ts";
import { besideHosts } from "./controller.ts";
import { converge } from "./converge.ts";
import { boot, freeze, hostPid, inHost, kill, type Lab, plug, reboot, wipe, writeHost } from "./hosts.ts";
import { inside } from "./namespace.ts";
import { hostOf, planLab } from "./plan.ts";
import { demand, installPrograms, onTerminal, run } from "./programs.ts";
import { alone, holder, type LabState, labState, running } from "./state.ts";
import { down, repositoryOf, up } from "./up.ts";
import { verify } from "./verify/run.ts";

type Asked = Request & { readonly command: Command };

/** Does what was asked; the exit code. Throws UsageError for bad input, Error for what failed. */
export async function perform(asked: Asked): Promise<number> {
  const state = labState(asked.state);
  switch (asked.command) {
    case "deps":
      return installPrograms();
    case "up":
      return start(asked, state);
    case "down":
      await down(state);
      return 0;
    case "status":
      return status(asked, state);
    default:
      return inLab(asked.command, asked.words, labOf(state), asked);
  }
}

/** The lab that is up below this folder. Throws UsageError when none is. */
function labOf(state: LabState): Lab {
  const { service, environment, pid, root } = running(state);
  return { state, plan: planLab(service, environment), pid, root };
}

async function start({ words, environment }: Asked, state: LabState): Promise<number> {
  const plan = planLab(words[0], environment);
  let interrupted: Promise<number> | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      interrupted = down(state).then(() => (signal === "SIGINT" ? 130 : 143));
    });
  }
  try {
    await up(state, plan, console.log);
  } catch (error) {
    if (interrupted === undefined) throw error;
  }
  if (interrupted === undefined) return 0;
  console.error("npm run lab: interrupted, nothing stays running");
  return interrupted;
}

async function status({ json }: Asked, state: LabState): Promise<number> {
  const lab = holder(state) === undefined ? undefined : labOf(state);
  const hosts = await Promise.all(
    (lab?.plan.hosts ?? []).map(async (host) => ({
      host: host.tag,
      address: host.address,
      state: lab === undefined ? "down" : await stateOf(lab, host),
    })),
  );
  if (json) {
    const { service, environment } = lab?.plan.resolved ?? {};
    console.log(JSON.stringify({ service: service?.name ?? null, environment: environment?.name ?? null, hosts }));
  } else {
    console.log(
      lab === undefined
        ? `no lab is up in ${state.folder}`
        : hosts.map((each) => Object.values(each).join(" ")).join("\n"),
    );
  }
  return 0;
}

async function stateOf(lab: Lab, host: Parameters<typeof hostPid>[1]): Promise<string> {
  if ((await hostPid(lab, host)) === undefined) return "down";
  const { stdout } = await run("nsenter", await inHost(lab, host, ["systemctl", "is-system-running"]));
  return stdout.trim() || "not reachable";
}

/** What is done in a lab that is up. */
async function inLab(command: Command, words: readonly string[], lab: Lab, asked: Asked): Promise<number> {
  switch (command) {
    case "in":
      return onTerminal("nsenter", besideHosts(lab, words));
    case "sh":
      return shell(lab, words);
    case "converge":
      return alone(lab.state, () => converge(lab, words));
    case "verify":
      return alone(lab.state, () => verify(lab, asked, asked.json));
    case "part":
      await part(lab, words);
      return 0;
    case "heal":
      await run("nsenter", [...inside(lab.pid), "nft", "delete", "table", "bridge", "part"]);
      return 0;
    default:
      return withHost(command, lab, words);
  }
}

async function shell(lab: Lab, [name, ...command]: readonly string[]): Promise<number> {
  const what = command.length === 0 ? ["bash", "-l"] : command;
  if (name === "cloud") return onTerminal("nsenter", [...inside(lab.pid, "cloud"), ...what]);
  return onTerminal("nsenter", await inHost(lab, hostOf(lab.plan, name), what));
}

/** Drops all packets between two hosts, both ways. */
async function part(lab: Lab, words: readonly string[]): Promise<void> {
  const [one, other] = [hostOf(lab.plan, words[0]), hostOf(lab.plan, words[1])];
  const rule = (from: string, to: string) => `add rule bridge part pairs iifname h-${from} oifname h-${to} drop`;
  const chain = "add chain bridge part pairs { type filter hook forward priority 0; }";
  const rules = ["add table bridge part", chain, rule(one.link, other.link), rule(other.link, one.link)].join("\n");
  await demand("nsenter", [...inside(lab.pid), "nft", "-f", "-"], rules);
}

async function withHost(command: Command, lab: Lab, words: readonly string[]): Promise<number> {
  const host = hostOf(lab.plan, words[0]);
  const up = (await hostPid(lab, host)) !== undefined;
  switch (command) {
    case "boot":
      if (up) throw new UsageError(`boot: ${host.tag} is up`);
      console.log(`${host.tag}: ${await boot(lab, host)}`);
      return 0;
    case "reboot":
      console.log(`${host.tag}: ${await reboot(lab, host)}`);
      return 0;
    case "kill":
      await kill(lab, host);
      return 0;
    case "wipe":
      if (up) throw new UsageError(`wipe: ${host.tag} is up: kill it first`);
      await wipe(lab, host);
      writeHost(lab, host, repositoryOf(lab.plan));
      return 0;
    case "cut":
    case "join":
      await plug(lab, host, command === "cut" ? "down" : "up");
      return 0;
    default:
      await freeze(lab, host, command === "freeze");
      return 0;
  }
}
