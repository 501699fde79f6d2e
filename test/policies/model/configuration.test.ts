import { describe, expect, test } from "vitest";
import { Estate } from "../../../policies/model/estate.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { readConfiguration } from "../../../policies/model/terraform/document.ts";
import { partsOf, pathOf } from "../../../policies/model/terraform/expression.ts";
import { Unknown } from "../../../policies/model/value.ts";

/** States of one environment, by their names. */
const estate = (stacks: Readonly<Record<string, JsonObject>>) =>
  new Estate({
    environment: "production",
    documents: Object.entries(stacks).map(([stack, json]) =>
      readConfiguration(json, { environment: "production", stack, source: `${stack}/cdk.tf.json` }),
    ),
  });
const backend = (key: string) => ({ backend: { s3: { bucket: "states", key } } });
const remote = (key: string) => ({
  terraform_remote_state: { other: { backend: "s3", config: { bucket: "states", key } } },
});
/** An attribute of the resource `aws_x.a` of the last state. */
function resolved(value: unknown, rest: JsonObject = {}, others: Readonly<Record<string, JsonObject>> = {}) {
  const resources = { aws_x: { a: { given: value as string }, b: { name: "bee", id: "b-1", tags: { team: "t" } } } };
  const made = estate({ ...others, own: { resource: resources, ...rest } });
  const a = made.terraform.ofType("aws_x").find(({ address }) => address === "aws_x.a");
  return a?.block.value("given");
}

describe("expressions", () => {
  test.each([
    ["a.b.c", ["a", "b", "c"]],
    ["a.b[0].c", ["a", "b", 0, "c"]],
    ['a.b["x.y"].c', ["a", "b", "x.y", "c"]],
    ["a.b.0.c", ["a", "b", 0, "c"]],
    ["a.b[*].c", undefined],
    ["f(a.b)", undefined],
    ["a.b == 1", undefined],
    ["", undefined],
  ])("%s has the path %j", (text, path) => {
    expect(pathOf(text)).toEqual(path);
  });

  test.each([
    ["plain", [{ text: "plain" }]],
    ["a-${b.c}-d", [{ text: "a-" }, { expression: "b.c" }, { text: "-d" }]],
    ['${f("}")}', [{ expression: 'f("}")' }]],
    ["${ {a = 1}.a }", [{ expression: "{a = 1}.a" }]],
    ["$${not}", [{ text: "${not}" }]],
    ["${cut", [{ expression: "cut" }]],
  ])("%s has the parts %j", (text, parts) => {
    expect(partsOf(text)).toEqual(parts);
  });

  test("of values that are given come to those", () => {
    expect(resolved("${aws_x.b.name}")).toBe("bee");
    expect(resolved("x-${aws_x.b.name}-${aws_x.b.tags.team}")).toBe("x-bee-t");
    expect(resolved("${local.size}", { locals: { size: 7 } })).toBe(7);
    expect(resolved("${local.list[1].a}", { locals: [{ list: [1, { a: "${aws_x.b.name}" }] }] })).toBe("bee");
    expect(resolved("$${aws_x.b.name}")).toEqual("${aws_x.b.name}");
  });

  test("of what is known only after apply keep what they refer to", () => {
    const value = resolved("${aws_x.b.arn}");

    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ expression: "${aws_x.b.arn}", attribute: "arn", resource: { address: "aws_x.b" } });
  });

  test.each([
    "${aws_x.none.id}",
    "${var.nowhere}",
    "${local.nowhere}",
    "${f(aws_x.b.name)}",
    "${module.net.id}",
    "${each.key}",
    "%{ if true }x%{ endif }",
    "x-${aws_x.b.arn}",
    "${data.aws_ami.x.id}",
    "${data.terraform_remote_state.none.outputs.a}",
    "${local.constructor}",
    "${aws_x.constructor.name}",
    "${cut",
  ])("that nobody can resolve are unknown, and refer to nothing: %s", (text) => {
    const value = resolved(text, { locals: { other: 1 } });

    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ resource: undefined });
  });

  test("that lead to themselves end, once and many times over", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`l${at}`, `\${local.l${at + 1}}\${local.l${at + 1}}`]),
    );

    expect(resolved("${local.a}", { locals: { a: "${local.b}", b: "${local.a}" } })).toBeInstanceOf(Unknown);
    expect(resolved("${aws_x.a.given}")).toBeInstanceOf(Unknown);
    expect(resolved("${local.a}", { locals: { a: "${local.a}${local.a}" } })).toBeInstanceOf(Unknown);
    expect(resolved("${local.l0}", { locals: { ...doubling, l60: "x" } })).toBeInstanceOf(Unknown);
  });
});

describe("states of one environment", () => {
  const network = {
    terraform: backend("network.tfstate"),
    resource: { aws_subnet: { a: { cidr_block: "10.0.0.0/24" } } },
    output: { ids: { value: { a: "${aws_subnet.a.id}" } }, cidr: { value: "${aws_subnet.a.cidr_block}" } },
  };

  test("read each other's outputs: values, and references to the very resource", () => {
    const read = (text: string) => resolved(text, { data: remote("network.tfstate") }, { network });

    expect(read("${data.terraform_remote_state.other.outputs.cidr}")).toBe("10.0.0.0/24");
    expect(read('${data.terraform_remote_state.other.outputs.ids["a"]}')).toMatchObject({
      resource: { address: "aws_subnet.a", stack: "network" },
    });
    expect(read("${data.terraform_remote_state.other.outputs.none}")).toBeInstanceOf(Unknown);
  });

  test("that read each other in a circle end", () => {
    const text = "${data.terraform_remote_state.other.outputs.x}";
    const one = { terraform: backend("one"), data: remote("own"), output: { x: { value: text } } };

    expect(
      resolved(text, { terraform: backend("own"), data: remote("one"), output: { x: { value: text } } }, { one }),
    ).toBeInstanceOf(Unknown);
  });

  test("are not taken for one another where they have the same key in another bucket", () => {
    const elsewhere = { terraform_remote_state: { other: { config: { bucket: "others", key: "network.tfstate" } } } };

    expect(
      resolved("${data.terraform_remote_state.other.outputs.cidr}", { data: elsewhere }, { network }),
    ).toBeInstanceOf(Unknown);
  });

  test("find what a text names: by reference, id, ARN or name, of the types asked for", () => {
    const made = estate({
      a: {
        resource: {
          aws_s3_bucket: { dumps: { bucket: "dumps" } },
          aws_iam_role: { dumps: { name: "dumps", arn: "arn:aws:iam::1:role/dumps" } },
          aws_vpc: { v: { id: "vpc-0123456789abcdef0" } },
        },
      },
    }).terraform;
    const found = (value: string, ...types: readonly string[]) => made.find(value, ...types)?.address;

    expect(found("dumps", "aws_s3_bucket")).toBe("aws_s3_bucket.dumps");
    expect(found("dumps", "aws_iam_role")).toBe("aws_iam_role.dumps");
    expect(found("dumps")).toBe(undefined);
    expect(found("arn:aws:iam::1:role/dumps")).toBe("aws_iam_role.dumps");
    expect(found("vpc-0123456789abcdef0")).toBe("aws_vpc.v");
    expect(found("arn:aws:iam::1:role/dumps", "aws_s3_bucket")).toBe(undefined);
  });

  test("count the types that nobody asked for", () => {
    const { terraform } = estate({ a: { resource: { aws_x: { a: {}, b: {} }, aws_y: { c: {} } } } });

    terraform.ofType("aws_y");

    expect([...terraform.unread]).toEqual([["aws_x", 2]]);
  });

  test("do not count a type of which one was found by what names it", () => {
    const { terraform } = estate({
      a: { resource: { aws_iam_role: { a: { arn: "arn:aws:iam::1:role/a" } }, aws_x: { a: {} } } },
    });

    expect(terraform.find("arn:aws:iam::1:role/a")?.type).toBe("aws_iam_role");

    expect([...terraform.unread]).toEqual([["aws_x", 1]]);
  });
});

describe("attributes", () => {
  const block = (attributes: JsonObject) => {
    const [resource] = estate({ a: { resource: { aws_x: { a: attributes } } } }).terraform.resources;
    if (resource === undefined) throw new Error("no resource");
    return resource.block;
  };

  test("are what they mean, however they are spelt", () => {
    const read = block({
      port: "443",
      on: "true",
      off: 0,
      size: 7,
      none: null,
      one: { a: 1 },
      many: [{ a: 1 }, { a: 2 }],
    });

    expect([read.number("port"), read.flag("on"), read.flag("off"), read.text("size")]).toEqual([
      443,
      true,
      false,
      "7",
    ]);
    expect([read.has("none"), read.text("none"), read.text("nowhere")]).toEqual([false, undefined, undefined]);
    expect([read.blocks("one").length, read.blocks("many").length, read.blocks("none").length]).toEqual([1, 2, 0]);
  });

  test("of another type than asked for are unknown, never absent", () => {
    const read = block({ port: "many", on: "perhaps", name: { a: 1 }, list: "x", map: "x", blocks: ["x", 7] });

    expect(read.number("port")).toBeInstanceOf(Unknown);
    expect(read.flag("on")).toBeInstanceOf(Unknown);
    expect(read.text("name")).toBeInstanceOf(Unknown);
    expect(read.texts("list")).toEqual(["x"]);
    expect(read.blocks("blocks").map(({ isUnknown }) => isUnknown)).toEqual([true, true]);
  });

  test("in blocks that an expression makes are all unknown", () => {
    const read = block({ ingress: "${local.rules}", dynamic: { egress: { for_each: [1], content: {} } } });

    for (const name of ["ingress", "egress"]) {
      expect(read.blocks(name).map((each) => each.number("from_port"))).toEqual([expect.any(Unknown)]);
    }
  });
});
