import { execFile } from "node:child_process";
import { join } from "node:path";

/**
 * Checks the types of all but tests beside whatever else runs; gives the compiler's findings, or nothing.
 * Node strips types without reading them, so nothing may be written before this has passed.
 */
export function typeErrors(root: string): Promise<string | undefined> {
  const compiler = join(root, "node_modules", ".bin", "tsc");
  return new Promise((resolve) => {
    execFile(compiler, ["--project", join(root, "tsconfig.product.json")], (error, stdout) => {
      const findings = stdout.trimEnd();
      if (error === null) resolve(undefined);
      else resolve(findings === "" ? `tsc: ${error.message}` : findings);
    });
  });
}
