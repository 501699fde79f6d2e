import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ArtefactError } from "../../../policies/artefacts/fault.ts";
import { readArtefacts } from "../../../policies/artefacts/read.ts";

/** Configurations and plans that are JSON, and not laid out as Terraform's are: what is missed in them would pass. */

const directory = mkdtempSync(join(tmpdir(), "shapes-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What is said of a text as a file, or as a file of outputs where its name has folders. */
function file(text: string, name = "plan.json"): string {
  const made = mkdtempSync(join(directory, "out-"));
  mkdirSync(dirname(join(made, name)), { recursive: true });
  writeFileSync(join(made, name), text);
  try {
    return `read: ${readArtefacts(name.includes("/") ? made : join(made, name)).length}`;
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    return error.message.replaceAll(`${made}/`, "");
  }
}

describe("a name that is given twice", () => {
  const configuration = (text: string) => file(text, "a.tf.json");

  // Parsers keep the last; Terraform makes both.
  test.each([
    ["two parts", '{"output":{"a":{"value":1}},"output":{"b":{"value":2}}}', "output"],
    ["two types", '{"resource":{"aws_x":{"a":{}},"aws_x":{"b":{}}}}', "resource.aws_x"],
    ["in a list", '{"resource":[{"aws_x":{"a":[{"b":1,"c":{"d":[{"e":1}],"d":2}}]}}]}', "resource.aws_x.a.c.d"],
    ["spelt with escapes", '{"resource":{"aws_x":{"a":{"\\u0061":1,"a":2}}}}', "resource.aws_x.a.a"],
    ["with spaces", `{"resource":{"aws_x":{"a":{"b"${" ".repeat(200)}:1,"b":2}}}}`, "resource.aws_x.a.b"],
    [
      "beside texts that look like names",
      '{"resource":{"aws_x":{"a":{"b":":1","c":"\\":","b":"x\\\\"}}}}',
      "resource.aws_x.a.b",
    ],
  ])("is refused: %s", (_, text, name) => {
    expect(configuration(text)).toBe(`a.tf.json: gives ${name} twice, must be given once`);
  });

  test.each([
    ["by lists", { resource: [{ aws_x: { a: {} } }, { aws_x: { a: {} } }] }, "resource.aws_x.a"],
    ["by bodies", { resource: { aws_x: { a: [{}, {}] } } }, "resource.aws_x.a"],
    ["an output", { output: [{ a: { value: 1 } }, { a: { value: 2 } }] }, "output.a"],
    ["a module", { module: [{ a: { source: "git::x" } }, { a: { source: "./x" } }] }, "module.a"],
    ["a local value", { locals: [{ a: 1 }, { a: 2 }] }, "locals.a"],
    ["a backend", { terraform: [{ backend: { local: {} } }, { backend: { s3: {} } }] }, "terraform.backend"],
    ["a provider", { provider: { aws: [{ region: "a" }, { region: "b" }] } }, "provider.aws"],
    ["an alias", { provider: { aws: [{ alias: "a" }, { alias: "a" }] } }, "provider.aws.a"],
  ])("is refused %s", (_, json, name) => {
    expect(configuration(JSON.stringify(json))).toBe(`a.tf.json: gives ${name} twice, must be given once`);
  });

  test("may stand in two objects, and be a value as often as it likes", () => {
    const text = '{"resource":{"aws_x":{"a":{"b":"::/0","c":":80","d":"\\":"},"b":{"b":["b","b"],"c" : "\\\\"}}}}';
    expect(configuration(text)).toBe("read: 1");
    expect(configuration(JSON.stringify({ provider: { aws: [{}, { alias: "a" }, { alias: "b" }] } }))).toBe("read: 1");
  });

  test("that would hide others is refused", () => {
    expect(configuration('{"output":{"__proto__":{"value":"x"}}}')).toBe(
      "a.tf.json: gives the name __proto__, must be another",
    );
  });
});

describe("a state", () => {
  test.each([
    ["as Terraform shows it", { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } }],
    ["as Terraform keeps it", { version: 4, serial: 3, lineage: "71598f09", outputs: {}, resources: [] }],
  ])("is refused %s, also in place of a plan", (_, state) => {
    const text = JSON.stringify(state);
    const message = "is a state, which says what was; must be what terraform show -json prints of a plan";
    expect(file(text, "state.json")).toBe(`state.json: ${message}`);
    expect(file(text, "plans/dev/network.json")).toBe(`plans/dev/network.json: ${message}`);
  });
});

describe("wrong types everywhere", () => {
  const wrong = [null, true, 7, "text", [], {}, [[]], { a: null }];
  /** A configuration in which one part at a time is something else. */
  const parts = ["resource", "data", "output", "locals", "provider", "terraform", "variable", "module"];
  const readOrRefused = /^(?:read: 1|a\.tf\.json: [^\n]* must [^\n]*)$/;

  test.each(parts)("are read or refused in %s", (part) => {
    for (const value of wrong) {
      for (const body of [
        value,
        { x: value },
        { x: { y: value } },
        { x: { y: { z: value } } },
        { x: [{ y: value }] },
      ]) {
        expect(file(JSON.stringify({ resource: {}, terraform: {}, [part]: body }), "a.tf.json")).toMatch(readOrRefused);
      }
    }
  });

  test.each([
    ["resource", "x", "resource must be an object or a list of objects, got a string"],
    ["resource", null, "resource must be an object or a list of objects, got null"],
    ["resource", { aws_x: 7 }, "resource.aws_x must be an object or a list of objects, got a number"],
    ["resource", { aws_x: { a: "x" } }, "resource.aws_x.a must be an object or a list of objects, got a string"],
    ["resource", [[{ aws_x: {} }]], "resource must be an object or a list of objects, got a list"],
    ["module", { a: "./a" }, "module.a must be an object or a list of objects, got a string"],
    [
      "resources",
      {},
      "holds resources, allowed are action, check, data, ephemeral, import, locals, module, moved, output, provider, removed, resource, terraform, variable",
    ],
  ])("of %s are refused as Terraform does: %j", (part, body, message) => {
    expect(file(JSON.stringify({ terraform: {}, [part]: body }), "a.tf.json")).toBe(`a.tf.json: ${message}`);
  });

  test("leave a block out that is null", () => {
    expect(file('{"resource":{"aws_x":{"a":null}}}', "a.tf.json")).toBe("read: 1");
  });

  test.each(["module", "output", "locals", "variable", "provider", "data"])(
    "do not keep a configuration of nothing but %s from being one",
    (part) => {
      expect(file(JSON.stringify({ "//": "note", [part]: {} }), "a.tf.json")).toBe("read: 1");
    },
  );

  const lists = ["planned_values", "resource_changes", "configuration", "prior_state", "variables", "deferred_changes"];
  test.each(lists)("are read or refused in a plan's %s", (part) => {
    const plan = { format_version: "1.2", planned_values: { root_module: {} } };
    for (const value of wrong) {
      for (const body of [
        value,
        [value],
        { root_module: value },
        { root_module: { resources: value, child_modules: value, module_calls: value, outputs: value } },
        { root_module: { resources: [value, { address: value, type: value, values: value, expressions: value }] } },
        { root_module: { resources: [{ address: "a.b", type: "a", values: value, expressions: value }] } },
        [
          { address: value, change: value },
          { address: "a.b", change: { actions: [], after_unknown: value } },
        ],
      ]) {
        const text = JSON.stringify({ ...plan, resource_changes: [], [part]: body });
        expect(file(text, "a.tf.json")).toMatch(readOrRefused);
      }
    }
  });

  test.each<readonly [string, object, string]>([
    ["values", { planned_values: "x", resource_changes: [] }, "planned_values must be an object, got a string"],
    [
      "resources",
      { planned_values: { root_module: { resources: {} } } },
      "planned_values.root_module: resources must be a list, got an object",
    ],
    [
      "a resource without an address",
      { planned_values: { root_module: { child_modules: [{ resources: [{ type: "aws_x" }] }] } } },
      "planned_values.root_module: each must have address, got nothing",
    ],
    ["changes", { planned_values: {}, resource_changes: { a: 1 } }, "resource_changes must be a list, got an object"],
    [
      "a change without actions",
      { resource_changes: [{ address: "a.b", type: "a", change: {} }] },
      "resource_changes: a.b must have a change with actions",
    ],
    [
      "no part that tells of resources",
      { planned_values: { rootModule: {} } },
      "must have planned_values.root_module or resource_changes, got neither",
    ],
    [
      "a resource as if it were only read",
      {
        resource_changes: [
          { address: "module.m.aws_x.a", mode: "data", type: "aws_x", change: { actions: ["create"] } },
        ],
      },
      'resource_changes: module.m.aws_x.a has the mode "data", must be managed',
    ],
    [
      "a mode that nobody knows",
      { planned_values: { root_module: { resources: [{ address: "aws_x.a", mode: "Data", type: "aws_x" }] } } },
      'planned_values.root_module: aws_x.a has the mode "Data", must be managed',
    ],
    [
      "what belongs into a configuration",
      { planned_values: {}, resource: { aws_x: {} } },
      "is a plan and a configuration at once, must be one",
    ],
    [
      "a resource that is given twice",
      {
        planned_values: {
          root_module: { resources: [1, 2].map(() => ({ address: "aws_x.a", mode: "managed", type: "aws_x" })) },
        },
      },
      "planned_values.root_module: gives aws_x.a twice, must be given once",
    ],
    [
      "a type that is not that of its address",
      { planned_values: { root_module: { resources: [{ address: "aws_x.a", type: "aws_y" }] } } },
      "planned_values.root_module: aws_x.a has the type aws_y, must be that of its address",
    ],
    [
      "a later format",
      { format_version: "2.0", planned_values: {} },
      "has format_version 2.0, allowed are 0.x and 1.x",
    ],
  ])("of %s are refused in a plan", (_, plan, message) => {
    expect(file(JSON.stringify({ format_version: "1.2", ...plan }))).toBe(`plan.json: ${message}`);
  });

  test.each([
    ["values alone", { planned_values: { root_module: {} } }],
    ["changes alone", { resource_changes: [] }],
  ])("do not keep a plan of %s from being one", (_, plan) => {
    expect(file(JSON.stringify({ format_version: "1.2", ...plan }))).toBe("read: 1");
  });
});
