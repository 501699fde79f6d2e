import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A whole command: its median wall time over some runs, and the memory of the largest process it started. */
export interface Whole {
  readonly command: string;
  readonly milliseconds: number;
  /** Absent where the system does not say (no /proc). */
  readonly peakMegabytes?: number;
}

/** Milliseconds between two looks at the processes; a peak is kept by the kernel, so none is missed but the briefest. */
const LOOK_EVERY = 50;

/** Runs a command so many times, one after the other. Throws when it fails. */
export async function whole(command: string, args: readonly string[], cwd: string, runs: number): Promise<Whole> {
  const times: number[] = [];
  const peaks: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    peaks.push(await peakOf(child));
    times.push(Math.round(performance.now() - start));
  }
  const peak = Math.max(...peaks);
  return {
    command: [command, ...args].join(" "),
    milliseconds: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0,
    ...(peak > 0 ? { peakMegabytes: Math.round(peak / 1024) } : {}),
  };
}

/** Waits for the end of a process; gives the largest memory, in KiB, of it and its descendants. */
function peakOf(child: ChildProcess): Promise<number> {
  let peak = 0;
  let errors = "";
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  const looking = setInterval(() => {
    peak = Math.max(peak, ...descendants(child.pid ?? 0).map(highWater));
  }, LOOK_EVERY);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(looking);
      if (code === 0) resolve(peak);
      else reject(new Error(`${child.spawnargs.join(" ")}: exit code ${code}\n${errors.trim()}`));
    });
  });
}

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // The process has ended since it was listed, or the system has no /proc.
  }
};

function descendants(root: number): readonly number[] {
  const found = [root];
  for (const pid of found) {
    found.push(...read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number));
  }
  return found;
}

/** Largest memory a process ever had, in KiB. */
const highWater = (pid: number): number => Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
