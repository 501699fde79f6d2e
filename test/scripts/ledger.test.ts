import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../scripts/ledger/run.ts";

const script = join(import.meta.dirname, "../../scripts/ledger.ts");
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ledger-test-"));
  mkdirSync(join(directory, "stacks"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A stack with two volumes and a security group, and whatever else its Terraform JSON has. */
function writeStack(volumes: Readonly<Record<string, object>>, rest: object = {}, stack = "ticketing"): void {
  const path = join(directory, "out/terraform/production", stack);
  mkdirSync(path, { recursive: true });
  const json = {
    provider: { aws: [{ region: "eu-central-1" }, { region: "eu-west-1", alias: "copy" }] },
    resource: { aws_ebs_volume: volumes, aws_security_group: { web: { name: "web" } } },
    ...rest,
  };
  writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(json));
}
const [a, b] = [{ availability_zone: "eu-central-1a" }, { availability_zone: "eu-central-1b" }];
const writeFile = (name: string, text: string) => writeFileSync(join(directory, "stacks/ledger", name), text);
const file = (name: string) => readFileSync(join(directory, "stacks/ledger", name), "utf8");
/** The ledger without its heading. */
const lines = () =>
  file("production.yaml")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

/** A run in the test's directory, on a day of its own. */
function ledger(...args: readonly string[]) {
  const stream = new Writable();
  const { code, stdout, stderr } = run(args, { root: directory, today: "2026-11-21", stream });
  return { status: code, stdout, stderr };
}
/** The program itself. */
function program(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: directory,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
/** The first lines of a refusal: each fault on its own. */
const faults = ({ status, stderr }: ReturnType<typeof ledger>) => ({
  status,
  faults: stderr
    .split("\n")
    .filter((line) => line.startsWith("  production/") || line.startsWith("  stacks/"))
    .map((line) => line.trim()),
});
const waiver = (rest: string) => `- environment: production
  stack: ticketing
${rest}  reason: the volume held nothing yet
  owner: support-platform
`;
const lostA =
  "production/ticketing/aws_ebs_volume.a: left the output: Terraform would destroy it, and with it goes the data of a host's store";

describe("npm run ledger, when nothing is recorded yet", () => {
  test("records what replaces each stateful resource, one line each, and nothing of stateless ones", () => {
    writeStack(
      { b, a: { ...a, encrypted: true, kms_key_id: "${aws_kms_key.k.arn}", size: 10, provider: "aws.copy" } },
      { terraform: { backend: { s3: { bucket: "state", key: "production/ticketing.tfstate", region: "r" } } } },
    );

    expect(ledger()).toEqual({
      status: 0,
      stdout: `+ production/ticketing/aws_ebs_volume.b added
+ production/ticketing/aws_ebs_volume.a added
+ production/ticketing/terraform.backend added
stacks/ledger: addresses 3, changes 3
`,
      stderr: "",
    });
    expect(lines()).toEqual([
      "ticketing:",
      '  aws_ebs_volume.a: {"availability_zone":"eu-central-1a","encrypted":true,"kms_key_id":"${aws_kms_key.k.arn}","region":"eu-west-1"}',
      '  aws_ebs_volume.b: {"availability_zone":"eu-central-1b","region":"eu-central-1"}',
      '  terraform.backend: {"bucket":"state","key":"production/ticketing.tfstate","region":"r"}',
    ]);
    expect(readdirSync(join(directory, "stacks/ledger"))).toEqual(["production.yaml"]);
  });

  test("--check writes nothing, and fails when the ledger is out of date", () => {
    writeStack({ a });

    expect(ledger("--check")).toEqual({
      status: 1,
      stdout: "+ production/ticketing/aws_ebs_volume.a added\n",
      stderr: "npm run ledger: out of date, run npm run ledger\n",
    });
    expect(readdirSync(join(directory, "stacks"))).toEqual([]);
  });
});

describe("npm run ledger, with two volumes recorded", () => {
  beforeEach(() => {
    writeStack({ a, b });
    expect(ledger().status).toBe(0);
  });

  test("has nothing to say while nothing changes, and writes the same bytes", () => {
    const before = file("production.yaml");

    expect(ledger("--check")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(ledger().stdout).toBe("stacks/ledger: addresses 2, changes 0\n");
    expect(file("production.yaml")).toBe(before);
  });

  test("fails when an address leaves: says what is lost, what it may be called now, and each way out", () => {
    writeStack({ c: b, d: a, b });
    const before = file("production.yaml");

    const refused = ledger();

    expect(refused.status).toBe(1);
    expect(refused.stderr).toBe(`npm run ledger: nothing was written
  ${lostA}; renamed to aws_ebs_volume.d?

Renamed? In its stack, so that Terraform moves it:
  stack.addOverride("moved", [{ from: "aws_ebs_volume.a", to: "<its new address>" }]);
No longer managed here, but to be kept?
  stack.addOverride("removed", [{ from: "aws_ebs_volume.a", lifecycle: { destroy: false } }]);
To be lost? In stacks/ledger/waivers.yaml:
  - environment: "production"
    stack: "ticketing"
    address: "aws_ebs_volume.a"
    reason: <why its loss is right, and where its data is>
    owner: <who answers for it>
    until: "<last day, yyyy-mm-dd>"
Neither? Then undo the change: nothing is lost yet.
`);
    expect(file("production.yaml")).toBe(before);
  });

  test("follows a moved block, also through two moves and in references, and once only", () => {
    const moved = [
      { from: "aws_ebs_volume.a", to: "aws_ebs_volume.x" },
      { from: "aws_ebs_volume.x", to: "aws_ebs_volume.d" },
    ];
    writeStack({ b, d: a }, { moved });

    expect(ledger().stdout).toBe(`~ production/ticketing/aws_ebs_volume.a moved: to aws_ebs_volume.d
stacks/ledger: addresses 2, changes 1
`);
    expect(ledger("--check")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(lines().map((line) => line.split(":")[0])).toEqual([
      "ticketing",
      "  aws_ebs_volume.b",
      "  aws_ebs_volume.d",
    ]);
  });

  test("follows a moved key in what it encrypts, and holds a role where something would be replaced with it", () => {
    const key = (name: string) => ({
      resource: {
        aws_ebs_volume: { a: { ...a, kms_key_id: `\${aws_kms_key.${name}.arn}` }, b },
        aws_eks_cluster: { it: { role_arn: "${aws_iam_role.cluster.arn}" } },
        aws_iam_role: { cluster: { name: "cluster" }, other: { name: "other" } },
        aws_kms_key: { [name]: {} },
      },
    });
    rmSync(join(directory, "stacks/ledger"), { recursive: true });
    writeStack({}, key("old"));
    expect(ledger().status).toBe(0);
    expect(lines().slice(3)).toEqual([
      '  aws_eks_cluster.it: {"region":"eu-central-1","role_arn":"${aws_iam_role.cluster.arn}"}',
      '  aws_iam_role.cluster: {"name":"cluster"}',
      '  aws_kms_key.old: {"region":"eu-central-1"}',
    ]);

    writeStack({}, { ...key("new"), moved: [{ from: "aws_kms_key.old", to: "aws_kms_key.new" }] });
    expect(ledger().stdout).toBe(`~ production/ticketing/aws_kms_key.old moved: to aws_kms_key.new
stacks/ledger: addresses 5, changes 1
`);
  });

  test("fails when one address leaves a stack that stays, under a waiver of the whole stack", () => {
    writeStack({ b });
    writeFile("waivers.yaml", waiver('  until: "2099-12-31"\n'));

    expect(faults(ledger())).toEqual({
      status: 1,
      faults: [lostA, "stacks/ledger/waivers.yaml: production/ticketing: nothing needs this waiver; take it out"],
    });
  });

  test("fails when a moved resource changes what replaces it, or its new address is taken", () => {
    writeStack({ b, d: b }, { moved: { from: "aws_ebs_volume.a", to: "aws_ebs_volume.d" } });
    expect(faults(ledger()).faults).toEqual([
      'production/ticketing/aws_ebs_volume.d: availability_zone was "eu-central-1a", is "eu-central-1b": Terraform would replace it, and with it goes the data of a host\'s store',
    ]);

    writeStack({ b }, { moved: { from: "aws_ebs_volume.a", to: "aws_ebs_volume.b" } });
    expect(faults(ledger()).faults).toEqual([lostA]);
  });

  test("strikes what a removed block leaves standing, and fails when the block would destroy it", () => {
    const removed = (destroy: boolean) => ({ removed: { from: "aws_ebs_volume.a", lifecycle: { destroy } } });
    writeStack({ b }, removed(true));
    expect(faults(ledger())).toEqual({ status: 1, faults: [lostA] });

    writeStack({ b }, removed(false));
    expect(
      ledger().stdout,
    ).toBe(`- production/ticketing/aws_ebs_volume.a forgotten: its removed block leaves it standing
stacks/ledger: addresses 1, changes 1
`);
  });

  test("lets an address leave under a waiver, remembers it while the waiver stands, then strikes it", () => {
    writeStack({ b });
    writeFile("waivers.yaml", waiver('  address: aws_ebs_volume.a\n  until: "2099-12-31"\n'));

    expect(ledger().stdout).toBe(`- production/ticketing/aws_ebs_volume.a left: waived until 2099-12-31
stacks/ledger: addresses 2, changes 1
`);
    expect(lines()[1]).toBe('  aws_ebs_volume.a: "left"');
    expect(ledger("--check")).toEqual({ status: 0, stdout: "", stderr: "" });

    rmSync(join(directory, "stacks/ledger/waivers.yaml"));
    expect(ledger().stdout).toBe(`- production/ticketing/aws_ebs_volume.a cleared: it had left, and its waiver is gone
stacks/ledger: addresses 1, changes 1
`);
  });

  test("fails when the waiver of an address has expired", () => {
    writeStack({ b });
    writeFile("waivers.yaml", waiver('  address: aws_ebs_volume.a\n  until: "2026-01-31"\n'));

    expect(faults(ledger())).toEqual({
      status: 1,
      faults: [
        lostA,
        "stacks/ledger/waivers.yaml: production/ticketing/aws_ebs_volume.a: expired, until was 2026-01-31; take it out",
      ],
    });
  });

  test("lets an argument change under a waiver that names the value it had, and keeps to that value", () => {
    const changed = (was: string) =>
      waiver(`  address: aws_ebs_volume.a\n  argument: availability_zone\n  was: ${was}\n  until: "2099-12-31"\n`);
    writeStack({ a: b, b });
    writeFile("waivers.yaml", changed("eu-central-1c"));
    expect(faults(ledger()).faults).toEqual([
      'production/ticketing/aws_ebs_volume.a: availability_zone was "eu-central-1a", is "eu-central-1b": Terraform would replace it, and with it goes the data of a host\'s store',
    ]);

    writeFile("waivers.yaml", changed("eu-central-1a"));
    expect(
      ledger().stdout,
    ).toBe(`~ production/ticketing/aws_ebs_volume.a changed: availability_zone was "eu-central-1a", is "eu-central-1b", waived until 2099-12-31
stacks/ledger: addresses 2, changes 1
`);
    expect(ledger("--check")).toEqual({ status: 0, stdout: "", stderr: "" });

    writeStack({ a: { availability_zone: "eu-central-1c" }, b });
    expect(faults(ledger()).faults).toHaveLength(1);
  });

  test("fails when nothing needs a waiver: of an address that stays, of a value that stays, of nothing there is", () => {
    writeFile(
      "waivers.yaml",
      [
        waiver('  address: aws_ebs_volume.a\n  until: "2099-12-31"\n'),
        waiver(
          '  address: aws_ebs_volume.a\n  argument: availability_zone\n  was: eu-central-1a\n  until: "2099-12-31"\n',
        ),
        waiver('  address: aws_ebs_volume.misspelt\n  until: "2099-12-31"\n'),
        waiver('  until: "2099-12-31"\n'),
      ].join(""),
    );

    expect(faults(ledger())).toEqual({
      status: 1,
      faults: [
        "stacks/ledger/waivers.yaml: production/ticketing/aws_ebs_volume.a: nothing needs this waiver; take it out",
        "stacks/ledger/waivers.yaml: production/ticketing/aws_ebs_volume.a/availability_zone: nothing needs this waiver; take it out",
        "stacks/ledger/waivers.yaml: production/ticketing/aws_ebs_volume.misspelt: nothing needs this waiver; take it out",
        "stacks/ledger/waivers.yaml: production/ticketing: nothing needs this waiver; take it out",
      ],
    });
  });

  test("fails when a whole stack leaves, in one line, until a waiver of the stack accepts it", () => {
    rmSync(join(directory, "out"), { recursive: true });
    writeStack({ z: a }, {}, "vault");
    expect(faults(ledger())).toEqual({
      status: 1,
      faults: [
        "production/ticketing: the stack left the output: nobody manages what it made any more (2 aws_ebs_volume)",
      ],
    });

    writeFile("waivers.yaml", waiver('  until: "2099-12-31"\n'));
    expect(ledger().status).toBe(0);
    expect(lines()).toEqual([
      "ticketing:",
      '  aws_ebs_volume.a: "left"',
      '  aws_ebs_volume.b: "left"',
      "vault:",
      '  aws_ebs_volume.z: {"availability_zone":"eu-central-1a","region":"eu-central-1"}',
    ]);
  });

  test("fails when a region changes, also that of the provider alone", () => {
    writeStack({ a, b: { ...b, region: "eu-west-1" } });
    expect(faults(ledger()).faults).toEqual([
      'production/ticketing/aws_ebs_volume.b: region was "eu-central-1", is "eu-west-1": Terraform would replace it, and with it goes the data of a host\'s store',
    ]);

    writeStack({ a, b: { ...b, provider: "aws.copy" } });
    expect(faults(ledger()).faults).toHaveLength(1);
  });

  test("--json says the same to programs", () => {
    writeStack({ b });

    const { status, stdout, stderr } = ledger("--json");

    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      changes: [],
      faults: [
        {
          path: "production/ticketing/aws_ebs_volume.a",
          problem: lostA.slice("production/ticketing/aws_ebs_volume.a: ".length),
          waiver: { environment: "production", stack: "ticketing", address: "aws_ebs_volume.a" },
        },
      ],
    });
  });
});

describe("npm run ledger, as a program", () => {
  beforeEach(() => {
    writeStack({ a });
    mkdirSync(join(directory, "stacks/ledger"));
  });

  test.each([
    ["--force", "Unknown option '--force' (see --help)"],
    ["dev", "Unexpected argument 'dev' (see --help)"],
  ])("fails when called with %s: one line, exit 2", (argument, line) => {
    expect(program(argument)).toEqual({ status: 2, stdout: "", stderr: `npm run ledger: ${line}\n` });
  });

  test.each([
    [
      "production.yaml",
      "# emptied\n",
      /^npm run ledger: stacks\/ledger\/production\.yaml: is empty; without the file all is taken as new\n$/,
    ],
    [
      "production.yaml",
      "ticketing: [",
      /^npm run ledger: stacks\/ledger\/production\.yaml: .* at line 1, column \d+\n$/,
    ],
    [
      "production.yaml",
      "ticketing:\n  aws_ebs_volume.a: {}\n  aws_ebs_volume.a: {}\n",
      /^npm run ledger: stacks\/ledger\/production\.yaml: Map keys must be unique at line 3, column 3\n$/,
    ],
    [
      "production.yaml",
      "ticketing:\n  aws_ebs_volume.a: gone\n",
      /^npm run ledger: stacks\/ledger\/production\.yaml: \/ticketing\/aws_ebs_volume\.a must be/,
    ],
    [
      "waivers.yaml",
      waiver('  adress: aws_ebs_volume.a\n  until: "2099-12-31"\n'),
      /^npm run ledger: stacks\/ledger\/waivers\.yaml: \/0 must NOT have additional properties/,
    ],
    [
      "waivers.yaml",
      waiver('  until: "2099-13-01"\n'),
      /^npm run ledger: stacks\/ledger\/waivers\.yaml: \/0\/until must match pattern/,
    ],
    [
      "waivers.yaml",
      waiver('  address: aws_ebs_volume.a\n  argument: size\n  until: "2099-12-31"\n'),
      /^npm run ledger: stacks\/ledger\/waivers\.yaml: \/0 must have properties address, was when property argument is present\n$/,
    ],
  ])("fails when %s cannot be read (%j): one line, exit 2, nothing written", (name, text, line) => {
    writeFile(name, text);

    const { status, stdout, stderr } = program();

    expect(stderr).toMatch(line);
    expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 2, stdout: "", lines: 2 });
    expect(readdirSync(join(directory, "stacks/ledger"))).toEqual([name]);
    expect(file(name)).toBe(text);
  });

  test("fails when a type is neither stateful nor stateless", () => {
    writeStack({ a }, { resource: { aws_neptune_cluster: { graph: {} } } });

    expect(program()).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "npm run ledger: production/ticketing/aws_neptune_cluster.graph: aws_neptune_cluster is neither stateful nor stateless; name it in scripts/ledger/stateful-types.ts when something is lost with its address, else in stateless-types.ts\n",
    });
  });

  test("fails when nothing is synthesized yet", () => {
    rmSync(join(directory, "out"), { recursive: true });

    const { status, stderr } = program();

    expect(status).toBe(2);
    expect(stderr).toMatch(/^npm run ledger: .*out\/terraform holds no stack: run npm start first\n$/);
  });

  test("prints without colours into a pipe, and ends with 1 when it refuses", () => {
    expect(program()).toEqual({
      status: 0,
      stdout: "+ production/ticketing/aws_ebs_volume.a added\nstacks/ledger: addresses 1, changes 1\n",
      stderr: "",
    });
    writeStack({});

    const { status, stdout, stderr } = program();

    expect({ status, stdout, refusal: stderr.split("\n").slice(0, 2) }).toEqual({
      status: 1,
      stdout: "",
      refusal: ["npm run ledger: nothing was written", `  ${lostA}`],
    });
  });

  test("--help explains every option", () => {
    const { status, stdout } = program("--help");

    expect(status).toBe(0);
    for (const option of ["--check", "--json", "--help"]) expect(stdout).toContain(option);
  });
});
