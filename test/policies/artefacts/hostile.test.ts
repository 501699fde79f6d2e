import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ArtefactError } from "../../../policies/artefacts/fault.ts";
import { readArtefacts } from "../../../policies/artefacts/read.ts";

/** Outputs that nobody can judge: each is one line that says which file and what of it, and never a crash. */

const directory = mkdtempSync(join(tmpdir(), "artefacts-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A fresh folder with these files. */
function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const made = mkdtempSync(join(directory, "out-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), content);
  }
  return made;
}

/** What reading a path says; the folder is left out, since it has another name in each run. */
function said(path: string, made: string, environments: readonly string[] = []): string {
  try {
    const estates = readArtefacts(path, environments);
    return `read: ${estates.length}`;
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    return error.message.replaceAll(`${made}/`, "").replaceAll(made, ".");
  }
}
const file = (content: string | Buffer, name = "plan.json") => {
  const made = folder({ [name]: content });
  return said(join(made, name), made);
};
const laidOut = (files: Readonly<Record<string, string | Buffer>>) => {
  const made = folder(files);
  return said(made, made);
};

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const bucket = JSON.stringify({ resource: { aws_s3_bucket: { a: { bucket: "a" } } } });
const stack = "terraform/production/network/cdk.tf.json";
/** An index of environments as they must be, but for what is given. */
const index = (...environments: readonly object[]) =>
  JSON.stringify({
    environments: environments.map((given) => ({
      ...{ name: "production", account: "111111111111", region: "eu-central-1", copyRegion: "eu-west-1" },
      ...{ cidr: "10.0.0.0/16", domain: { public: "example.org", private: "internal.example.org" }, zones: [] },
      ...{ ranges: { clients: [], admins: [] }, subnets: [], stacks: [], flows: [], services: [], ...given },
    })),
  });
const utf16 = Buffer.from(bucket, "utf16le");

describe("a file", () => {
  test("is read where it is a configuration, also with a byte order mark", () => {
    expect(file(bucket)).toBe("read: 1");
    expect(file(`\uFEFF${bucket}`)).toBe("read: 1");
  });

  test.each<readonly [string, string | Buffer, string]>([
    ["empty", "", "plan.json: is empty"],
    ["blank", " \n ", "plan.json: is empty"],
    [
      "cut off",
      bucket.slice(0, -3),
      "plan.json: is not JSON (Expected ',' or '}' after property value in JSON at position 48 (line 1 column 49))",
    ],
    ["a list", "[]", "plan.json: must be an object, got a list"],
    ["null", "null", "plan.json: must be an object, got null"],
    ["a number", "7", "plan.json: must be an object, got a number"],
    [
      "JSON of something else",
      "{}",
      "plan.json: is neither a Terraform configuration (terraform, resource, data, module, ...) nor a plan (format_version, planned_values, resource_changes) nor a manifest (apiVersion, kind)",
    ],
    ["in Latin-1", Buffer.from('{"resource":{"aws_s3_bucket":{"é":{}}}}', "latin1"), "plan.json: is not UTF-8"],
    ["in UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), "plan.json: is not UTF-8"],
    ["in UTF-16 without a mark", utf16, "plan.json: holds NUL characters: must be text in UTF-8"],
    ["nested without end", deep(100_000, "[", "]"), "plan.json: must be an object, got a list"],
    [
      "nested deeper than anything real",
      `{"resource":${deep(300, '{"a":', "}").replace("}", "1}")}}`,
      "plan.json: is nested deeper than 200 levels, or contains itself",
    ],
  ])("fails when it is %s", (_, content, message) => {
    expect(file(content)).toBe(message);
  });

  test("may hold U+FFFD, which is no fault of its encoding", () => {
    expect(file(JSON.stringify({ resource: { aws_s3_bucket: { a: { bucket: "\uFFFD" } } } }))).toBe("read: 1");
  });

  test("fails when it is larger than any plan, without being read", () => {
    const made = folder({ "huge.json": "" });
    truncateSync(join(made, "huge.json"), 300 * 2 ** 20);

    expect(said(join(made, "huge.json"), made)).toBe("huge.json: has 300 MiB, at most 256 are read");
  });

  test("fails when it holds more values than anybody judges, before they are read", () => {
    const rows = (item: string, by: string) => Array(5_000_002).fill(item).join(by);

    expect(file(`{"resource":{"a":{"b":{"c":[${rows("1", ",")}]}}}}`)).toBe(
      "plan.json: has more than 5000000 commas: too many values",
    );
    expect(file(rows("", "\n"), "release.yaml")).toBe("release.yaml: has more than 5000000 lines: too many values");
  });

  test("fails when it is not there, is a pipe, or leads to itself", () => {
    const made = folder({});
    execFileSync("mkfifo", [join(made, "pipe.json")]);
    symlinkSync("loop.json", join(made, "loop.json"));

    expect(said(join(made, "none.json"), made)).toBe("none.json: cannot be read (ENOENT)");
    expect(said(join(made, "pipe.json"), made)).toBe("pipe.json: is not a file");
    expect(said(join(made, "loop.json"), made)).toBe("loop.json: cannot be read (ELOOP)");
  });
});

describe("manifests", () => {
  const manifests = (text: string) => file(text, "release.yaml");

  test("are read, documents that hold nothing left out", () => {
    expect(manifests("---\n# nothing\n---\nkind: Service\napiVersion: v1\nmetadata: {name: a}\n---\n")).toBe("read: 1");
  });

  test("are read with what << takes over, as kubectl reads them", () => {
    const made = folder({ "a.yaml": "apiVersion: v1\nkind: Pod\nx: &x {privileged: true}\nspec:\n  <<: *x\n" });

    expect(readArtefacts(join(made, "a.yaml"))[0]?.manifests[0]?.body).toMatchObject({ spec: { privileged: true } });
  });

  test.each([
    ["cut off", "kind: [", "release.yaml: is not YAML (unexpected end of the stream within a flow collection (1:8))"],
    ["no manifests", "a: 1", "release.yaml: holds a document without apiVersion and kind: no manifest"],
    ["text", "hello", "release.yaml: holds a document without apiVersion and kind: no manifest"],
    [
      "nested without end",
      deep(5_000, "[", "]"),
      "release.yaml: is not YAML (nesting exceeded maxDepth (200) (1:200))",
    ],
    [
      "an alias of what it stands in",
      "kind: Service\napiVersion: v1\nspec: &a\n  b: *a\n",
      "release.yaml: is nested deeper than 200 levels, or contains itself",
    ],
    [
      "small, and huge once its aliases are written out",
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[..."bcdefghi"].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${"abcdefgh"[at]}`).join(",")}]`).join("\n")}\n`,
      "release.yaml: has more than 5000000 values once its aliases are written out",
    ],
    ["of a key given twice", "kind: a\nkind: b\n", "release.yaml: is not YAML (duplicated mapping key (2:1))"],
    ["empty", "", "release.yaml: holds no object of Kubernetes: nothing to judge"],
    ["comments alone", "---\n# nothing\n---\n", "release.yaml: holds no object of Kubernetes: nothing to judge"],
    [
      "a list of nothing",
      "kind: List\napiVersion: v1\nitems: []\n",
      "release.yaml: holds no object of Kubernetes: nothing to judge",
    ],
  ])("fail when they are %s", (_, text, message) => {
    expect(manifests(text)).toBe(message);
  });
});

describe("a folder", () => {
  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      "empty",
      {},
      ".: holds none of terraform/, plans/, helm/, ansible/ and no *.tf.json; allowed are a folder as out/, a Terraform configuration in JSON, a plan (terraform show -json) and a file of manifests",
    ],
    [
      "laid out, and empty",
      { "terraform/notes.txt": "" },
      ".: holds nothing to judge in terraform/, plans/, helm/, ansible/",
    ],
    ["of a configuration that says nothing", { "main.tf.json": "{}" }, ".: holds nothing to judge in main.tf.json"],
    [
      "laid out, with a state that says nothing",
      { [stack]: '{"//":{}}' },
      "terraform/production/network: holds nothing to judge in cdk.tf.json",
    ],
    [
      "laid out, with a release that was cut off before its first object",
      { [stack]: bucket, "helm/production/cluster.yaml": "# Source\n" },
      "helm/production/cluster.yaml: holds no object of Kubernetes: nothing to judge",
    ],
    [
      "laid out, with a release of empty files",
      { [stack]: bucket, "helm/production/cluster/a.yaml": "", "helm/production/cluster/b.yaml": "---" },
      "helm/production/cluster: holds no object of Kubernetes: nothing to judge",
    ],
    ["laid out, with an empty environment", { "helm/dev/notes.txt": "" }, ".: holds nothing to judge of dev"],
    ["without the stack's file", { "terraform/dev/network/x.json": "" }, ".: holds nothing to judge of dev"],
    ["with a file for a folder", { terraform: "" }, "terraform: cannot be read (ENOTDIR)"],
    ["with a folder for a file", { [`${stack}/x`]: "" }, `${stack}: is not a file`],
    [
      "with a file of hosts beside their folders",
      { [stack]: bucket, "ansible/production/nftables.conf": "" },
      "ansible/production/nftables.conf: is read by nobody, must lie in ansible/production/<host>/",
    ],
    [
      "with a file beside the folders of environments of hosts",
      { [stack]: bucket, "ansible/hosts.yaml": "" },
      "ansible/hosts.yaml: is read by nobody, must lie in ansible/<environment>/<host>/",
    ],
    [
      "with a plan that is not JSON",
      { [stack]: bucket, "plans/production/network.tfplan": "" },
      "plans/production/network.tfplan: is read by nobody, must lie in plans/<environment>/ as JSON (terraform show -json)",
    ],
    [
      "with something else for a plan",
      { "plans/dev/network.json": bucket },
      "plans/dev/network.json: is no plan, must be what terraform show -json prints of a plan",
    ],
    [
      "with rights that are a list",
      { "ansible/dev/host/files.json": "[]" },
      "ansible/dev/host/files.json: must be an object, got a list",
    ],
    [
      "with an index of something else",
      { [stack]: bucket, "index.json": "{}" },
      "index.json: environments must be a list, got nothing",
    ],
    [
      "with an index whose environment is a text",
      { [stack]: bucket, "index.json": '{"environments":["dev"]}' },
      "index.json: environments[0] must be an object, got a string",
    ],
    [
      "with an index without ranges",
      { [stack]: bucket, "index.json": index({ ranges: undefined }) },
      "index.json: environments[0].ranges must be an object, got nothing",
    ],
    [
      "with an index whose stacks are null",
      { [stack]: bucket, "index.json": index({ stacks: [null] }) },
      "index.json: environments[0].stacks[0] must be an object, got null",
    ],
    [
      "with an index of a component without hosts",
      { [stack]: bucket, "index.json": index({ services: [{ name: "x", components: [{ name: "c" }] }] }) },
      "index.json: environments[0].services[0].components[0].kind must be a text, got nothing",
    ],
    [
      "with an index of a port that there is not",
      {
        [stack]: bucket,
        "index.json": index({
          flows: [
            { id: "a", from: "a", to: "b", protocol: "tcp", transport: "tls", why: "a", origin: "service", ports: [0] },
          ],
        }),
      },
      "index.json: environments[0].flows[0].ports[0] must be a port from 1 to 65535, got a number",
    ],
    [
      "with an index of an environment twice",
      { [stack]: bucket, "index.json": index({}, {}) },
      "index.json: gives environment production twice, must be given once",
    ],
  ])("fails when it is %s", (_, files, message) => {
    expect(laidOut(files)).toBe(message);
  });

  test("fails when an environment is asked for that it does not hold", () => {
    const made = folder({ [stack]: bucket });
    const single = folder({ "main.tf.json": bucket });

    expect(said(made, made, ["production"])).toBe("read: 1");
    expect(said(made, made, ["prod"])).toBe('.: got environment "prod", allowed are production');
    expect(said(single, single, ["production"])).toBe(".: holds no environments, so none can be chosen");
  });

  test("follows links to files and to environments, and fails when one leads nowhere or a host's leads to a folder", () => {
    const real = folder({ "host/etc/a": "a", "host/nftables.conf": "" });
    const made = folder({ "ansible/dev/.x": "" });
    symlinkSync(join(real, "host"), join(made, "ansible/dev/host"));
    symlinkSync(join(real, "host/etc/a"), join(real, "host/etc/b"));
    expect(said(made, made)).toBe("read: 1");
    expect([...(readArtefacts(made)[0]?.hosts[0]?.files.keys() ?? [])]).toEqual([
      "/etc/a",
      "/etc/b",
      "/etc/nftables.conf",
    ]);

    symlinkSync("..", join(real, "host/etc/up"));
    expect(said(made, made)).toBe("ansible/dev/host/etc/up: is a link to a folder, must be a folder or a file");

    rmSync(join(real, "host/etc/up"));
    symlinkSync("nowhere", join(real, "host/etc/lost"));
    expect(said(made, made)).toBe("ansible/dev/host/etc/lost: cannot be read (ENOENT)");
  });
});
