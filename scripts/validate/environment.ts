import { existsSync } from "node:fs";
import { UsageError } from "../options.ts";
import type { Program } from "./arguments.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The variables that terraform and tofu run with: the caller's, but for those that would change a plan (a profile, a workspace,
 * extra arguments, variables) or make it look for a network. Without a CLI configuration or plugin cache of the caller's
 * own, the provider (870 MB) is downloaded once into `cache` and not once per stack.
 * A run is over before the garbage of the provider's schemas would be in the way: collected a quarter as often as Go does
 * by itself, it takes a tenth to a fifth less processor time, and a tenth more memory.
 */
export function terraformVariables(variables: Variables, cache: string): Record<string, string> {
  const kept = Object.entries(variables).filter(
    ([name, value]) =>
      value !== undefined && !/^(AWS_|TF_VAR_|TF_CLI_ARGS|TF_WORKSPACE$|TF_DATA_DIR$|TF_LOG)/.test(name),
  );
  const ownCache = variables["TF_CLI_CONFIG_FILE"] === undefined && variables["TF_PLUGIN_CACHE_DIR"] === undefined;
  return {
    ...(ownCache ? { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" } : {}),
    GOGC: "400",
    ...(Object.fromEntries(kept) as Record<string, string>),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
  };
}

/** Refuses a TF_CLI_CONFIG_FILE that names no file: terraform itself would only warn, and then ask the network. */
export function checkCliConfig(variables: Variables): void {
  const path = variables["TF_CLI_CONFIG_FILE"];
  if (path !== undefined && path !== "" && !existsSync(path)) {
    throw new UsageError(
      `TF_CLI_CONFIG_FILE: got "${path}", which does not exist; must name a Terraform CLI configuration file or be unset`,
    );
  }
}

/** Where people get the programs. */
export const download: Readonly<Record<Program, string>> = {
  terraform: "https://developer.hashicorp.com/terraform/install",
  tofu: "https://opentofu.org/docs/intro/install",
};

/** Reads `version -json`; throws UsageError below 1.11, which the stacks require (of OpenTofu by its own version). */
export function checkVersion(program: Program, versionJson: string): void {
  const version = String(JSON.parse(versionJson).terraform_version);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 11)) {
    throw new UsageError(`${program}: got ${version}, must be 1.11 or newer`);
  }
}
