import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import type { GeneratedFile } from "./generated.ts";

const SCHEMA = "policies/waivers.schema.json";

/**
 * The judge of waivers that Ajv makes of their schema, as a program of its own: to load Ajv takes a tenth of what a whole
 * run of the policies may, and the file of waivers is read in each.
 */
export function waiversSchema(root: string, path: string): GeneratedFile {
  const schema = JSON.parse(readFileSync(join(root, SCHEMA), "utf8"));
  const ajv = new Ajv2020({ allErrors: true, code: { source: true, esm: true, lines: true } });
  const text = [
    `// Generated from ${SCHEMA}. Do not edit; run npm run generate.\n`,
    "// @ts-nocheck: Ajv writes JavaScript\n",
    // Ajv writes these calls into modules, too.
    'import { createRequire } from "node:module";\n',
    "const require = createRequire(import.meta.url);\n",
    `${standalone.default(ajv, ajv.compile(schema)).replace(/^"use strict";\n/, "")}\n`,
  ];
  return { path, text: text.join("") };
}
