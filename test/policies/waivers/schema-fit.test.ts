import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../policies/model/json.ts";
import { fits } from "../../../policies/waivers/schema-fit.ts";

const root = join(import.meta.dirname, "../../..");
const schema = JSON.parse(readFileSync(join(root, "policies/waivers.schema.json"), "utf8"));

const waiver = {
  rule: "DATA-004",
  address: "aws_s3_bucket.x",
  reason: "Its owner accepts this until the move is done.",
  owner: "platform",
  until: "2026-12-31",
  fingerprint: "0123456789abcdef",
};
const lists: readonly Json[] = [
  [],
  [waiver],
  [waiver, { ...waiver, environment: "dev", stack: "network", attribute: "versioning" }],
  { waiver },
  "text",
  [[waiver]],
  [{}],
  ...Object.keys(waiver).flatMap((name): readonly Json[] => [
    [{ ...waiver, [name]: "" }],
    [{ ...waiver, [name]: 1 }],
    [{ ...waiver, [name]: null }],
    [Object.fromEntries(Object.entries(waiver).filter(([key]) => key !== name))],
  ]),
  [{ ...waiver, more: "x" }],
  [{ ...waiver, stack: "" }],
  [{ ...waiver, rule: "DATA-4" }],
  [{ ...waiver, reason: "<why: at least twenty characters>" }],
  [{ ...waiver, reason: "\u{1F600}".repeat(19) }],
  [{ ...waiver, reason: "\u{1F600}".repeat(20) }],
];

describe("a list of waivers", () => {
  it.each(lists.map((list) => [list]))("fits its schema just when Ajv says so: %j", (list) => {
    expect(fits(list, schema)).toBe(new Ajv2020().validate(schema, list));
  });

  it("is left to Ajv where its schema has a keyword of which nobody is sure", () => {
    expect(fits([waiver], { ...schema, uniqueItems: true })).toBe(false);
    expect(fits([waiver], { ...schema, items: { $ref: "elsewhere.json" } })).toBe(false);
    expect(fits([waiver], { ...schema, items: { type: "object", additionalProperties: { type: "string" } } })).toBe(
      false,
    );
  });
});
