import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const s3 = {
  bucket: "states",
  key: "example/a.tfstate",
  region: "eu-central-1",
  encrypt: true,
  kms_key_id: "alias/states",
  use_lockfile: true,
};
const state = (more: JsonObject = {}): JsonObject => ({ terraform: { backend: { s3: { ...s3, ...more } } } });
const at = (name: string) => `terraform backend.s3.${name}`;

export const examples: Examples = {
  good: [
    { title: "locked, encrypted, alone", configuration: state(), declaration: {} },
    { title: "locked by a table, as before", configuration: state({ use_lockfile: false, dynamodb_table: "locks" }) },
    { title: "two states with a key each", configuration: state(), stacks: { b: state({ key: "example/b.tfstate" }) } },
  ],
  bad: [
    { title: "a file beside the configuration", resources: { aws_vpc: { a: {} } }, finds: ["terraform backend"] },
    {
      title: "a file, said so",
      configuration: { terraform: { backend: { local: {} } } },
      finds: ["terraform backend"],
    },
    { title: "no lock", configuration: state({ use_lockfile: false }), finds: [at("use_lockfile")] },
    {
      title: "no encryption, no key",
      configuration: state({ encrypt: false, kms_key_id: null }),
      finds: [at("encrypt"), at("kms_key_id")],
    },
    { title: "a key that is stored", configuration: state({ access_key: "AKIA" }), finds: [at("access_key")] },
    {
      title: "another region than declared",
      configuration: state({ region: "us-east-1" }),
      declaration: {},
      finds: [at("region")],
    },
    { title: "two states with one key", configuration: state(), stacks: { b: state() }, finds: [at("key"), at("key")] },
  ],
  unknown: [],
};

const change = (title: string, more: JsonObject): Mutation =>
  onState("settings", title, (settings) => ({ ...settings, backend: { s3: { ...settings.backend?.s3, ...more } } }));

export const mutations: readonly Mutation[] = [
  change("unlock the state", { use_lockfile: false }),
  change("do not encrypt it", { encrypt: false }),
  change("encrypt it with a key of AWS", { kms_key_id: null }),
  onState("settings", "give it the key of another", (settings) => {
    const { s3 } = settings.backend ?? {};
    return { ...settings, backend: { s3: { ...s3, key: String(s3?.key).replace(/[^/]+$/, "network.tfstate") } } };
  }),
  onState("settings", "keep it beside the configuration", (settings) => ({ ...settings, backend: { local: {} } })),
];
