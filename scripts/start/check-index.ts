import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";

/** Throws when the index does not match its committed schema: policies read it by that schema. */
export function checkIndex(index: unknown): void {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "index.schema.json"), "utf8"));
  // One document: what the compilation saves is more than what faster code would.
  const ajv = new Ajv2020({ allErrors: true, inlineRefs: false, code: { optimize: false } });
  if (!ajv.validate(schema, index)) {
    throw new Error(`out/index.json does not match its schema: ${ajv.errorsText(ajv.errors, { dataVar: "index" })}`);
  }
}
