import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { run } from "./programs.ts";
import { holder, type LabState, maker, piece } from "./state.ts";

/** Arguments of `nsenter` into the lab: its mounts, network and processes; with `network`, that of a named party. */
export const inside = (pid: number, network?: "cloud"): readonly string[] => [
  ...["--target", String(pid), "--mount", "--net", "--pid", `--wdns=${process.cwd()}`, "--"],
  ...(network === undefined ? [] : ["ip", "netns", "exec", network]),
];

/** Makes the namespaces. The lab ends by itself unless `keep` is called on what this returns. Throws what went wrong. */
export async function open(state: LabState): Promise<{ readonly pid: number; readonly keep: () => void }> {
  const log = openSync(state.at("log/lab.log"), "w");
  const child = spawn(
    "unshare",
    [
      ...["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"],
      ...["bash", piece("machine/namespace.sh"), state.folder, state.cgroup],
    ],
    { detached: true, stdio: ["pipe", log, log] },
  );
  child.unref();
  writeFileSync(state.at("run/maker"), String(child.pid));
  child.stdin?.on("error", () => undefined);
  while (!existsSync(state.at("run/ready"))) {
    if (child.exitCode !== null) {
      throw new Error(`the lab's namespaces could not be made:\n${readFileSync(state.at("log/lab.log"), "utf8")}`);
    }
    await setTimeout(20);
  }
  const { stdout } = await run("pgrep", ["--parent", String(child.pid)]);
  writeFileSync(state.at("run/holder"), stdout.trim());
  return { pid: Number(stdout), keep: () => void child.stdin?.end("keep\n") };
}

/** Ends all that runs in the lab, at once, as a power cut does, and removes its control groups. */
export async function close(state: LabState): Promise<void> {
  if (!existsSync(state.at("run"))) return;
  const pid = holder(state);
  const made = maker(state);
  if (pid !== undefined && made !== undefined) {
    // With --kill-child the first process of the lab goes with it, and with that one everything.
    process.kill(made, "SIGKILL");
    while (existsSync(`/proc/${pid}`)) await setTimeout(20);
  }
  const remove =
    'mount -t cgroup2 cgroup2 /sys/fs/cgroup; [ -d "$0" ] || exit 0; find "$0" -depth -type d -exec rmdir {} +';
  for (let tries = 0; tries < 50; tries++) {
    const { code } = await run("unshare", ["--mount", "--propagation", "private", "sh", "-c", remove, state.cgroup]);
    if (code === 0) break;
    await setTimeout(100);
  }
  rmSync(state.at("run"), { recursive: true, force: true });
}
