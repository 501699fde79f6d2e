import { hash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gatewayOf } from "./cloud/network.ts";
import { inside } from "./namespace.ts";
import type { LabHost, LabPlan } from "./plan.ts";
import { demand, leave, run } from "./programs.ts";
import { type LabState, piece } from "./state.ts";

/** Seconds until a host that does not come up is given up. */
const PATIENCE = 90;

/** A lab that is up: where it is, what is in it, and its first process. */
export interface Lab {
  readonly state: LabState;
  readonly plan: LabPlan;
  readonly pid: number;
  /** Root file system under every host's own. */
  readonly root: string;
}

/** Writes what makes a host itself, before its first start: names, address, where packages come from. */
export function writeHost({ state, plan }: Pick<Lab, "state" | "plan">, host: LabHost, repository: string): void {
  const { tag } = host;
  const files: Readonly<Record<string, string>> = {
    "etc/hostname": `${tag}\n`,
    "etc/hosts": `127.0.0.1 localhost\n127.0.1.1 ${tag}\n`,
    "etc/machine-id": `${hash("sha256", `${state.folder} ${tag}`).slice(0, 32)}\n`,
    "etc/systemd/network/10-ens5.network": network(plan, host),
    "etc/apt/sources.list.d/packages.list": `${repository}\n`,
  };
  for (const folder of ["work", "root"]) mkdirSync(state.at("hosts", tag, folder), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const file = state.at("hosts", tag, "upper", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** All addresses are on the link: rules name the same addresses as in the cloud, and no router stands between. */
const network = (plan: LabPlan, { address, subnet }: LabHost): string => `[Match]
Name=ens5
[Network]
Address=${address}/${plan.estate.environment.cidr.split("/")[1]}
Gateway=${gatewayOf(plan, subnet)}
LinkLocalAddressing=no
IPv6AcceptRA=no
ConfigureWithoutCarrier=yes
[Route]
Destination=169.254.0.0/16
Scope=link
`;

/** Starts a host and waits until systemd has; what it calls the state, and the seconds. Throws when the host does not come up. */
export async function boot({ state, plan, pid, root }: Lab, host: LabHost): Promise<string> {
  const since = performance.now();
  const log = state.at("log", `${host.tag}.log`);
  const command = ["bash", piece("machine/host.sh"), state.folder, state.cgroup, root, host.tag, host.link];
  const ended = leave("nsenter", [...inside(pid), ...command], log).then((code): never => {
    throw new Error(`${host.tag}: ended with ${code} before it was up: ${readFileSync(log, "utf8").slice(-600)}`);
  });
  const got = await Promise.race([awaitHost({ state, plan, pid, root }, host), ended]);
  return `${got} after ${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Waits until systemd has started a host; its word for the state. Throws when it does not come up. */
export async function awaitHost({ state, pid }: Lab, host: LabHost): Promise<string> {
  const { code, stdout } = await run("nsenter", [
    ...inside(pid),
    ...["bash", piece("machine/await.sh"), `${state.cgroup}/${host.tag}`, String(PATIENCE)],
  ]);
  if (code !== 0)
    throw new Error(
      `${host.tag}: ${stdout.trim()} after ${PATIENCE} s; its console: ${state.at("log", `${host.tag}.log`)}`,
    );
  return stdout.trim();
}

/** Process id of a host's systemd as the machine sees it; undefined when the host is down. */
export async function hostPid({ state, pid }: Lab, host: LabHost): Promise<number | undefined> {
  const file = `${state.cgroup}/${host.tag}/payload/init.scope/cgroup.procs`;
  const { stdout } = await run("nsenter", ["--target", String(pid), "--mount", "--", "sed", "-n", "1p", file]);
  return Number(stdout) || undefined;
}

/** Arguments of `nsenter` for a command in a host, with nothing of the caller's environment. Throws when the host is down. */
export async function inHost(lab: Lab, host: LabHost, command: readonly string[]): Promise<readonly string[]> {
  const pid = await hostPid(lab, host);
  if (pid === undefined) throw new Error(`${host.tag} is down: npm run lab -- boot ${host.name}`);
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const own = ["env", "-i", path, "HOME=/root", "LANG=C.UTF-8", `TERM=${process.env["TERM"] ?? "dumb"}`];
  return ["--target", String(pid), "--all", "--wdns=/root", "--", ...own, ...command];
}

/** What a command prints on a host. Throws when it fails. */
export const onHost = async (lab: Lab, host: LabHost, command: readonly string[], input = ""): Promise<string> =>
  demand("nsenter", await inHost(lab, host, command), input);

/** The first host of a component or store. Throws for one without hosts in this lab. */
export function hostOf({ plan }: Pick<Lab, "plan">, group: string): LabHost {
  const found = plan.hosts.find((host) => host.group === group);
  if (found === undefined) throw new Error(`${group}: must have a host in this lab, got none`);
  return found;
}

const controlGroup = (lab: Lab, host: LabHost, file: string, word: string) =>
  demand("nsenter", [
    ...["--target", String(lab.pid), "--mount", "--"],
    ...["sh", "-c", `echo ${word} > ${lab.state.cgroup}/${host.tag}/${file}`],
  ]);

/** Reboots a host as its administrator would, and waits until it is back; its state and the seconds. */
export async function reboot(lab: Lab, host: LabHost): Promise<string> {
  const since = performance.now();
  const before = await hostPid(lab, host);
  await run("nsenter", await inHost(lab, host, ["systemctl", "reboot"]));
  for (let now = before; now === undefined || now === before; now = await hostPid(lab, host)) {
    if (performance.now() - since > PATIENCE * 1000) throw new Error(`${host.tag}: not back after ${PATIENCE} s`);
    await setTimeout(50);
  }
  const got = await awaitHost(lab, host);
  return `${got} after ${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Cuts the power of a host. */
export async function kill(lab: Lab, host: LabHost): Promise<void> {
  const pid = await hostPid(lab, host);
  if (pid === undefined) return;
  await controlGroup(lab, host, "cgroup.kill", "1");
  while ((await hostPid(lab, host)) !== undefined) await setTimeout(20);
}

/** Stops all processes of a host where they are, or lets them go on. */
export const freeze = (lab: Lab, host: LabHost, frozen: boolean) =>
  controlGroup(lab, host, "cgroup.freeze", frozen ? "1" : "0");

/** Takes the files of a host that is down away, so that it starts as new. */
export async function wipe(lab: Lab, host: LabHost): Promise<void> {
  await run("nsenter", [...inside(lab.pid), "umount", lab.state.at("hosts", host.tag, "root")]);
  rmSync(lab.state.at("hosts", host.tag), { recursive: true, force: true });
}

/** Pulls the cable of a host, or plugs it in again; the controller's own stays. */
export const plug = (lab: Lab, host: LabHost, way: "up" | "down") =>
  demand("nsenter", [...inside(lab.pid), "ip", "link", "set", `h-${host.link}`, way]);
