import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";
import { regionOf } from "../../../policies/model/region.ts";

/** Modules of folders beside their caller: what they make is judged as if it stood in the caller. */

const directory = mkdtempSync(join(tmpdir(), "modules-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function read(files: Readonly<Record<string, object | string>>, given = ".") {
  const made = mkdtempSync(join(directory, "out-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  const [estate] = readArtefacts(join(made, given));
  if (estate === undefined) throw new Error("no estate");
  const { terraform } = estate;
  const found = (slug: string) =>
    judge(
      estate,
      rules.filter((rule) => rule.slug === slug),
    ).findings.map(({ resource, attribute }) => `${resource} ${attribute}`);
  const resource = (address: string) => {
    const one = terraform.resources.find((each) => each.address === address);
    if (one === undefined) throw new Error(`no ${address}`);
    return one;
  };
  return { terraform, found, resource, made };
}

const files = {
  "main.tf.json": {
    provider: { aws: [{ region: "eu-central-1" }, { alias: "copy", region: "eu-west-1" }] },
    module: {
      store: {
        source: "./modules/store",
        name: "records",
        key: "${aws_kms_key.own.arn}",
        providers: { aws: "aws.copy" },
      },
    },
    resource: {
      aws_kms_key: { own: {} },
      aws_s3_bucket_versioning: {
        records: { bucket: "${module.store.bucket}", versioning_configuration: { status: "Suspended" } },
      },
    },
  },
  "modules/store/main.tf.json": {
    variable: { name: {}, key: {}, kept: { default: "Enabled" } },
    locals: { full: "x-${var.name}" },
    resource: {
      aws_s3_bucket: { this: { bucket: "${local.full}" } },
      aws_s3_bucket_versioning: {
        this: { bucket: "${aws_s3_bucket.this.id}", versioning_configuration: { status: "${var.kept}" } },
      },
    },
    output: { bucket: { value: "${aws_s3_bucket.this.id}" } },
    module: { rules: { source: "../rules", bucket: "${aws_s3_bucket.this.id}" } },
  },
  "modules/rules/main.tf.json": {
    variable: { bucket: {} },
    resource: { aws_s3_bucket_policy: { this: { bucket: "${var.bucket}" } } },
  },
};

describe("a module of a folder beside its caller", () => {
  const { terraform, found, resource, made } = read(files);

  test("is read with those that it calls, under the addresses that Terraform prints", () => {
    expect(terraform.resources.map(({ address }) => address)).toEqual([
      "aws_kms_key.own",
      "aws_s3_bucket_versioning.records",
      "module.store.aws_s3_bucket.this",
      "module.store.aws_s3_bucket_versioning.this",
      "module.store.module.rules.aws_s3_bucket_policy.this",
    ]);
    expect(resource("module.store.aws_s3_bucket.this").source).toBe(join(made, "modules/store/main.tf.json"));
    expect(found("module-is-read")).toEqual([]);
  });

  test("knows what it is told, its own values and defaults, and hands out what it makes", () => {
    const bucket = "module.store.aws_s3_bucket.this";
    const setting = resource("module.store.aws_s3_bucket_versioning.this").block.block("versioning_configuration");

    expect(resource(bucket).block.text("bucket")).toBe("x-records");
    expect(setting?.text("status")).toBe("Enabled");
    expect(terraform.find(resource("aws_s3_bucket_versioning.records").block.text("bucket"))?.address).toBe(bucket);
    expect(
      terraform.find(resource("module.store.module.rules.aws_s3_bucket_policy.this").block.text("bucket"))?.address,
    ).toBe(bucket);
  });

  test("uses the provider that it is handed", () => {
    expect(regionOf(resource("module.store.aws_s3_bucket.this"))).toBe("eu-west-1");
    expect(regionOf(resource("aws_kms_key.own"))).toBe("eu-central-1");
  });

  test("is read beside one file, and in a stack", () => {
    expect(read(files, "main.tf.json").terraform.resources).toHaveLength(5);
    const stack = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [`terraform/dev/data/${path}`, content]),
    );
    expect(read(stack).terraform.resources.map(({ stack: name }) => name)).toEqual(Array(5).fill("data"));
  });
});

test("a module may lie beside the stacks that call it", () => {
  const stack = { module: { m: { source: "../modules/m" } } };
  const { terraform, found } = read({
    "terraform/dev/a/main.tf.json": stack,
    "terraform/dev/b/main.tf.json": stack,
    "terraform/dev/modules/m/main.tf.json": { resource: { aws_x: { a: {} } } },
  });

  expect(terraform.resources.map(({ address, stack: name }) => `${name} ${address}`)).toEqual([
    "a module.m.aws_x.a",
    "b module.m.aws_x.a",
  ]);
  expect(found("module-is-read")).toEqual([]);
});

test("a call may stand in a list", () => {
  const { terraform } = read({
    "main.tf.json": { module: [{ m: [{ source: "./m" }] }] },
    "m/main.tf.json": { resource: { aws_x: { a: {} } } },
  });

  expect(terraform.resources.map(({ address }) => address)).toEqual(["module.m.aws_x.a"]);
});

describe("what stands in a module", () => {
  const secret = (module: object) =>
    read({ "main.tf.json": { module: { m: { source: "./m" } } }, "m/main.tf.json": module }).found(
      "no-secret-is-written-down",
    );

  test("is searched for secrets: values, defaults, data, providers, outputs", () => {
    expect(secret({ locals: { db_password: "hunter2" } })).toEqual(["module.m db_password"]);
    expect(secret({ output: { db_password: { value: "hunter2" } } })).toEqual(["module.m db_password"]);
    expect(secret({ provider: { other: { password: "hunter2" } } })).toEqual(["provider.module.m.other password"]);
    expect(secret({ variable: { db_password: { default: "hunter2" } } })).toContain("module.m db_password");
  });
});

describe("a module that nobody reads is found", () => {
  const call = (more: object = {}) => ({ "main.tf.json": { module: { m: { source: "./m" } } }, ...more });

  test.each([
    ["its folder is not there", {}],
    ["its folder holds nothing", { "m/README.md": "" }],
    ["it is in HCL", { "m/main.tf": "" }],
    ["some of it is in HCL", { "m/main.tf.json": { output: {} }, "m/more.tf": "" }],
    ["something in it is overridden", { "m/main.tf.json": { output: {} }, "m/override.tf.json": {} }],
  ])("where %s", (_, more) => {
    expect(read(call(more)).found("module-is-read")).toEqual(["module.m source"]);
  });

  test("in a module that is read, too", () => {
    const { found } = read(call({ "m/main.tf.json": { module: { n: { source: "git::https://example.org/n.git" } } } }));

    expect(found("module-is-read")).toEqual(["module.m.module.n source"]);
    expect(found("module-is-pinned")).toEqual(["module.m.module.n source"]);
  });

  test("fails when it calls itself, or cannot be read", () => {
    const itself = { module: { m: { source: "../m" } } };
    expect(() => read(call({ "m/main.tf.json": itself }))).toThrow(/m: is called from more than 20 modules/);
    expect(() => read(call({ "m/main.tf.json": "{" }))).toThrow(/m\/main\.tf\.json: is not JSON/);
    expect(() => read(call({ "m/main.tf.json": { resource: "x" } }))).toThrow(/resource must be an object/);
  });
});

test.each([
  ["a number", { count: 0 }, []],
  ["a list of nothing", { for_each: [] }, []],
  ["what the caller says elsewhere", { count: "${local.none}" }, []],
  ["a variable", { count: "${var.some}" }, ["module.logs.aws_vpc.a"]],
  ["two", { count: 2 }, ["module.logs.aws_vpc.a"]],
])("a module makes nothing where it is called as often as %s says, if that is none", (_, repeated, made) => {
  const { terraform } = read({
    "main.tf.json": { locals: { none: 0 }, module: { logs: { source: "./logs", ...repeated } } },
    "logs/main.tf.json": { resource: { aws_vpc: { a: { cidr_block: "10.0.0.0/16" } } } },
  });

  expect(terraform.resources.map(({ address }) => address)).toEqual(made);
});
