import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";

/**
 * Checks the types of all but tests beside whatever else runs; gives the compiler's findings, or nothing.
 * Node strips types without reading them, so nothing may be written before this has passed.
 */
export function typeErrors(root: string): Promise<string | undefined> {
  const compiler = join(root, "node_modules", ".bin", "tsc");
  // As a build: where no source is newer than the last check, none is read again. Files of packages bear dates of their
  // makers, so after an installation everything is read.
  const force = isNewer(root, "node_modules/.package-lock.json", ".cache/tsc.product.tsbuildinfo") ? ["--force"] : [];
  return new Promise((resolve) => {
    execFile(compiler, ["--build", join(root, "tsconfig.product.json"), ...force], (error, stdout) => {
      const findings = stdout.trimEnd();
      if (error === null) resolve(undefined);
      else resolve(findings === "" ? `tsc: ${error.message}` : findings);
    });
  });
}

/** Whether one file is newer than another one; also where either is not there. */
function isNewer(root: string, one: string, other: string): boolean {
  const changed = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;
  return (changed(one) ?? Number.POSITIVE_INFINITY) > (changed(other) ?? 0);
}
