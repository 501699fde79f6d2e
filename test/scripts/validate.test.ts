import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requireProgram, terraformHint } from "../support/program.ts";

const script = join(import.meta.dirname, "../../scripts/validate.ts");
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "validate-test-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Writes one stack of Terraform's built-in provider, so that nothing has to be downloaded. */
function writeStack(environment: string, stack: string, body: object): void {
  const path = join(directory, "out/terraform", environment, stack);
  mkdirSync(path, { recursive: true });
  const backend = { s3: { bucket: "state", key: `${environment}/${stack}.tfstate`, region: "eu-central-1" } };
  writeFileSync(join(path, "cdk.tf.json"), JSON.stringify({ terraform: { backend }, ...body }));
}
const data = (input: unknown) => ({ resource: { terraform_data: { it: { input } } } });
/** One that reads many others: Terraform lists what it has read in another order every time. */
function manyReferences() {
  const read = Array.from({ length: 20 }, (_, number) => [`part-${number}`, { input: number }] as const);
  const input = read.map(([name]) => `\${terraform_data.${name}.id}`);
  return { resource: { terraform_data: { ...Object.fromEntries(read), all: { input } } } };
}
const reads = (environment: string) => ({
  data: {
    terraform_remote_state: {
      network: {
        backend: "s3",
        config: { bucket: "state", key: `${environment}/network.tfstate`, region: "eu-central-1" },
      },
    },
  },
});
function writeEstate(): void {
  for (const environment of ["dev", "production"]) {
    writeStack(environment, "network", { ...data("vpc"), output: { name: { value: `${environment}-vpc` } } });
    writeStack(environment, "ticketing", {
      ...data("${data.terraform_remote_state.network.outputs.name}"),
      ...reads(environment),
    });
  }
}

/** Runs the command to its end in the test's directory. */
function validate(args: readonly string[], variables: Record<string, string> = {}) {
  // A caller's CLI configuration would change nothing here: no provider is installed.
  const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [script, ...args], { cwd: directory, env: { ...inherited, ...variables } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, ...output }));
  });
}
const readJson = (path: string) => JSON.parse(readFileSync(join(directory, path), "utf8"));

describe("npm run validate, asked wrongly", () => {
  test.each([
    [["--jobs", "many"], '--jobs: got "many", must be a whole number from 1 to 32'],
    [["--jobs", "0"], '--jobs: got "0", must be a whole number from 1 to 32'],
    [["--program", "pulumi"], '--program: got "pulumi", allowed are terraform, tofu'],
    [["--colour"], "Unknown option '--colour' (see --help)"],
    [["production"], "Unexpected argument 'production' (see --help)"],
    [["--environment", "prod"], '--environment: got "prod", allowed are dev, production'],
    [["--environment", "dev", "--stack", "pki"], '--stack: got "pki", allowed are network, ticketing'],
    [["--stack", "network", "--stack", "pki"], '--stack: got "pki", allowed are network, ticketing'],
  ])("fails when called with %j: one line, exit 2", async (args, line) => {
    writeEstate();

    expect(await validate(args)).toEqual({ code: 2, stdout: "", stderr: `npm run validate: ${line}\n` });
  });

  test("fails when nothing is synthesized yet", async () => {
    const { code, stderr } = await validate([]);

    expect(stderr).toMatch(/^npm run validate: .*out\/terraform holds no stack: run npm start first\n$/);
    expect(code).toBe(2);
  });

  test.each([
    ["terraform", "https://developer.hashicorp.com/terraform/install"],
    ["tofu", "https://opentofu.org/docs/intro/install"],
  ])("fails when %s is missing, and says how to get it", async (program, from) => {
    writeEstate();

    expect(await validate(["--program", program], { PATH: "/nowhere" })).toEqual({
      code: 2,
      stdout: "",
      stderr: `npm run validate: ${program} is missing: install 1.11 or newer, ${from}\n`,
    });
  });

  test("--help explains every option", async () => {
    const { code, stdout } = await validate(["--help"]);

    expect(stdout).toMatch(/--environment[\s\S]*--stack[\s\S]*--no-plan[\s\S]*--program[\s\S]*--jobs[\s\S]*Exit code/);
    expect(code).toBe(0);
  });
});

describe.runIf(requireProgram("terraform", terraformHint))("npm run validate, with real terraform", () => {
  test("fails when TF_CLI_CONFIG_FILE names no file", async () => {
    writeEstate();

    expect(await validate([], { TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc" })).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'npm run validate: TF_CLI_CONFIG_FILE: got "/nowhere/terraform.rc", which does not exist; must name a Terraform CLI configuration file or be unset\n',
    });
  });

  test("plans every stack with stand-ins for other stacks' outputs, and leaves the stacks as they are", async () => {
    writeEstate();
    const before = readFileSync(join(directory, "out/terraform/dev/ticketing/cdk.tf.json"), "utf8");

    const { code, stdout } = await validate([]);

    expect(stdout).toContain("4 stacks passed, 0 failed");
    expect(code).toBe(0);
    const plan = readJson("out/plans/production/ticketing.json");
    expect(plan.planned_values.root_module.resources[0].values.input).toBe("production-vpc");
    expect(plan).not.toHaveProperty("timestamp");
    expect(readJson("out/plans/production/stubs.json")).toEqual({
      network: { name: { value: "production-vpc", from: "production-vpc", sensitive: false } },
      ticketing: {},
    });
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(readJson("out/plans/production/digests.json")).toEqual({
      network: { network: sha256 },
      ticketing: { network: sha256, ticketing: sha256 },
    });
    expect(readFileSync(join(directory, "out/terraform/dev/ticketing/cdk.tf.json"), "utf8")).toBe(before);
    expect(readdirSync(join(directory, "out/terraform/dev/ticketing"))).toEqual(["cdk.tf.json"]);
  });

  test("a narrowed run leaves other plans alone; a whole run removes those of stacks that are gone", async () => {
    writeEstate();
    writeStack("dev", "network", { ...manyReferences(), output: { name: { value: "dev-vpc" } } });
    await validate(["--environment", "dev"]);
    rmSync(join(directory, "out/terraform/dev/ticketing"), { recursive: true });
    const first = readFileSync(join(directory, "out/plans/dev/network.json"), "utf8");
    expect(JSON.parse(first).relevant_attributes).toHaveLength(20);

    await validate(["--environment", "production", "--stack", "ticketing"]);
    expect(readdirSync(join(directory, "out/plans/production"))).toEqual([
      "digests.json",
      "stubs.json",
      "ticketing.json",
    ]);
    expect(readFileSync(join(directory, "out/plans/dev/network.json"), "utf8")).toBe(first);

    await validate([]);
    expect(readdirSync(join(directory, "out/plans/dev"))).toEqual(["digests.json", "network.json", "stubs.json"]);
    expect(readFileSync(join(directory, "out/plans/dev/network.json"), "utf8"), "same stack, same bytes").toBe(first);
  });

  test("--no-plan stops after validate", async () => {
    writeEstate();

    const { code } = await validate(["--no-plan", "--environment", "dev"]);

    expect(code).toBe(0);
    expect(existsSync(join(directory, "out/plans"))).toBe(false);
  });

  test("fails when a stack is faulty, with terraform's own words under the stack's name, and still tries the others", async () => {
    writeEstate();
    writeStack("dev", "network", { ...data("vpc"), output: { name: { value: "${terraform_data.it.nothing}" } } });
    writeStack("dev", "pki", data("${terraform_data.other.id}"));

    const { code, stdout, stderr } = await validate(["--jobs", "3"]);

    expect(code).toBe(1);
    expect(stdout).toContain("2 stacks passed, 3 failed");
    expect(stderr).toContain("dev/pki: Error: Reference to undeclared resource");
    expect(stderr).toContain("dev/network: Error: Unsupported attribute");
    expect(stderr).toContain('dev/ticketing: output "name" has no stand-in value');
    expect(readdirSync(join(directory, "out/plans/dev")), "no plan of a faulty stack").toEqual(["stubs.json"]);
  });

  test("another program plans the same stacks with its own words, and leaves terraform's plans alone", async () => {
    writeEstate();
    await validate(["--environment", "dev"]);
    const first = readFileSync(join(directory, "out/plans/dev/network.json"), "utf8");
    // Terraform under OpenTofu's name: which of them runs is told by the name alone.
    mkdirSync(join(directory, "bin"));
    const called = join(directory, "called");
    writeFileSync(join(directory, "bin/tofu"), `#!/bin/sh\necho "$1" >> "${called}"\nexec terraform "$@"\n`, {
      mode: 0o755,
    });
    const path = `${join(directory, "bin")}${delimiter}${process.env["PATH"]}`;

    const { code, stdout } = await validate(["--program", "tofu", "--stack", "network"], { PATH: path });

    expect(stdout).toContain("2 stacks passed, 0 failed");
    expect(code).toBe(0);
    const commands = readFileSync(called, "utf8").trim().split("\n");
    expect(commands.toSorted()).toEqual(
      ["version", ...["init", "validate", "init", "plan", "show"].flatMap((each) => [each, each])].toSorted(),
    );
    expect(readFileSync(join(directory, "out/plans/dev/network.json"), "utf8")).toBe(first);
    expect(readdirSync(join(directory, "out/plans"))).toEqual(["dev"]);
  });
});
