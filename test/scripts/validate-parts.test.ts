import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseRequest } from "../../scripts/validate/arguments.ts";
import { checkVersion, terraformVariables } from "../../scripts/validate/environment.ts";
import { type StackFile, select } from "../../scripts/validate/estate.ts";
import { createsOf } from "../../scripts/validate/plans.ts";
import { oneAtATime, Processes } from "../../scripts/validate/processes.ts";
import { errorText, table } from "../../scripts/validate/report.ts";
import { override, stateOf } from "../../scripts/validate/scratch.ts";

describe("the stacks a command line names", () => {
  const estate = ["dev", "production"].flatMap((environment) =>
    ["audit", "network", "pki"].map(
      (stack): StackFile => ({ environment, stack, directory: "", json: {}, digest: "" }),
    ),
  );
  const chosen = (...args: readonly string[]) =>
    select(estate, parseRequest(args)).map(({ environment, stack }) => `${environment}/${stack}`);

  test("are all of them without a name", () => {
    expect(chosen()).toHaveLength(6);
  });

  test("are those of every name given, in the order of the estate", () => {
    expect(chosen("--environment", "dev", "--stack", "pki", "--stack", "audit")).toEqual(["dev/audit", "dev/pki"]);
    expect(chosen("--environment", "production", "--environment", "dev", "--stack", "pki")).toEqual([
      "dev/pki",
      "production/pki",
    ]);
  });

  test("fail when one name of several is unknown, with what is allowed", () => {
    expect(() => chosen("--environment", "dev", "--environment", "prod")).toThrow(
      '--environment: got "prod", allowed are dev, production',
    );
    expect(() => chosen("--stack", "vpn", "--stack", "pki")).toThrow(
      '--stack: got "vpn", allowed are audit, network, pki',
    );
  });
});

describe("the scratch copy that plans offline", () => {
  test("every provider alias gets dummy credentials and keeps its alias; state and remote states are local", () => {
    const credentials = {
      access_key: "offline",
      secret_key: "offline",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: "true",
      allowed_account_ids: null,
      max_retries: 1,
    };

    const written = override({
      provider: {
        aws: [
          { region: "eu-central-1", default_tags: [{ tags: { environment: "dev" } }] },
          { alias: "copy", region: "eu-west-1" },
          { alias: "global", region: "us-east-1" },
        ],
      },
      data: { terraform_remote_state: { network: { backend: "s3", config: { key: "dev/network.tfstate" } } } },
    });

    expect(written).toEqual({
      terraform: { backend: { local: {} } },
      provider: {
        aws: [credentials, { alias: "copy", ...credentials }, { alias: "global", ...credentials }],
      },
      data: { terraform_remote_state: { network: { backend: "local", config: { path: "network.tfstate" } } } },
    });
  });

  test("a state file gives each output its type and keeps what is sensitive", () => {
    const stub = (
      value: string | readonly string[] | { readonly [key: string]: number | null },
      sensitive = false,
    ) => ({
      value,
      from: "",
      sensitive,
    });

    const state = stateOf({ id: stub("vpc-0"), all: stub(["a", "b"], true), sizes: stub({ a: 1, b: null }) });

    expect(state).toMatchObject({
      outputs: {
        id: { value: "vpc-0", type: "string", sensitive: false },
        all: { value: ["a", "b"], type: ["tuple", ["string", "string"]], sensitive: true },
        sizes: { value: { a: 1, b: null }, type: ["object", { a: "number", b: "dynamic" }], sensitive: false },
      },
    });
  });
});

describe("what terraform runs with", () => {
  test("nothing of the caller's AWS or Terraform settings can change a plan", () => {
    const variables = terraformVariables(
      { PATH: "/bin", AWS_PROFILE: "admin", AWS_REGION: "x", TF_VAR_a: "1", TF_WORKSPACE: "w", TF_CLI_ARGS_plan: "-x" },
      "/cache",
    );

    expect(variables).toEqual({
      PATH: "/bin",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      CHECKPOINT_DISABLE: "1",
      GOGC: "400",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    });
  });

  test("a CLI configuration or plugin cache of the caller's own is left in charge", () => {
    expect(terraformVariables({ TF_CLI_CONFIG_FILE: "/own.rc" }, "/cache")).not.toHaveProperty("TF_PLUGIN_CACHE_DIR");
    expect(terraformVariables({ TF_PLUGIN_CACHE_DIR: "/own" }, "/cache")["TF_PLUGIN_CACHE_DIR"]).toBe("/own");
  });

  test("a caller short of memory may have garbage collected more often", () => {
    expect(terraformVariables({ GOGC: "100" }, "/cache")["GOGC"]).toBe("100");
  });

  test("fails when terraform or tofu is older than the stacks require", () => {
    expect(() => checkVersion("terraform", '{"terraform_version":"1.10.5"}')).toThrow(
      "terraform: got 1.10.5, must be 1.11 or newer",
    );
    expect(() => checkVersion("tofu", '{"terraform_version":"1.10.10"}')).toThrow(
      "tofu: got 1.10.10, must be 1.11 or newer",
    );
    expect(() => checkVersion("terraform", '{"terraform_version":"1.11.0"}')).not.toThrow();
    expect(() => checkVersion("terraform", '{"terraform_version":"2.0.0"}')).not.toThrow();
  });
});

describe("the report", () => {
  const passed = { environment: "dev", stack: "network", validated: 2, planned: 4.25, creates: 212, error: undefined };
  const failed = {
    ...passed,
    stack: "pki",
    planned: undefined,
    creates: undefined,
    error: "Error: no\n\n  on line 1\n",
  };

  test("a table lines up and counts", () => {
    expect(table([passed, failed])).toBe(
      [
        "environment  stack    result  validate s  plan s  to create",
        "dev          network  passed         2.0     4.3        212",
        "dev          pki      FAILED         2.0       -          -",
        "",
        "1 stack passed, 1 failed",
      ].join("\n"),
    );
  });

  test.each([
    [[passed], "1 stack passed, 0 failed"],
    [[passed, passed], "2 stacks passed, 0 failed"],
    [[failed], "0 stacks passed, 1 failed"],
  ])("a count agrees with its noun", (outcomes, line) => {
    expect(table(outcomes).split("\n").at(-1)).toBe(line);
  });

  test("every line of an error names its stack", () => {
    expect(errorText(failed)).toBe("dev/pki: Error: no\ndev/pki:\ndev/pki:   on line 1");
  });

  test("replacements count as created, reads do not", () => {
    const changes = [["create"], ["delete", "create"], ["read"], ["no-op"]].map((actions) => ({ change: { actions } }));

    expect(createsOf(JSON.stringify({ resource_changes: changes }))).toBe(2);
  });
});

describe("an interrupt", () => {
  test("ends a program and what it started, and nothing starts afterwards", async () => {
    const directory = mkdtempSync(join(tmpdir(), "interrupt-"));
    const processes = new Processes();
    const options = { cwd: directory, env: { PATH: process.env["PATH"] ?? "" } };

    const running = processes.run("bash", ["-c", "sleep 300 & echo started; wait"], options);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await processes.stop(2_000);
    const { code, stdout } = await running;

    // A run is over only when every holder of its output is gone, here also the child's own child.
    expect({ code, started: stdout }).toEqual({ code: null, started: "started\n" });
    await expect(processes.run("true", [], options)).rejects.toThrow("interrupted");
    rmSync(directory, { recursive: true });
  });

  test("what runs one at a time goes on after a failure", async () => {
    const queue = oneAtATime();
    const order: string[] = [];

    const first = queue(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push("first");
      throw new Error("no");
    });
    const second = queue(() => Promise.resolve(order.push("second")));

    await expect(first).rejects.toThrow("no");
    await second;
    expect(order).toEqual(["first", "second"]);
  });
});
