import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../folder.ts";

const PREFIX = ".staging-";
/** No run takes so long; a process of that number may be another by now. */
const HOUR = 3_600_000;

/**
 * Makes this run's own folder below `out`, where files wait until all are whole; and removes what killed runs left.
 * Throws when `out` cannot be written to.
 */
export function makeStaging(out: string): string {
  const own = join(out, `${PREFIX}${process.pid}`);
  try {
    makeFolder(own);
    for (const name of readdirSync(out)) {
      if (name.startsWith(PREFIX) && isLeft(join(out, name), Number(name.slice(PREFIX.length)))) {
        rmSync(join(out, name), { recursive: true, force: true });
      }
    }
    return own;
  } catch (error) {
    throw new Error(`cannot write to "${out}": ${error instanceof Error ? error.message : error}`);
  }
}

function isLeft(folder: string, pid: number): boolean {
  return !isAlive(pid) || Date.now() - statSync(folder).mtimeMs > HOUR;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes a folder when the run is interrupted, and then lets the signal do its work. */
export function removeOnSignal(folder: string): { forget(): void } {
  const stop = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    forget();
    process.kill(process.pid, signal);
  };
  const forget = () => process.off("SIGINT", stop).off("SIGTERM", stop);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return { forget };
}
