import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";

/** `npm run policy` as its user runs it: the real program on small outputs. */

const root = join(import.meta.dirname, "../../..");
const node = join(root, "node_modules/.bin/node");
const directory = mkdtempSync(join(tmpdir(), "policy-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function folder(files: Readonly<Record<string, unknown>>): string {
  const made = mkdtempSync(join(directory, "out-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return made;
}

function policy(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    node,
    ["--no-experimental-detect-module", join(root, "scripts/policy.ts"), ...args],
    { cwd, encoding: "utf8", env: { ...process.env, FORCE_COLOR: undefined } },
  );
  // Where the machine is slow it says what it has done, as in a run that takes long.
  return { status, stdout, stderr: stderr.replaceAll(/^npm run policy: \S+ judged\n/gm, "") };
}

const bucket = (status: string) => ({
  resource: {
    aws_s3_bucket: { a: { bucket: "a" } },
    aws_s3_bucket_versioning: { a: { bucket: "a", versioning_configuration: { status } } },
  },
});
/** Of what one rule says; others find more in so small a bucket. */
const ofVersions = (stdout: string) =>
  (JSON.parse(stdout).findings as readonly { readonly rule: string }[]).filter(({ rule }) => rule === "DATA-001");

describe("npm run policy", () => {
  test("ends with 0 where nothing is found, on outputs of types that no rule knows", () => {
    const thing = (name: string) => ({ address: `other_thing.${name}`, mode: "managed", type: "other_thing", name });
    const plan = { format_version: "1.2", planned_values: { root_module: { resources: [thing("a"), thing("b")] } } };
    const made = folder({ "plan.json": plan });

    expect(policy(made, "--artefacts", "plan.json")).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^read by no rule: 2 resources of 1 type: other_thing 2\njudged: 1 environment, 1 state, 2 resources, 0 objects, 0 hosts\nrules: \d+ of \d+ run on \d+ subjects?, \d+ not applicable\n0 findings, 0 waived\n$/,
      ),
      stderr: "",
    });
  });

  test("ends with 1 where something is found, and says what, where, and what to do, without colours", () => {
    const made = folder({ "terraform/production/data/cdk.tf.json": bucket("Suspended") });

    const { status, stdout, stderr } = policy(made, "--artefacts", ".");

    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain(`high DATA-001 Every bucket keeps earlier versions of its objects
  aws_s3_bucket.a in data
    production: versioning_configuration.status: got Suspended -> expected `);
  });

  test("prints for programs what its schema says, with the places of each finding", () => {
    const made = folder({ "terraform/production/data/cdk.tf.json": bucket("Suspended") });

    const { status, stdout } = policy(made, "--artefacts", ".", "--format", "json");

    expect(status).toBe(1);
    expect(ofVersions(stdout)).toEqual([
      {
        rule: "DATA-001",
        slug: "bucket-is-versioned",
        severity: "high",
        outcome: "fail",
        environment: "production",
        stack: "data",
        source: "terraform/production/data/cdk.tf.json",
        resource: "aws_s3_bucket.a",
        attribute: "versioning_configuration.status",
        got: "Suspended",
        expected: expect.any(String),
        fix: expect.any(String),
        waived: false,
      },
    ]);
  });

  test("writes a report whole, and prints the counts; nothing else is left beside it", () => {
    const made = folder({ "main.tf.json": bucket("Suspended") });

    const { status, stdout } = policy(
      made,
      "--artefacts",
      "main.tf.json",
      "--format",
      "sarif",
      "--output",
      "a/b.sarif",
    );

    expect(status).toBe(1);
    expect(stdout.split("\n").at(-2)).toMatch(/^\d+ findings? \(.*\), 0 waived$/);
    expect(JSON.parse(readFileSync(join(made, "a/b.sarif"), "utf8")).version).toBe("2.1.0");
    expect(readdirSync(join(made, "a"))).toEqual(["b.sarif"]);
  });

  test("writes through a link and a pipe, and does not put a file in their place", async () => {
    const made = folder({ "main.tf.json": bucket("Suspended"), "a/real.json": "old" });
    symlinkSync("a/real.json", join(made, "link.json"));
    symlinkSync("a/later.json", join(made, "nowhere.json"));
    execFileSync("mkfifo", [join(made, "pipe.json")]);
    const reader = spawn("cat", [join(made, "pipe.json")]);
    const read = text(reader.stdout);
    const write = (output: string) =>
      policy(made, "--artefacts", "main.tf.json", "--format", "json", "--output", output).status;

    expect([write("link.json"), write("nowhere.json"), write("pipe.json")]).toEqual([1, 1, 1]);

    expect(["link.json", "nowhere.json"].map((each) => lstatSync(join(made, each)).isSymbolicLink())).toEqual([
      true,
      true,
    ]);
    expect(lstatSync(join(made, "pipe.json")).isFIFO()).toBe(true);
    const whole = readFileSync(join(made, "a/real.json"), "utf8");
    expect(JSON.parse(whole).version).toBe(1);
    expect([readFileSync(join(made, "a/later.json"), "utf8"), await read]).toEqual([whole, whole]);
  });

  test("writes a ready entry where it is told to", () => {
    const made = folder({ "main.tf.json": bucket("Suspended") });
    const waive = ["--artefacts", "main.tf.json", "--waive", "DATA-001", "aws_s3_bucket.a"];

    const { stdout } = policy(made, ...waive);

    expect(stdout).toContain("- rule: DATA-001\n");
    expect(policy(made, ...waive, "--output", "entry.yaml")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(made, "entry.yaml"), "utf8")).toBe(stdout);
  });

  test("judges only the environments asked for", () => {
    const made = folder({
      "terraform/dev/data/cdk.tf.json": bucket("Enabled"),
      "terraform/production/data/cdk.tf.json": bucket("Suspended"),
    });

    expect(ofVersions(policy(made, "--artefacts", ".", "--format", "json").stdout)).toHaveLength(1);
    expect(ofVersions(policy(made, "--artefacts", ".", "--format", "json", "--environment", "dev").stdout)).toEqual([]);
  });

  test("prints a ready entry, which waives once it is filled in and until its value changes", () => {
    const made = folder({ "terraform/production/data/cdk.tf.json": bucket("Suspended") });
    const judge = (...args: readonly string[]) => policy(made, "--artefacts", ".", ...args);

    const { status, stdout } = judge("--waive", "bucket-is-versioned", "aws_s3_bucket.a");
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `- rule: DATA-001
  environment: production
  stack: data
  address: aws_s3_bucket.a
  reason: <why this is right for now, and what will end it>
  owner: <who answers for it>
  until: <last day, yyyy-mm-dd>
  fingerprint: ${/fingerprint: "?([0-9a-f]{16})/.exec(stdout)?.[1]}
`.replace(/fingerprint: (.*)/, stdout.includes('fingerprint: "') ? 'fingerprint: "$1"' : "fingerprint: $1"),
    });

    writeFileSync(join(made, "waivers.yaml"), stdout);
    expect(judge("--waivers", "waivers.yaml")).toMatchObject({ status: 2, stdout: "" });

    const lastDay = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    writeFileSync(
      join(made, "waivers.yaml"),
      stdout
        .replace(/<why.*>/, "versions come back with the new backup")
        .replace(/<who.*>/, "platform")
        .replace(/<last.*>/, lastDay),
    );
    const waived = JSON.parse(judge("--waivers", "waivers.yaml", "--format", "json").stdout);
    expect(waived.findings.find(({ rule }: { rule: string }) => rule === "DATA-001")).toMatchObject({
      waived: true,
      waiver: { reason: "versions come back with the new backup", owner: "platform", until: lastDay },
    });
    expect(waived.waivers).toMatchObject([
      { rule: "DATA-001", resource: "aws_s3_bucket.a", state: "used", findings: 1 },
    ]);

    writeFileSync(join(made, "terraform/production/data/cdk.tf.json"), JSON.stringify(bucket("Disabled")));
    const drifted = JSON.parse(judge("--waivers", "waivers.yaml", "--format", "json").stdout);
    expect(drifted.waivers).toMatchObject([{ state: "drifted" }]);
    expect(drifted.findings.map(({ rule }: { rule: string }) => rule)).toEqual(
      expect.arrayContaining(["DATA-001", "WVR-003"]),
    );
  });

  test.each([
    [["--format", "xml"], '--format: got "xml", allowed are text, json, sarif, junit'],
    [["--output", " "], '--output: got " ", must be a path'],
    [["--nope"], "Unknown option '--nope' (see --help)"],
    [["--artefacts", "nowhere"], "nowhere: cannot be read (ENOENT)"],
    [["--environment", "dev"], "main.tf.json: holds no environments, so none can be chosen"],
    [["--waivers", "none.yaml"], "none.yaml: is not there"],
    [
      ["--waive", "DATA-001"],
      "--waive: must be followed by a rule and an address, such as DATA-001 aws_s3_bucket.dumps",
    ],
    [["--waive", "NO-1", "x"], '--waive: got "NO-1", which is no rule (see --list)'],
    [["--waive", "DATA-001", "x"], '--waive: DATA-001 finds nothing at "x", and something at aws_s3_bucket.a'],
    [["--output", "main.tf.json/x"], /^cannot write "main\.tf\.json\/x": .*ENOTDIR|EEXIST/],
  ])("fails when it is asked %j: one line, exit 2, nothing written", (args, message) => {
    const made = folder({ "main.tf.json": bucket("Suspended") });
    const given = args.includes("--artefacts") ? [] : ["--artefacts", "main.tf.json"];

    const { status, stdout, stderr } = policy(made, ...given, ...args);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^npm run policy: .*\n$/);
    const said = stderr.slice("npm run policy: ".length, -1);
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
    expect(readdirSync(made)).toEqual(["main.tf.json"]);
  });

  test("fails when others' files hold what a terminal obeys: one line, as it can be read", () => {
    const made = folder({ "odd.tf.json": '{"resource":{},"x\\u001b[31m\\ny":1}' });

    const { status, stderr } = policy(made, "--artefacts", "odd.tf.json");

    expect(status).toBe(2);
    expect(stderr).toMatch(/^npm run policy: odd\.tf\.json: holds x\\u001b\[31m\\u000ay, allowed are .*\n$/);
  });

  test("fails when an artefact is malformed: one line, exit 2, and no report", () => {
    const made = folder({ "plan.json": '{"format_version":"1.2","planned_val' });

    const { status, stdout, stderr } = policy(made, "--artefacts", "plan.json", "--output", "report.txt");

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^npm run policy: plan\.json: is not JSON \(Unterminated string in JSON at position 36.*\)\n$/,
    );
    expect(existsSync(join(made, "report.txt"))).toBe(false);
  });

  test("explains itself, and lists its rules", () => {
    const help = policy(directory, "--help");
    const list = policy(directory, "--list", "--format", "json");

    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const option of ["artefacts", "format", "output", "environment", "waivers", "waive", "list", "help"]) {
      expect(help.stdout).toContain(`  --${option} `);
    }
    expect(list).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(list.stdout)).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: "DATA-001", slug: "bucket-is-versioned" })]),
    );
    expect(policy(directory, "--list").stdout).toContain("│ DATA-001 ");
  });
});
