import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import { reportOf } from "../../../policies/report/report.ts";
import { type Verdict, verdictOf } from "../../../policies/report/verdict.ts";
import { loadJudges } from "../../../scripts/policy/judges.ts";
import { callJudges } from "../../../scripts/policy/threads.ts";

const directory = mkdtempSync(join(tmpdir(), "threads-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const folder = join(import.meta.dirname, "../fixtures");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .map((name) => join(folder, name));

const reported = (verdict: Verdict) => reportOf(verdict, { waivers: [], waiversFile: "none", today: "2026-11-22" });

test("two threads report what one does, in its order", async () => {
  const judges = callJudges();
  const alone = await loadJudges();

  let findings = 0;
  for (const path of files) {
    const report = reported(await judges({ path, environments: [] }));

    expect(report).toEqual(reported(verdictOf(readArtefacts(path), alone)));
    findings += report.findings.length;
  }
  expect(findings).toBeGreaterThan(100);
});

test("outputs that cannot be read are the caller's matter, who may ask again", async () => {
  const judges = callJudges();

  await expect(judges({ path: join(folder, "no-such-file.json"), environments: [] })).rejects.toThrow(
    /no-such-file\.json: cannot be read \(ENOENT\)$/,
  );
  const [path = ""] = files;
  expect((await judges({ path, environments: [] })).judged).toHaveLength(1);
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

/** What one thread says of outputs that it cannot read. */
function faultOf(path: string): string {
  try {
    readArtefacts(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`${path} can be read`);
}

test("of parts that one thread reads for both, two threads report what one does", async () => {
  const path = laidOut("whole");
  const judges = callJudges();

  const report = reported(await judges({ path, environments: [] }));

  expect(report).toEqual(reported(verdictOf(readArtefacts(path), await loadJudges())));
  const found = new Set(report.findings.map(({ resource }) => resource));
  expect([...found]).toEqual(expect.arrayContaining(["aws_ebs_volume.disk", "Pod/shop/web", "host-b:/etc/web.env"]));
  expect(report.judged.map(({ environment, hosts, objects }) => [environment, hosts, objects])).toEqual(
    ENVIRONMENTS.map((environment) => [environment, 2, 1]),
  );
});

test("of chosen environments, two threads report what one does", async () => {
  const path = laidOut("chosen");

  const report = reported(await callJudges()({ path, environments: ["third", "first"] }));

  expect(report).toEqual(reported(verdictOf(readArtefacts(path, ["third", "first"]), await loadJudges())));
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
])("fails with the line of one thread when it cannot read %s, and may be asked again", async (what, more, line) => {
  const path = laidOut(what, more);
  const judges = callJudges();

  await expect(judges({ path, environments: [] })).rejects.toThrow(expect.objectContaining({ message: faultOf(path) }));

  expect(faultOf(path)).toMatch(line);
  const sound = laidOut(`${what}, sound`);
  expect((await judges({ path: sound, environments: [] })).judged).toHaveLength(ENVIRONMENTS.length);
});

test("fails with the line of one thread on a link to a folder among files of a host", async () => {
  const path = laidOut("link");
  symlinkSync("..", join(path, "ansible/second/host-a/etc/loop"));

  await expect(callJudges()({ path, environments: [] })).rejects.toThrow(
    expect.objectContaining({ message: faultOf(path) }),
  );
  expect(faultOf(path)).toMatch(/etc\/loop: is a link to a folder/);
});
