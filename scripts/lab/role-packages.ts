import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Package names in a role's variables: lists whose name ends in `_packages`, and every `package` of a table. */
function namesIn(value: unknown, name: string): readonly string[] {
  if (typeof value === "string") return name === "package" ? [value] : [];
  if (value === null || typeof value !== "object" || name.endsWith("_first_packages")) return [];
  if (Array.isArray(value)) {
    return name.endsWith("_packages") ? value.filter((each) => typeof each === "string") : [];
  }
  return Object.entries(value).flatMap(([key, each]: readonly [string, unknown]) => namesIn(each, key));
}

/**
 * Packages that roles install, each once, sorted. More forgiving than the publisher's reading, which refuses what is no
 * list: a lab is also for roles that are being written.
 */
export function storePackages(roles: string): readonly string[] {
  const files = (existsSync(roles) ? readdirSync(roles) : [])
    .map((role) => join(roles, role, "vars/main.yml"))
    .filter((file) => existsSync(file));
  return [...new Set(files.flatMap((file) => namesIn(parse(readFileSync(file, "utf8")), "")))].sort();
}
