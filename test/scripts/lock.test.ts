import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cliConfig, lockVariables, requirements } from "../../scripts/lock/provider-lock.ts";
import { requireProgram, terraformHint } from "../support/program.ts";

const script = join(import.meta.dirname, "../../scripts/lock.ts");
const aws = { required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.34.0, < 7.0.0" } } };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "lock-test-"));
  const stack = join(directory, "out/terraform/dev/network");
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ terraform: aws }));
  mkdirSync(join(directory, "stacks"));
  writeFileSync(join(directory, "stacks/provider.lock.hcl"), "the old lock");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function lock(args: readonly string[], variables: Record<string, string> = {}) {
  const env = { ...process.env, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: directory,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("npm run lock", () => {
  test("requires what the stacks require", () => {
    expect(JSON.parse(requirements([{ terraform: aws }, { terraform: aws }]))).toEqual({ terraform: aws });
  });

  test("fails when stacks require different providers", () => {
    const other = { required_providers: { aws: { source: "hashicorp/aws", version: "6.66.0" } } };

    expect(() => requirements([{ terraform: aws }, { terraform: other }])).toThrow(
      'required providers: got {"aws":{"source":"hashicorp/aws","version":">= 6.34.0, < 7.0.0"}} and {"aws":{"source":"hashicorp/aws","version":"6.66.0"}}, must be the same in all stacks',
    );
  });

  test("a mirror or cache of the caller's own is never asked: its checksums differ", () => {
    const own = {
      PATH: "/bin",
      TF_CLI_CONFIG_FILE: "/mirror.rc",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TF_CLI_ARGS: "-fs-mirror=x",
    };

    expect(lockVariables(own, "/direct.rc")).toEqual({
      PATH: "/bin",
      TF_CLI_CONFIG_FILE: "/direct.rc",
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
    });
    expect(cliConfig).toContain("provider_installation {\n  direct {}\n}");
  });

  test("fails when given an argument: one line, exit 2", () => {
    expect(lock(["now"])).toEqual({
      status: 2,
      stdout: "",
      stderr: 'npm run lock: got "now", takes no arguments (see --help)\n',
    });
  });

  test.runIf(requireProgram("terraform", terraformHint))(
    "fails when the registry cannot be reached: one line, exit 2, the old lock untouched",
    () => {
      // A proxy that nobody listens on stands for a machine without network.
      const offline = { HTTPS_PROXY: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" };

      const { status, stderr } = lock([], offline);

      expect(stderr).toMatch(
        /^npm run lock: stacks\/provider\.lock\.hcl stays as it was, the public registry gave no provider: .*registry\.terraform\.io.*\n$/,
      );
      expect(status).toBe(2);
      expect(readFileSync(join(directory, "stacks/provider.lock.hcl"), "utf8")).toBe("the old lock");
      expect(readdirSync(join(directory, "stacks"))).toEqual(["provider.lock.hcl"]);
    },
  );
});
