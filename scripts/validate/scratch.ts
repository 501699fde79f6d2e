import { cpSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isRecord, type Json, type StackJson } from "./stack-json.ts";
import type { Stub } from "./stubs.ts";

/** The stand-in outputs of each remote state that a stack reads, by the data source's name. */
type RemoteStubs = ReadonlyMap<string, Readonly<Record<string, Stub>>>;

/** Copies a stack without what belongs to one machine, and without the provider lock when `withLock` is false. */
export function copyStack(from: string, to: string, withLock: boolean): void {
  const left = new Set([".terraform", "terraform.tfstate", ...(withLock ? [] : [".terraform.lock.hcl"])]);
  cpSync(from, to, { recursive: true, filter: (path) => !left.has(basename(path)) });
}

/** Writes what turns a scratch copy into one that plans offline: the override file and one state file per remote state. */
export function writeStubs(directory: string, json: StackJson, remotes: RemoteStubs): void {
  writeFileSync(join(directory, "zz_override.tf.json"), JSON.stringify(override(json), null, 2));
  for (const [name, stubs] of remotes) {
    writeFileSync(join(directory, `${name}.tfstate`), JSON.stringify(stateOf(stubs), null, 2));
  }
}

/**
 * The override that Terraform merges over a stack: dummy credentials for every provider alias, local state, and remote
 * states read from files beside it. Regions and default tags stay as they are.
 */
export function override(json: StackJson): Json {
  const providers = (json.provider?.["aws"] ?? []).map(({ alias }) => ({
    ...(typeof alias === "string" ? { alias } : {}),
    access_key: "offline",
    secret_key: "offline",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: "true",
    // The real check compares with the account that the credentials belong to, which offline is none.
    allowed_account_ids: null,
    // A data source that asks a cloud after all then fails at once.
    max_retries: 1,
  }));
  const remotes = Object.keys(json.data?.["terraform_remote_state"] ?? {}).map((name) => [
    name,
    { backend: "local", config: { path: `${name}.tfstate` } },
  ]);
  return {
    terraform: { backend: { local: {} } },
    ...(providers.length === 0 ? {} : { provider: { aws: providers } }),
    ...(remotes.length === 0 ? {} : { data: { terraform_remote_state: Object.fromEntries(remotes) } }),
  };
}

/** A Terraform state file that holds only outputs. */
export function stateOf(stubs: Readonly<Record<string, Stub>>): Json {
  return {
    version: 4,
    terraform_version: "1.11.0",
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: Object.fromEntries(
      Object.entries(stubs).map(([name, { value, sensitive }]) => [name, { value, type: typeOf(value), sensitive }]),
    ),
    resources: [],
  };
}

/** Terraform's type of a value, as state files write it. */
function typeOf(value: Json): Json {
  if (Array.isArray(value)) {
    return ["tuple", value.map(typeOf)];
  }
  if (isRecord(value)) {
    return ["object", Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeOf(item as Json)]))];
  }
  const names: Record<string, string> = { boolean: "bool", number: "number", string: "string" };
  return names[typeof value] ?? "dynamic";
}
