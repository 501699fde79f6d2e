import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

/** The five systems, in the order of `docs/requirements.yaml`. */
export const systems = ["TKT", "NOD", "MUN", "BRK", "ALC"] as const;
export type System = (typeof systems)[number];

/** One entry of `docs/requirements.yaml`, whose header explains the fields. */
export interface Requirement {
  readonly id: string;
  readonly section: string;
  readonly kind: "must" | "should" | "option" | "fact" | "gap" | "goal" | "smell";
  readonly text: string;
  readonly layer: readonly string[];
  readonly owner: "infra" | "contract" | "app";
  readonly decision: string;
  readonly gives?: { readonly what: string; readonly form: string };
  readonly planned?: readonly string[];
  readonly adr?: readonly number[];
}

/** Where the table lies, from the project's folder. */
const tablePath = "docs/requirements.yaml";

/** `TKT` of `TKT-7.3`. */
export const systemOf = ({ id }: Pick<Requirement, "id">): System => id.slice(0, 3) as System;

/** The table below `root`. Throws what its schema refuses, or an id that stands twice. */
export function readRequirements(root: string): readonly Requirement[] {
  return checked(parse(readFileSync(join(root, tablePath), "utf8")));
}

/** The same entries, once they match the schema and each id stands once. */
export function checked(entries: unknown): readonly Requirement[] {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "requirements.schema.json"), "utf8"));
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  const matches = ajv.compile<Requirement[]>(schema);
  if (!matches(entries)) {
    throw new Error(
      `${tablePath} does not match its schema: ${ajv.errorsText(matches.errors, { dataVar: "entries" })}`,
    );
  }
  const ids = entries.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) {
    throw new Error(`${tablePath}: each id must stand once, got twice ${twice.join(", ")}`);
  }
  return entries;
}
