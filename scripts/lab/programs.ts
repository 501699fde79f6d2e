import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../options.ts";
import { project } from "./state.ts";

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; `input` is fed to it. Rejects only when it cannot be started. */
export function run(program: string, args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: ["pipe", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    // A program may end without reading all.
    child.stdin.on("error", () => undefined).end(input);
    // A host that goes down stops all that runs in it, nsenter then stops itself, and the host waits for it.
    const onward = setInterval(() => child.kill("SIGCONT"), 1000);
    child.on("error", reject).on("close", () => clearInterval(onward));
    child.on("close", (code) => resolve({ code: code ?? 128, ...output }));
  });
}

/** Runs a program that must succeed; its output. Throws what it said. */
export async function demand(program: string, args: readonly string[], input = ""): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, input);
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 3).join(" ")} ...: exit ${code}\n${stderr || stdout}`);
  return stdout;
}

/**
 * Runs a program on the terminal of whoever called; its exit code. An interrupt reaches it from the terminal, and it decides
 * what that means; with `mortal` it is killed.
 */
export function onTerminal(program: string, args: readonly string[], mortal = false): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: "inherit" });
    const interrupted = () => void (mortal && child.kill("SIGKILL"));
    process.on("SIGINT", interrupted).on("SIGTERM", interrupted);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve(code ?? 130);
    });
  });
}

/**
 * Starts a program that stays when this one ends. Its output goes to a file, for no pipe of the caller may stay open.
 * What it returns is settled only if the program ends before.
 */
export function leave(program: string, args: readonly string[], log: string): Promise<number> {
  const file = openSync(log, "a");
  const child = spawn(program, [...args], { detached: true, stdio: ["ignore", file, file] });
  child.unref();
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 128)));
}

/** What the machine must have: program, and Debian's package of it. The one list, for `lab deps` and for messages. */
export const needed: Readonly<Record<string, string>> = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  "apt-ftparchive": "apt-utils",
  ip: "iproute2",
  nft: "nftables",
  dnsmasq: "dnsmasq-base",
  haproxy: "haproxy",
  nginx: "nginx",
  openssl: "openssl",
  gpg: "gpg",
  "gpg-agent": "gpg-agent",
  unshare: "util-linux",
  sysctl: "procps",
};

/** Throws UsageError that names every program that is missing, and how to get them. */
export async function demandPrograms(): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new UsageError(`needs root for namespaces and mounts, got user ${process.getuid?.()}; use sudo`);
  }
  const missing = await missingPrograms();
  if (missing.length > 0) throw new UsageError(`${missing.join(", ")}: missing; get them with npm run lab -- deps`);
  const python = join(project, ".venv/bin/moto_server");
  if (!existsSync(python)) throw new UsageError(`${python}: is missing; get it with npm run setup`);
}

async function missingPrograms(): Promise<readonly string[]> {
  const found = await Promise.all(Object.keys(needed).map((name) => run("sh", ["-c", `command -v ${name}`])));
  return Object.keys(needed).filter((_, index) => found[index]?.code !== 0);
}

/** The machine's own limit of watched files is shared by all labs, and ten hosts need more than its default of 128. */
const WATCHES = { file: "/proc/sys/fs/inotify/max_user_instances", least: 8192 } as const;

/** Raises that limit where it is lower: the one thing outside of itself that a lab changes. */
export function allowWatches(): void {
  const { file, least } = WATCHES;
  if (Number(readFileSync(file, "utf8")) < least) writeFileSync(file, String(least));
}

/** Installs what the machine lacks. */
export async function installPrograms(): Promise<number> {
  const packages = [...new Set((await missingPrograms()).flatMap((name) => needed[name] ?? []))];
  if (packages.length === 0) return 0;
  const update = await onTerminal("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=600", "update"]);
  if (update !== 0) return update;
  return onTerminal("env", [
    // In this run level nothing starts by being installed: the machine shall serve nothing.
    ...["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"],
    "apt-get",
    "-qq",
    "-o",
    "DPkg::Lock::Timeout=600",
    "install",
    "--yes",
    "--no-install-recommends",
    ...packages,
  ]);
}
