import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../options.ts";
import type { Request } from "./arguments.ts";
import type { StackJson } from "./stack-json.ts";

/** One synthesized stack as it lies in `out/terraform/<environment>/<stack>/`. */
export interface StackFile {
  readonly environment: string;
  readonly stack: string;
  readonly directory: string;
  readonly json: StackJson;
  /** SHA-256 of `cdk.tf.json`, in hex. */
  readonly digest: string;
}

/** The account and the regions (by provider alias, `""` for the default) that ARNs and host names are made with. */
export interface Place {
  readonly account: string;
  readonly regions: Readonly<Record<string, string>>;
}

/** Reads all stacks below `out`, sorted by environment and stack. Throws UsageError when there are none. */
export function readEstate(out: string): readonly StackFile[] {
  const root = join(out, "terraform");
  const files = directories(root).flatMap((environment) =>
    directories(join(root, environment)).flatMap((stack) => readStack(root, environment, stack)),
  );
  if (files.length === 0) {
    throw new UsageError(`${root} holds no stack: run npm start first`);
  }
  return files;
}

/** The stacks that a request names, all without a name; throws UsageError listing what is allowed. */
export function select(
  estate: readonly StackFile[],
  { environments, stacks }: Pick<Request, "environments" | "stacks">,
): readonly StackFile[] {
  return narrow(narrow(estate, "environment", environments), "stack", stacks);
}

/** What has one of the names given, all when none is given; a name that nothing has is an error. */
function narrow(
  files: readonly StackFile[],
  field: "environment" | "stack",
  given: readonly string[],
): readonly StackFile[] {
  const known = new Set(files.map((file) => file[field]));
  for (const name of given) {
    if (!known.has(name)) {
      throw new UsageError(`--${field}: got "${name}", allowed are ${[...known].join(", ")}`);
    }
  }
  return given.length === 0 ? files : files.filter((file) => given.includes(file[field]));
}

/** Which stack each `data.terraform_remote_state` of a stack reads, by the state key. Throws for a key nobody writes. */
export function readsOf(file: StackFile, estate: readonly StackFile[]): ReadonlyMap<string, StackFile> {
  const remotes = Object.entries(file.json.data?.["terraform_remote_state"] ?? {});
  return new Map(
    remotes.map(([name, { config }]) => {
      const key = (config as { readonly key?: unknown } | undefined)?.key;
      const producer = estate.find((other) => other.json.terraform?.backend?.["s3"]?.["key"] === key);
      if (key === undefined || producer === undefined) {
        throw new Error(`data.terraform_remote_state.${name} reads state key "${key}", which no stack writes`);
      }
      return [name, producer];
    }),
  );
}

/** The account and regions of a stack's providers. Throws when the account cannot be told. */
export function placeOf({ json }: StackFile): Place {
  const providers = json.provider?.["aws"] ?? [];
  const accounts = providers.map((provider) => provider["allowed_account_ids"]);
  const [account] = accounts.flatMap((ids) => (Array.isArray(ids) ? ids : []));
  if (typeof account !== "string") {
    throw new Error("no aws provider has allowed_account_ids, so the account of its ARNs is unknown");
  }
  const regions = providers.map(({ alias, region }) => [alias ?? "", region]);
  return { account, regions: Object.fromEntries(regions) };
}

function directories(path: string): readonly string[] {
  const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readStack(root: string, environment: string, stack: string): readonly StackFile[] {
  const directory = join(root, environment, stack);
  const path = join(directory, "cdk.tf.json");
  if (!existsSync(path)) {
    return [];
  }
  const text = readFileSync(path, "utf8");
  const digest = hash("sha256", text);
  return [{ environment, stack, directory, json: JSON.parse(text), digest }];
}
