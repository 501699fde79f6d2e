import type { Reference, Value } from "../../services/schema/value.ts";
import { meanings } from "../../services/variables.ts";

/** What a variable means to whoever sets it; undefined for a plain value that the catalogue does not explain. */
export const meaningOf = (name: string, value: Value): string | undefined =>
  meanings[name] ?? (typeof value === "object" ? explained(value) : undefined);

/** What a value that is no plain one stands for. */
function explained(value: Exclude<Value, string | number | boolean>): string {
  if (value.kind === "secret") return value.why;
  if (value.kind !== "template") return ofReference(value);
  const parts = value.parts.filter((part) => typeof part === "object");
  return [...new Set(parts.map(explained))].join("; ");
}

function ofReference(reference: Reference): string {
  switch (reference.kind) {
    case "host":
      return `host name of ${reference.of.owner}`;
    case "members":
      return `each member of ${reference.of.owner}, with its port`;
    case "origins":
      return `public address of ${reference.of.map(({ name }) => name).join(", ")}`;
    case "environment":
      return { name: "name of the environment", region: "region at AWS", domain: "public domain" }[reference.fact];
    case "bucket":
      return `bucket of ${reference.of.name}`;
    case "administrator":
      return `login of the administrator of ${reference.of.name}`;
  }
}
