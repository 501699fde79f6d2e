import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * True when a program that a test needs is on the path: `describe.runIf(requireProgram("terraform", "install it from ..."))`.
 * Under `CI=true` a missing program throws, so that nothing goes untested there; elsewhere one line says how to get it
 * and the test is skipped.
 */
export function requireProgram(name: string, hint: string): boolean {
  const found = programPath(name) !== undefined;
  if (!found && process.env["CI"] === "true") {
    throw new Error(`${name} is missing, and under CI=true nothing may be skipped: ${hint}`);
  }
  if (!found) {
    process.stderr.write(`skipped what needs ${name}, which is missing: ${hint}\n`);
  }
  return found;
}

/** Where the path has a program; undefined where it does not. */
export const programPath = (name: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable);

/** How to get terraform, for `requireProgram`. */
export const terraformHint = "install Terraform 1.11 or newer, https://developer.hashicorp.com/terraform/install";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
