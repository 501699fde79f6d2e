import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const MANY = /_packages$/;
const FIRST = /_first_packages$/;

/** Names in a role's `vars/main.yml`: every list called `<role>_packages`, or `<role>_<what>_packages`. */
function namesIn(file: string): readonly string[] {
  const variables: unknown = parse(readFileSync(file, "utf8"));
  if (typeof variables !== "object" || variables === null) return [];
  return Object.entries(variables).flatMap(([variable, value]): readonly string[] => {
    if (!MANY.test(variable) || FIRST.test(variable)) return [];
    if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
    throw new Error(`${file}: ${variable}: must be a list of names of packages, got ${JSON.stringify(value)}`);
  });
}

/** All packages that roles install, each once, sorted. Throws an error for the user for a list that is none. */
export function rolePackages(roles: string): readonly string[] {
  const files = readdirSync(roles)
    .map((role) => join(roles, role, "vars", "main.yml"))
    .filter((file) => existsSync(file));
  return [...new Set(files.flatMap(namesIn))].sort();
}
