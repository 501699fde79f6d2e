import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const MANY = /_packages$/;
const FIRST = /_first_packages$/;
const BUILT = /_built$/;

/** Names in the lists of a role's `vars/main.yml` that are called so. */
function namesIn(file: string, called: (variable: string) => boolean): readonly string[] {
  const variables: unknown = parse(readFileSync(file, "utf8"));
  if (typeof variables !== "object" || variables === null) return [];
  return Object.entries(variables).flatMap(([variable, value]): readonly string[] => {
    if (!called(variable)) return [];
    if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
    throw new Error(`${file}: ${variable}: must be a list of names of packages, got ${JSON.stringify(value)}`);
  });
}

/** Names in such lists of these roles, each once, sorted. */
function namesOf(
  roles: string,
  called: (variable: string) => boolean,
  names: readonly string[] = readdirSync(roles),
): readonly string[] {
  const files = names.map((role) => join(roles, role, "vars", "main.yml")).filter((file) => existsSync(file));
  return [...new Set(files.flatMap((file) => namesIn(file, called)))].sort();
}

/**
 * Packages of Debian that roles install, all or these: lists called `<role>_packages`, or `<role>_<what>_packages`. Throws
 * an error for the user for a list that is none.
 */
export const rolePackages = (roles: string, names?: readonly string[]): readonly string[] =>
  namesOf(roles, (variable) => MANY.test(variable) && !FIRST.test(variable), names);

/** Packages that Debian lacks and roles install: lists called `<role>_built`. Throws as `rolePackages` does. */
export const builtPackages = (roles: string): readonly string[] => namesOf(roles, (variable) => BUILT.test(variable));
