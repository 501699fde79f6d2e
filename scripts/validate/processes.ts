import { spawn } from "node:child_process";

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts programs in process groups of their own, so that an interrupt can end each with all it started. */
export class Processes {
  private readonly groups = new Set<number>();
  private stopped = false;

  /** True once `stop` was called: what programs report from then on says nothing. */
  get interrupted(): boolean {
    return this.stopped;
  }

  /** Runs a program to its end. Rejects only when it cannot be started. */
  run(program: string, args: readonly string[], options: { cwd: string; env: Record<string, string> }): Promise<Ended> {
    return new Promise((resolve, reject) => {
      if (this.stopped) {
        reject(new Error("interrupted"));
        return;
      }
      const child = spawn(program, [...args], { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
      const { pid } = child;
      if (pid !== undefined) {
        this.groups.add(pid);
      }
      const output = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          output[name] += text;
        });
      }
      child.on("error", reject);
      child.on("close", (code) => {
        this.groups.delete(pid ?? 0);
        resolve({ code, ...output });
      });
    });
  }

  /** Asks everything that runs to end, waits up to `graceMs`, then kills what is left; nothing starts afterwards. */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    this.signal("SIGTERM");
    const deadline = Date.now() + graceMs;
    while (this.groups.size > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.signal("SIGKILL");
  }

  private signal(signal: NodeJS.Signals): void {
    for (const pid of this.groups) {
      try {
        process.kill(-pid, signal);
      } catch {
        this.groups.delete(pid);
      }
    }
  }
}

/** Runs what it is given one at a time, in order: `terraform init` must not fill one plugin cache twice at once. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
