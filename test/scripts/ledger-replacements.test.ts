import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statefulTypes } from "../../scripts/ledger/stateful-types.ts";
import { terraformVariables } from "../../scripts/validate/environment.ts";
import { override } from "../../scripts/validate/scratch.ts";
import type { Json } from "../../scripts/validate/stack-json.ts";
import { requireProgram, terraformHint } from "../support/program.ts";
import { type Cases, cases } from "./ledger-cases.ts";

/**
 * Real plans of the real provider. One resource for each argument of each stateful type, all in one configuration: the
 * state comes from the plan of the values before, and the plan of the values after says what each change does.
 */

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Readonly<Record<string, Json>>;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}
type Resources = Record<string, Record<string, Readonly<Record<string, Json>>>>;

const root = join(import.meta.dirname, "../..");
const variables = terraformVariables(process.env, join(root, "node_modules/.cache/terraform"));
const provider = { aws: [{ region: "eu-central-1" }] };
let directory: string;
let after: ReadonlyMap<string, Planned>;

const nameOf = (path: string) => path.replaceAll(".", "-");

/** The base of a type with a value at a path. */
function withValue({ base, beside = {} }: Cases, path: string, value: Json): Readonly<Record<string, Json>> {
  const [block = "", inner] = path.split(".");
  const set = inner === undefined ? value : { ...(base[block] as Record<string, Json>), [inner]: value };
  const all = { ...base, ...beside[path], [block]: set };
  return Object.fromEntries(Object.entries(all).filter(([, each]) => each !== null));
}

/** One resource for each argument, with the first or the second of its values. */
const resourcesWith = (which: 0 | 1): Resources =>
  Object.fromEntries(
    Object.entries(cases).map(([type, one]) => [
      type,
      Object.fromEntries(
        Object.entries(one.values).map(([path, values]) => [nameOf(path), withValue(one, path, values[which])]),
      ),
    ]),
  );

function terraform(...args: readonly string[]): string {
  return execFileSync("terraform", args, {
    cwd: directory,
    env: variables,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Plans a configuration against the state beside it; `resource_changes` of `terraform show -json`. */
function plan(configuration: object): readonly Planned[] {
  const required = { aws: { source: "hashicorp/aws", version: ">= 6.34.0, < 7.0.0" } };
  writeFileSync(
    join(directory, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: required }, provider, ...configuration }, null, 1),
  );
  terraform("plan", "-refresh=false", "-lock=false", "-no-color", "-out=plan.bin");
  return JSON.parse(terraform("show", "-json", "plan.bin")).resource_changes;
}

/** The state that a plan leads to; of what only the cloud knows, the ids are made up and the rest is missing. */
const stateOf = (planned: readonly Planned[]): Json => ({
  version: 4,
  terraform_version: "1.11.0",
  serial: 1,
  lineage: "00000000-0000-0000-0000-000000000000",
  outputs: {},
  resources: planned.map(({ type, name, change }) => ({
    mode: "managed",
    type,
    name,
    provider:
      type === "terraform_data"
        ? 'provider["terraform.io/builtin/terraform"]'
        : 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes: { id: name, ...change.after } }],
  })),
});

/** What the plan does to a resource, and for which argument where it replaces it. */
function effectOf(address: string): string {
  const { actions, replace_paths = [] } = after.get(address)?.change ?? { actions: ["nothing planned"] };
  const because = [...new Set(replace_paths.map(([block]) => block))].join(", ");
  return actions.join(", ") === "delete, create" ? `replaced for ${because}` : actions.join(", ");
}

/** Under CI nothing is skipped; elsewhere the provider must lie on this machine, for these tests run without network. */
const hasProvider = process.env["CI"] === "true" || process.env["TF_CLI_CONFIG_FILE"] !== undefined;

describe.runIf(requireProgram("terraform", terraformHint) && hasProvider)(
  "what replaces a stateful resource, by real plans",
  () => {
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), "ledger-plans-"));
      writeFileSync(join(directory, "zz_override.tf.json"), JSON.stringify(override({ provider })));
      writeFileSync(
        join(directory, "main.tf.json"),
        JSON.stringify({ terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } }),
      );
      terraform("init");
      const before = plan({ resource: { ...resourcesWith(0), terraform_data: { old: {}, kept: {}, lost: {} } } });
      writeFileSync(join(directory, "terraform.tfstate"), JSON.stringify(stateOf(before)));
      const configuration = {
        resource: { ...resourcesWith(1), terraform_data: { new: {} } },
        moved: [{ from: "terraform_data.old", to: "terraform_data.new" }],
        removed: [
          { from: "terraform_data.kept", lifecycle: { destroy: false } },
          { from: "terraform_data.lost", lifecycle: { destroy: true } },
        ],
      };
      after = new Map(plan(configuration).map((planned) => [planned.address, planned]));
    }, 180_000);
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    test.each(Object.keys(cases))("%s: each argument of the table replaces it, and no other", (type) => {
      const paths = Object.keys(cases[type]?.values ?? {});
      const replacing = statefulTypes[type]?.replacing ?? [];

      expect(Object.fromEntries(paths.map((path) => [path, effectOf(`${type}.${nameOf(path)}`)]))).toEqual(
        Object.fromEntries(
          paths.map((path) => [path, replacing.includes(path) ? `replaced for ${path.split(".")[0]}` : "update"]),
        ),
      );
      expect(replacing.filter((path) => !paths.includes(path))).toEqual([]);
    });
    test("a moved block keeps a resource, a removed block only where it says destroy = false", () => {
      expect(after.get("terraform_data.new")?.previous_address).toBe("terraform_data.old");
      expect(effectOf("terraform_data.new")).toBe("no-op");
      expect(effectOf("terraform_data.kept")).toBe("forget");
      expect(effectOf("terraform_data.lost")).toBe("delete");
    });
  },
);
