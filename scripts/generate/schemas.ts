import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** Charts of ours; each has a closed schema of its values. */
export type Chart = "cluster" | "service";

const compile = (chart: Chart): ValidateFunction => {
  const file = join(import.meta.dirname, "../../helm", chart, "values.schema.json");
  return new Ajv2020({ allErrors: true, strictTypes: false }).compile(JSON.parse(readFileSync(file, "utf8")));
};

/**
 * A judge of values by the schema of their chart, which Helm asks too: it throws for values that break it, with each path
 * and what is allowed there. `name` says whose values they are.
 */
export function judgeOf(chart: Chart): (name: string, values: unknown) => void {
  const validate = compile(chart);
  return (name, values) => {
    if (validate(values)) return;
    const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const details = Object.entries(params)
        .filter(([key]) => key === "additionalProperty" || key === "allowedValues" || key === "pattern")
        .map(([, value]) => ` (${Array.isArray(value) ? value.join(", ") : value})`);
      return `${name}${instancePath}: ${message}${details.join("")}`;
    });
    throw new Error(faults.join("\n"));
  };
}
