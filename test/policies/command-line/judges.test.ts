import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reportOf } from "../../../policies/report/report.ts";
import type { Verdict } from "../../../policies/report/verdict.ts";
import { callJudges } from "../../../scripts/policy/judges.ts";

const directory = mkdtempSync(join(tmpdir(), "judges-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const folder = join(import.meta.dirname, "../fixtures");

test("outputs that cannot be read are the caller's matter, who may ask again", async () => {
  const judges = callJudges();

  await expect(judges({ path: join(folder, "no-such-file.json"), environments: [] })).rejects.toThrow(
    /no-such-file\.json: cannot be read \(ENOENT\)$/,
  );
  const [name = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) =>
    each.endsWith(".json"),
  );
  expect((await judges({ path: join(folder, name), environments: [] })).judged).toHaveLength(1);
});

/** Files of three environments, of each part one; what they say is found. */
const ENVIRONMENTS = ["first", "second", "third"];
const DISK = { resource: { aws_ebs_volume: { disk: { encrypted: false } } } };
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: web, image: "web:latest" }] }
`;
const laidOut = (name: string, more: Readonly<Record<string, string | Buffer>> = {}): string => {
  const out = join(directory, name);
  const files = ENVIRONMENTS.flatMap((environment) => [
    [`terraform/${environment}/data/cdk.tf.json`, JSON.stringify(DISK)] as const,
    [`helm/${environment}/web.yaml`, POD] as const,
    [`ansible/${environment}/host-a/etc/web.env`, "DB_PASSWORD=hunter2-is-long-enough\n"] as const,
    [`ansible/${environment}/host-b/etc/web.env`, "DB_PASSWORD=hunter2-is-long-enough\n"] as const,
    [`ansible/${environment}/host-a/files.json`, JSON.stringify({ "/etc/web.env": { mode: "0644" } })] as const,
  ]);
  for (const [path, text] of [...files, ...Object.entries(more)]) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
};

const reported = (verdict: Verdict) => reportOf(verdict, { waivers: [], waiversFile: "none", today: "2026-11-22" });

test("every environment is judged, with its states, its objects and its hosts", async () => {
  const report = reported(await callJudges()({ path: laidOut("whole"), environments: [] }));

  const found = new Set(report.findings.map(({ resource }) => resource));
  expect([...found]).toEqual(expect.arrayContaining(["aws_ebs_volume.disk", "Pod/shop/web", "host-b:/etc/web.env"]));
  expect(report.judged.map(({ environment, hosts, objects }) => [environment, hosts, objects])).toEqual(
    ENVIRONMENTS.map((environment) => [environment, 2, 1]),
  );
});

test("chosen environments alone are judged, in the order of all", async () => {
  const report = reported(await callJudges()({ path: laidOut("chosen"), environments: ["third", "first"] }));

  expect(report.judged.map(({ environment }) => environment)).toEqual(["first", "third"]);
});

test.each<[what: string, more: Readonly<Record<string, string | Buffer>>, line: RegExp]>([
  ["a state", { "terraform/second/data/cdk.tf.json": "{" }, /second\/data\/cdk\.tf\.json: is not JSON/],
  ["a manifest", { "helm/second/web.yaml": "a: [" }, /second\/web\.yaml: is not YAML/],
  ["a file of a host", { "ansible/third/host-a/etc/x": Buffer.from([0xff]) }, /host-a\/etc\/x: is not UTF-8$/],
  ["modes of a host", { "ansible/first/host-b/files.json": "[]" }, /files\.json: must be an object, got a list$/],
  [
    "a host of an environment and a manifest of the next",
    { "ansible/first/host-a/etc/x": "\0", "helm/second/web.yaml": "a: [" },
    /first\/host-a\/etc\/x: holds NUL characters/,
  ],
  [
    "all parts of an environment",
    {
      "terraform/third/data/cdk.tf.json": "{",
      "helm/third/web.yaml": "a: [",
      "ansible/third/host-a/etc/x": "\0",
    },
    /third\/data\/cdk\.tf\.json: is not JSON/,
  ],
  [
    "a manifest and a host of an environment",
    { "helm/third/web.yaml": "kind: [", "ansible/third/host-a/etc/x": "\0" },
    /third\/web\.yaml: is not YAML/,
  ],
])("tells the first file that cannot be read, %s, and may be asked again", async (what, more, line) => {
  const judges = callJudges();

  await expect(judges({ path: laidOut(what, more), environments: [] })).rejects.toThrow(line);

  const sound = laidOut(`${what}, sound`);
  expect((await judges({ path: sound, environments: [] })).judged).toHaveLength(ENVIRONMENTS.length);
});

test("refuses a link to a folder among files of a host", async () => {
  const path = laidOut("link");
  symlinkSync("..", join(path, "ansible/second/host-a/etc/loop"));

  await expect(callJudges()({ path, environments: [] })).rejects.toThrow(/etc\/loop: is a link to a folder/);
});
