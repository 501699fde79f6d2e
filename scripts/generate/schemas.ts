import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";

/** Charts of ours; each has a closed schema of its values. */
export type Chart = "cluster" | "service";

const compile = (chart: Chart): ValidateFunction => {
  const file = join(import.meta.dirname, "../../helm", chart, "values.schema.json");
  return new Ajv2020({ allErrors: true, verbose: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(file, "utf8")),
  );
};

/**
 * A judge of values by the schema of their chart, which Helm asks too: it throws for values that break it, with each path,
 * what is allowed there and what was got. `name` says whose values they are.
 */
export function judgeOf(chart: Chart): (name: string, values: unknown) => void {
  const validate = compile(chart);
  return (name, values) => {
    if (validate(values)) return;
    throw new Error(
      (validate.errors ?? [])
        .filter(isFirsthand)
        .map((fault) => `${name}${told(fault)}`)
        .join("\n"),
    );
  };
}

/** A name of a property, or what a condition leads to, has two: one says what is wrong, a second one that something is. */
const isFirsthand = ({ keyword }: ErrorObject): boolean => keyword !== "propertyNames" && keyword !== "if";

/** Longer values tell nothing more. */
const MOST = 80;

/** `/components/api/replicas/min: must be >= 1, got 0` */
function told({ instancePath, keyword, message, params, parentSchema, data, propertyName }: ErrorObject): string {
  const path = instancePath.replaceAll("~1", "/").replaceAll("~0", "~");
  const subject = propertyName === undefined ? "" : "a property's name ";
  switch (keyword) {
    case "additionalProperties":
      return `${path}: allowed are ${Object.keys(parentSchema?.["properties"] ?? {}).join(", ")}, got ${params["additionalProperty"]}`;
    case "enum":
      return `${path}: ${subject}must be one of ${params["allowedValues"].join(", ")}, got ${shown(data)}`;
    case "const":
      return `${path}: ${subject}must be ${shown(params["allowedValue"])}, got ${shown(data)}`;
    default:
      // Other limits stand in the message.
      return `${path}: ${subject}${message}, got ${shown(data)}`;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}...` : text;
}
