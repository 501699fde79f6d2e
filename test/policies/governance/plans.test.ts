import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readArtefacts, readOneByOne } from "../../../policies/artefacts/read.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { declaredStackIsWhole } from "../../../policies/rules/governance/declared-stack-is-whole.ts";
import { planIsFresh } from "../../../policies/rules/governance/plan-is-fresh.ts";
import { planIsWhole } from "../../../policies/rules/governance/plan-is-whole.ts";
import { planTakesNoStateAway } from "../../../policies/rules/governance/plan-takes-no-state-away.ts";
import { providerIsBoundToItsAccount } from "../../../policies/rules/governance/provider-is-bound-to-its-account.ts";
import { statefulResourceStays } from "../../../policies/rules/governance/stateful-resource-stays.ts";

/** A state with one bucket that may not be destroyed, and a plan made from it offline that would replace the bucket. */
const configuration = JSON.stringify({
  provider: { aws: [{ region: "eu-central-1", allowed_account_ids: ["111111111111"] }] },
  terraform: { backend: { s3: { bucket: "states", key: "a" } } },
  resource: { aws_s3_bucket: { data: { bucket: "data-2", lifecycle: { prevent_destroy: true } } } },
});
const plan = JSON.stringify({
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_s3_bucket.data",
          mode: "managed",
          type: "aws_s3_bucket",
          name: "data",
          values: { bucket: "data-2" },
        },
      ],
    },
  },
  resource_changes: [
    {
      ...{ address: "aws_s3_bucket.data", mode: "managed", type: "aws_s3_bucket", name: "data" },
      change: {
        actions: ["delete", "create"],
        after: { bucket: "data-2" },
        after_unknown: {},
        replace_paths: [["bucket"]],
      },
    },
  ],
  configuration: {
    provider_config: {
      aws: {
        name: "aws",
        expressions: { access_key: { constant_value: "offline" }, allowed_account_ids: { constant_value: null } },
      },
    },
    root_module: {
      resources: [{ address: "aws_s3_bucket.data", expressions: { bucket: { constant_value: "data-2" } } }],
    },
  },
});
const index = JSON.stringify({
  services: [],
  environments: [
    {
      name: "example",
      account: "111111111111",
      region: "eu-central-1",
      copyRegion: "eu-west-1",
      cidr: "10.0.0.0/16",
      domain: { public: "example.org", private: "internal.example.org" },
      ranges: { clients: [], admins: [] },
      subnets: [],
      stacks: [],
      flows: [],
      services: [],
      zones: [],
    },
  ],
});
const digest = createHash("sha256").update(configuration).digest("hex");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plans-"));
  for (const part of ["terraform/example/a", "plans/example"]) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, "terraform/example/a/cdk.tf.json"), configuration);
  writeFileSync(join(folder, "plans/example/a.json"), plan);
  writeFileSync(join(folder, "index.json"), index);
});
afterEach(() => rmSync(folder, { recursive: true }));

const madeFrom = (sha256: string) =>
  writeFileSync(join(folder, "plans/example/digests.json"), JSON.stringify({ a: { a: sha256 } }));

/** What a rule says of the folder: how many subjects, and each finding in words. */
function said(rule: Parameters<typeof judge>[1][number]) {
  const [estate] = readArtefacts(folder);
  if (estate === undefined) throw new Error("no estate");
  const { findings, runs } = judge(estate, [rule]);
  return { subjects: runs[0]?.subjects, found: findings.map(({ resource, got }) => `${resource}: ${got}`) };
}

test("a fresh plan that replaces a bucket is found, with what forces it", () => {
  madeFrom(digest);

  expect(said(planTakesNoStateAway)).toEqual({
    subjects: 1,
    found: ["aws_s3_bucket.data: replaced because of bucket: every object, and the name to whoever takes it first"],
  });
  expect(said(planIsFresh)).toEqual({ subjects: 1, found: [] });
});

test("a fresh plan keeps what only its configuration says: providers, and how resources live and die", () => {
  madeFrom(digest);

  expect(said(providerIsBoundToItsAccount)).toEqual({ subjects: 1, found: [] });
  expect(said(statefulResourceStays)).toEqual({ subjects: 1, found: [] });
});

test("a plan whose configuration has changed since is found, and does not speak for it", () => {
  madeFrom("0".repeat(64));

  expect(said(planIsFresh)).toEqual({ subjects: 1, found: ["plan: changed since: a"] });
  expect(said(planTakesNoStateAway)).toEqual({ subjects: 0, found: [] });
});

test("a plan of somebody else is judged alone", () => {
  const alone = join(folder, "plan.json");
  cpSync(join(folder, "plans/example/a.json"), alone);
  const [estate] = readArtefacts(alone);
  if (estate === undefined) throw new Error("no estate");

  expect(judge(estate, [planTakesNoStateAway]).findings.map(({ resource }) => resource)).toEqual([
    "aws_s3_bucket.data",
  ]);
  // How resources live and die is not in a plan: nothing is said of it.
  expect(judge(estate, [statefulResourceStays]).runs[0]?.outcome).toBe("not-applicable");
});

test("fails when a plan lacks what its configuration has; a counted one may be none, which nobody knows", () => {
  const whole = JSON.parse(configuration);
  const more = { network: { cidr_block: "10.0.0.0/16" }, spare: { count: "${var.spare}" }, none: { count: 0 } };
  const text = JSON.stringify({ ...whole, resource: { ...whole.resource, aws_vpc: more } });
  writeFileSync(join(folder, "terraform/example/a/cdk.tf.json"), text);
  madeFrom(createHash("sha256").update(text).digest("hex"));

  expect(said(planIsWhole)).toEqual({
    subjects: 1,
    found: [
      "aws_vpc.network: configured, and not in the plan",
      "aws_vpc.spare: unknown (configured, and not in the plan)",
    ],
  });
});

test("fails when an environment is declared and not there, or there and not declared, unless another is chosen", () => {
  cpSync(join(folder, "terraform/example"), join(folder, "terraform/other"), { recursive: true });
  const [example] = JSON.parse(index).environments;
  const missing = { ...example, name: "missing", stacks: [{ name: "a", resources: 3 }] };
  writeFileSync(join(folder, "index.json"), JSON.stringify({ services: [], environments: [example, missing] }));
  const found = (wanted: readonly string[]) =>
    [...readOneByOne(folder, wanted)].flatMap((estate) =>
      judge(estate, [declaredStackIsWhole]).findings.map(({ environment, got, expected }) => [
        environment,
        got,
        expected,
      ]),
    );

  expect(found([])).toEqual([
    ["other", "1", "a declaration of it"],
    ["missing", "nothing", "the 3 that were made"],
  ]);
  expect(found(["example"])).toEqual([]);
  expect(readArtefacts(folder).map(({ environment }) => environment)).toEqual(["example", "other"]);
});
