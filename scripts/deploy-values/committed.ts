import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeneratedFile } from "../generate/generated.ts";

/**
 * Refuses a committed file below the project that is not what the catalogue says: Helm takes the file, and an overlay is
 * judged against the catalogue. Throws an error of one line.
 */
export function demandCommitted(root: string, { path, text }: GeneratedFile): void {
  if (read(join(root, path)) !== text) {
    throw new Error(`${path}: must be what the catalogue says; run npm run generate`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
