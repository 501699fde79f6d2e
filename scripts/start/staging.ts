import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const PREFIX = ".staging-";

/**
 * Makes this run's own folder below `out`, where files wait until all are whole; and removes what killed runs left.
 * Throws when `out` cannot be written to.
 */
export function makeStaging(out: string): string {
  const own = join(out, `${PREFIX}${process.pid}`);
  try {
    mkdirSync(own, { recursive: true });
    for (const name of readdirSync(out)) {
      if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length)))) {
        rmSync(join(out, name), { recursive: true, force: true });
      }
    }
    return own;
  } catch (error) {
    throw new Error(`cannot write to "${out}": ${error instanceof Error ? error.message : error}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
