import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { validateCatalogue } from "../../services/validate.ts";
import { TODAY } from "../services/validate/fixture.ts";

/**
 * Rules of validation that name a requirement: each is tried on a small catalogue where it is tested, and here on the
 * catalogue that is deployed, so that a product which breaks one breaks a test that names it.
 */
const rules = [
  "[TKT-4.15]",
  "[TKT-7.1]",
  "[TKT-7.3]",
  "[TKT-7.6]",
  "[TKT-7.11]",
  "[TKT-SEC.3]",
  "[NOD-1.5]",
  "[NOD-1.7]",
  "[NOD-1.8]",
  "[NOD-2.1]",
  "[NOD-2.7]",
  "[NOD-3.2]",
  "[NOD-3.6]",
  "[NOD-3.7]",
  "[NOD-5.1]",
  "[NOD-5.3]",
  "[NOD-SEC.1]",
  "[MUN-1.1]",
  "[MUN-2.3]",
  "[MUN-4.8]",
  "[MUN-4.14]",
  "[MUN-4.15]",
  "[BRK-3.1]",
  "[BRK-4.5]",
  "[BRK-15.1]",
  "[BRK-15.2]",
  "[BRK-25.4]",
  "[BRK-25.5]",
  "[BRK-27.1]",
  "[BRK-27.5]",
  "[BRK-SEC.1]",
  "[BRK-SEC.2]",
  "[BRK-SEC.3]",
  "[BRK-SEC.4]",
  "[BRK-SEC.6]",
  "[BRK-SEC.9]",
  "[BRK-SEC.11]",
  "[BRK-SEC.12]",
  "[BRK-SEC.13]",
  "[BRK-SEC.16]",
  "[BRK-SEC.24]",
  "[ALC-7.5]",
  "[ALC-SEC.2]",
];

const folder = join(import.meta.dirname, "../../services/validate");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join(folder, path), "utf8"))
  .join("\n");
const faults = validateCatalogue(catalogue, TODAY).map(({ path, rule }) => `${path}: ${rule}`);

describe("every product in every environment", () => {
  test.each(rules)("keeps the rule of %s", (rule) => {
    const named = new RegExp(`${rule.slice(1, -1).replaceAll(".", "\\.")}(?!\\d)`);

    expect(sources).toMatch(named);
    expect(faults.filter((fault) => named.test(fault))).toEqual([]);
  });
});
