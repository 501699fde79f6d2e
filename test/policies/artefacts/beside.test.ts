import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ArtefactError } from "../../../policies/artefacts/fault.ts";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import type { Estate } from "../../../policies/model/estate.ts";

/** What Terraform or kubectl would read beside what was made: it is judged, or refused, and never passed over. */

const directory = mkdtempSync(join(tmpdir(), "beside-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Files = Readonly<Record<string, object | string>>;

function folder(files: Files): string {
  const made = mkdtempSync(join(directory, "out-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return made;
}

const estateOf = (made: string): Estate => {
  const [estate] = readArtefacts(made);
  if (estate === undefined) throw new Error("no estate");
  return estate;
};
const resourcesIn = (files: Files) => estateOf(folder(files)).terraform.resources.map(({ address }) => address);

/** What is said of a folder that is refused, without where it lies. */
function refusal(files: Files): string {
  const made = folder(files);
  try {
    return `read: ${readArtefacts(made).length}`;
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    return error.message.replaceAll(`${made}/`, "").replaceAll(made, ".");
  }
}

const x = (name: string, body: object = {}) => ({ resource: { aws_x: { [name]: body } } });
const STACK = "terraform/dev/network";
const ours = { [`${STACK}/cdk.tf.json`]: x("a") };
const ALLOWED = "allowed are *.tf.json and *.tfvars.json, or the plan (terraform show -json)";

describe.each([
  ["a stack", STACK],
  ["a folder of a configuration", "."],
])("in %s", (_, at) => {
  const beside = (files: Files) => ({
    [`${at}/cdk.tf.json`]: x("a"),
    ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`${at}/${name}`, content])),
  });

  test("a second file of the configuration is read with the first: one may refer to the other", () => {
    const made = folder(beside({ "more.tf.json": x("b", { name: "${aws_x.a.name}" }) }));
    const [, b] = estateOf(made).terraform.resources;

    expect(estateOf(made).terraform.documents).toHaveLength(1);
    expect(b?.source).toBe(join(made, at, "more.tf.json"));
    expect(estateOf(made).terraform.find(b?.block.text("name"))?.address).toBe("aws_x.a");
  });

  test.each([
    ["main.tf", "is HCL, which is not read"],
    ["main.tofu", "is HCL, which is not read"],
    ["main.tofu.json", "is for OpenTofu alone, and takes the place of others"],
    ["override.tf.json", "overrides others, which is not read"],
    ["cdk_override.tf.json", "overrides others, which is not read"],
    ["cdk_override.tf", "overrides others, which is not read"],
    ["terraform.tfvars", "is HCL, which is not read"],
    ["more.auto.tfvars", "is HCL, which is not read"],
  ])("fails when there is %s", (name, why) => {
    expect(refusal(beside({ [name]: "{}" }))).toBe(`${at === "." ? "" : `${at}/`}${name}: ${why}; ${ALLOWED}`);
  });

  test("fails when two files give the same", () => {
    const path = (name: string) => (at === "." ? name : `${at}/${name}`);
    expect(refusal(beside({ "more.tf.json": x("a") }))).toBe(
      `${path("more.tf.json")}: gives resource.aws_x.a, which ${path("cdk.tf.json")} gives, too: must be given once`,
    );
  });

  test("values of variables are read, and later files prevail", () => {
    const files = beside({
      "cdk.tf.json": { ...x("a", { b: "${var.b}", c: "${var.c}", d: "${var.d}" }), variable: { b: {}, c: {}, d: {} } },
      "terraform.tfvars.json": { b: "of all", c: "of all" },
      "a.auto.tfvars.json": { c: "of a" },
      "production.tfvars.json": { d: "of whoever names the file" },
    });
    const [a] = estateOf(folder(files)).terraform.resources;

    expect([a?.block.text("b"), a?.block.text("c")]).toEqual(["of all", "of a"]);
    expect(a?.block.text("d")).toMatchObject({ expression: "${var.d}" });
  });

  test("what Terraform keeps there itself, or passes over, is left alone", () => {
    const files = beside({
      ".terraform.lock.hcl": "",
      ".terraform/modules/m/main.tf": "",
      ".hidden.tf": "",
      "main.tf~": "",
      "terraform.tfstate": "{}",
      "x.tftest.hcl": "",
      "README.md": "",
    });
    expect(resourcesIn(files)).toEqual(["aws_x.a"]);
  });
});

describe("a plan", () => {
  const digest = (text: string) => hash("sha256", text);
  const texts = { cdk: JSON.stringify(x("a")), more: JSON.stringify(x("b")) };
  const files = {
    ...ours,
    "plans/dev/network.json": { format_version: "1.2", planned_values: { root_module: {} } },
    "plans/dev/digests.json": { network: { network: digest(texts.cdk) } },
  };

  test("is stale where a file has joined those that it was made from", () => {
    expect(estateOf(folder(files)).stalePlans).toEqual([]);
    expect(estateOf(folder({ ...files, [`${STACK}/more.tf.json`]: x("b") })).stalePlans).toMatchObject([
      { stack: "network", changed: ["network"] },
    ]);
  });

  test("of a stack whose configuration is not there is judged", () => {
    expect(refusal({ "plans/dev/network.json": files["plans/dev/network.json"] })).toBe("read: 1");
  });
});

describe("a file that lies where nobody reads it", () => {
  const manifest = "apiVersion: v1\nkind: Pod\n";

  test.each<readonly [string, object | string, string]>([
    ["main.tf.json", x("b"), "terraform/<environment>/<stack>/"],
    ["terraform/main.tf.json", x("b"), "terraform/<environment>/<stack>/"],
    ["terraform/dev/main.tf.json", x("b"), "terraform/dev/<stack>/"],
    ["terraform/dev/main.tf", "", "terraform/dev/<stack>/"],
    ["terraform/dev/eu/network/cdk.tf.json", x("b"), "terraform/dev/eu"],
    ["plans/network.json", "{}", "plans/<environment>/"],
    ["plans/dev/eu/network.json", "{}", "plans/dev"],
    ["helm/app.yaml", manifest, "helm/<environment>/"],
    ["helm/app.json", "{}", "helm/<environment>/"],
  ])("is refused: %s", (path, content, allowed) => {
    expect(refusal({ ...ours, [path]: content })).toBe(`${path}: is read by nobody, must lie in ${allowed}`);
  });
});

describe("a release", () => {
  const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name } });
  const podsIn = (files: Files) =>
    estateOf(folder(files)).manifests.map(({ kind, apiVersion, name, release }) => ({
      kind,
      apiVersion,
      name,
      release,
    }));

  test("is read in JSON, and in folders below, which helm template --output-dir makes", () => {
    const files = {
      "helm/dev/a.json": pod("a"),
      "helm/dev/b/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n",
      "helm/dev/b/templates/NOTES.txt": "nothing",
      "helm/dev/c.yml": "apiVersion: v1\nkind: Pod\nmetadata: {name: c}\n",
    };
    expect(podsIn(files)).toEqual(
      ["a", "b", "c"].map((name) => ({ kind: "Pod", apiVersion: "v1", name, release: name })),
    );
  });

  test("fails when it is JSON of something else, or a folder in it leads elsewhere", () => {
    expect(refusal({ "helm/dev/a.json": {} })).toBe(
      "helm/dev/a.json: holds a document without apiVersion and kind: no manifest",
    );
    const made = folder({ "helm/dev/a/pod.json": pod("a") });
    symlinkSync("..", join(made, "helm/dev/a/up"));
    expect(() => readArtefacts(made)).toThrow("helm/dev/a/up: is a link to a folder, must be a folder or a file");
  });

  const lists: readonly (readonly [string, object])[] = [
    ["a List", { apiVersion: "v1", kind: "List", items: [pod("a")] }],
    ["a PodList", { apiVersion: "v1", kind: "PodList", metadata: {}, items: [pod("a")] }],
    ["a PodList as the API gives it", { apiVersion: "v1", kind: "PodList", items: [{ metadata: { name: "a" } }] }],
    [
      "a List in a List",
      { apiVersion: "v1", kind: "List", items: [{ apiVersion: "v1", kind: "PodList", items: [pod("a")] }] },
    ],
  ];
  test.each(lists)("is read one by one from %s, wherever it stands", (_, list) => {
    const expected = { kind: "Pod", apiVersion: "v1", name: "a" };
    expect(podsIn({ "helm/dev/x.json": list })).toMatchObject([expected]);
    expect(podsIn({ "helm/dev/x.yaml": list })).toMatchObject([expected]);
    for (const name of ["pods.json", "pods.yaml"]) {
      expect(estateOf(join(folder({ [name]: list }), name)).manifests).toMatchObject([expected]);
    }
  });

  test("fails when a list is none, and may be an empty one, or a kind of somebody that only ends so", () => {
    const list = { apiVersion: "v1", kind: "List" };
    expect(refusal({ "helm/dev/a.json": { ...list, items: { a: pod("a") } } })).toBe(
      "helm/dev/a.json: items of a List must be a list, got an object",
    );
    expect(podsIn({ "helm/dev/a.json": { ...list, items: null }, "helm/dev/b.json": pod("b") })).toHaveLength(1);
    expect(podsIn({ "helm/dev/a.json": { apiVersion: "x.io/v1", kind: "AllowList", spec: {} } })).toHaveLength(1);
  });
});
