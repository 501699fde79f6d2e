import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const aws = (more: JsonObject = {}) => ({
  configuration: { provider: { aws: [{ region: "eu-central-1", allowed_account_ids: ["111111111111"], ...more }] } },
  declaration: {},
});

export const examples: Examples = {
  good: [
    { title: "the declared account and region", ...aws() },
    { title: "the region of copies", ...aws({ alias: "copy", region: "eu-west-1" }) },
  ],
  bad: [
    { title: "any account", ...aws({ allowed_account_ids: null }), finds: ["provider.aws allowed_account_ids"] },
    {
      title: "two accounts",
      ...aws({ allowed_account_ids: ["111111111111", "222222222222"] }),
      finds: ["provider.aws allowed_account_ids"],
    },
    { title: "another region", ...aws({ region: "ap-south-1" }), finds: ["provider.aws region"] },
  ],
  unknown: [
    {
      title: "variables say both",
      ...aws({ allowed_account_ids: ["${var.account}"], region: "${var.region}" }),
      finds: ["provider.aws allowed_account_ids", "provider.aws region"],
    },
  ],
};

const change = (title: string, more: JsonObject): Mutation =>
  onState("providers", title, (providers) => ({ ...providers, aws: { ...providers.aws, ...more } }));

export const mutations: readonly Mutation[] = [
  change("admit any account", { allowed_account_ids: [] }),
  change("admit accounts of other environments", { allowed_account_ids: ["222222222222", "333333333333"] }),
  change("move to another region", { region: "eu-north-1" }),
];
