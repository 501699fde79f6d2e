import { execFile } from "node:child_process";
import { join } from "node:path";

/**
 * Checks the types of the whole project beside whatever else runs; rejects with the compiler's findings.
 * Node strips types without reading them, so nothing may be written before this has passed.
 */
export function typeCheck(root: string): Promise<void> {
  const compiler = join(root, "node_modules", ".bin", "tsc");
  return new Promise((resolve, reject) => {
    execFile(compiler, ["--project", root], (error, stdout) => {
      if (error === null) resolve();
      else reject(new Error(stdout.trim() === "" ? `tsc: ${error.message}` : `type errors\n${stdout.trimEnd()}`));
    });
  });
}
