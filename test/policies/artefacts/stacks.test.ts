import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";

/** Which of configuration and plan is judged. */

const directory = mkdtempSync(join(tmpdir(), "stacks-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const network = JSON.stringify({
  terraform: { backend: { s3: { bucket: "states", key: "network" } } },
  resource: { aws_subnet: { a: {} } },
  output: { id: { value: "${aws_subnet.a.id}" } },
});
const service = JSON.stringify({
  terraform: { backend: { s3: { bucket: "states", key: "service" } } },
  locals: { ami: "of the configuration" },
  resource: {
    aws_instance: { a: { ami: "${local.ami}", subnet_id: "${data.terraform_remote_state.network.outputs.id}" } },
  },
});
const plan = JSON.stringify({
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_instance.a",
          mode: "managed",
          type: "aws_instance",
          name: "a",
          values: { ami: "of the plan", subnet_id: "subnet-stub" },
        },
      ],
    },
  },
});
const digest = (text: string) => hash("sha256", text);
const fresh = { service: { network: digest(network), service: digest(service) } };

function folder(files: Readonly<Record<string, object | string | undefined>>): string {
  const made = mkdtempSync(join(directory, "out-"));
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return made;
}

/** Reads outputs of which some files are otherwise, or not there. */
function read(given: Readonly<Record<string, object | string | undefined>>) {
  const files: Readonly<Record<string, object | string | undefined>> = {
    "terraform/dev/network/cdk.tf.json": network,
    "terraform/dev/service/cdk.tf.json": service,
    "plans/dev/service.json": plan,
    "plans/dev/digests.json": fresh,
    "plans/dev/stubs.json": { network: { id: { value: "subnet-stub", from: "${aws_subnet.a.id}" } } },
    ...given,
  };
  const made = folder(files);
  const [estate] = readArtefacts(made);
  const instance = estate?.terraform.resources.find(({ address }) => address === "aws_instance.a");
  return {
    ami: instance?.block.text("ami"),
    subnet: estate?.terraform.find(instance?.block.text("subnet_id"))?.address,
    kinds: estate?.terraform.documents.map(({ stack, kind }) => `${stack}: ${kind}`),
    stale: estate?.stalePlans.map(({ stack, changed }) => `${stack}: ${changed.join(", ")}`),
    backends: estate?.terraform.documents.map(({ settings }) => Object.keys(settings)),
  };
}

describe("a plan", () => {
  test("takes the place of its configuration while that, and what it reads, is as it was", () => {
    expect(read({})).toEqual({
      ami: "of the plan",
      subnet: "aws_subnet.a",
      kinds: ["network: configuration", "service: plan"],
      stale: [],
      backends: [["backend"], ["backend"]],
    });
  });

  test("is judged where there is no configuration beside it", () => {
    expect(read({ "terraform/dev/service/cdk.tf.json": undefined }).ami).toBe("of the plan");
  });

  test.each<readonly [string, Readonly<Record<string, object | string | undefined>>, string]>([
    [
      "its configuration has changed since",
      { "terraform/dev/service/cdk.tf.json": `${service}\n` },
      "service: service",
    ],
    [
      "a state that it reads has changed since",
      { "terraform/dev/network/cdk.tf.json": `${network}\n` },
      "service: network",
    ],
    [
      "nobody knows what it was made from",
      { "plans/dev/digests.json": undefined },
      "service: no record of what it was made from",
    ],
    [
      "what it was made from is not told of it",
      { "plans/dev/digests.json": {} },
      "service: no record of what it was made from",
    ],
    [
      "what it was made from is told, and itself is not among it",
      { "plans/dev/digests.json": { service: { network: digest(network) } } },
      "service: no record of what it was made from",
    ],
  ])("is stale when %s: the configuration is judged, and that is told", (_, files, stale) => {
    expect(read(files)).toMatchObject({ ami: "of the configuration", stale: [stale] });
  });

  test("has of its configuration how each resource lives and what runs then, and of one in a module not what stands in the root", () => {
    // given: a plan of two resources of one name, of which the configuration shows one
    const kept = { lifecycle: { prevent_destroy: true }, provisioner: [{ "local-exec": { command: "true" } }] };
    const planned = (address: string) => ({ address, mode: "managed", type: "aws_x", name: "a", values: {} });
    const configuration = JSON.stringify({
      module: { m: { source: "git::https://example.org/m.git" } },
      resource: { aws_x: { a: kept } },
    });
    const made = folder({
      "terraform/dev/service/cdk.tf.json": configuration,
      "plans/dev/service.json": {
        format_version: "1.2",
        planned_values: {
          root_module: {
            resources: [planned("aws_x.a")],
            child_modules: [{ address: "module.m", resources: [planned("module.m.aws_x.a")] }],
          },
        },
      },
      "plans/dev/digests.json": { service: { service: digest(configuration) } },
    });

    // then
    const resources = readArtefacts(made).flatMap(({ terraform }) => terraform.resources);
    expect(resources.map(({ address, raw }) => [address, raw.attributes])).toEqual([
      ["aws_x.a", kept],
      ["module.m.aws_x.a", {}],
    ]);
  });
});
