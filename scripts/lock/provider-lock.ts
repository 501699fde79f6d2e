import type { StackJson } from "../validate/stack-json.ts";

/** The committed provider lock; synthesis copies it beside each stack as `.terraform.lock.hcl`. */
export const lockPath = "stacks/provider.lock.hcl";

/** The platforms a team plans and applies from: CI on Linux, laptops on Linux or macOS. */
export const platforms: readonly string[] = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];

/** Text of `--help`. */
export const usage = `Usage: npm run lock

Writes ${lockPath}: the newest provider that the stacks' constraint allows, with the checksums of
${platforms.join(", ")}, from the public registry.
A mirror or a CLI configuration in force is passed over: a private copy has checksums of its own.
Run npm start first, and again afterwards: it puts the lock beside each stack.

Exit code: 0 written, 2 could not run; the old file then stays.`;

/** A CLI configuration without mirrors, caches and overrides. */
export const cliConfig = "disable_checkpoint = true\nprovider_installation {\n  direct {}\n}\n";

/** A configuration that requires what all stacks require. Throws when they differ. */
export function requirements(stacks: readonly StackJson[]): string {
  const [first, ...others] = new Set(stacks.map((stack) => JSON.stringify(stack.terraform?.required_providers ?? {})));
  if (first === undefined || others.length > 0) {
    throw new Error(`required providers: got ${[first, ...others].join(" and ")}, must be the same in all stacks`);
  }
  return JSON.stringify({ terraform: { required_providers: JSON.parse(first) } });
}

/** The caller's variables without Terraform settings that could put a mirror or a cache in between. */
export function lockVariables(
  variables: Readonly<Record<string, string | undefined>>,
  config: string,
): Record<string, string | undefined> {
  const kept = Object.entries(variables).filter(([name]) => !/^(TF_CLI_|TF_PLUGIN_|TF_DATA_DIR$)/.test(name));
  return { ...Object.fromEntries(kept), TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}
