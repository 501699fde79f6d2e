import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const aws = (more: JsonObject = {}) => ({
  configuration: { provider: { aws: [{ region: "eu-central-1", ...more }] } },
});

export const examples: Examples = {
  good: [
    { title: "no word of it", ...aws() },
    {
      title: "an endpoint of AWS",
      ...aws({ endpoints: [{ s3: "https://bucket.vpce-1a2b.s3.eu-central-1.vpce.amazonaws.com" }] }),
    },
  ],
  bad: [
    {
      title: "endpoints of others, or in clear text",
      ...aws({
        endpoints: [{ kms: "https://kms.amazonaws.com.evil.example.com", s3: "http://s3.eu-central-1.amazonaws.com" }],
      }),
      finds: ["provider.aws endpoints.kms", "provider.aws endpoints.s3"],
    },
    { title: "any certificate will do", ...aws({ insecure: true }), finds: ["provider.aws insecure"] },
  ],
  unknown: [
    {
      title: "variables say both",
      ...aws({ endpoints: [{ sts: "${var.sts}" }], insecure: "${var.insecure}" }),
      finds: ["provider.aws endpoints.sts", "provider.aws insecure"],
    },
  ],
};

const change = (title: string, more: JsonObject): Mutation =>
  onState("providers", title, (providers) => ({ ...providers, aws: { ...providers.aws, ...more } }));

export const mutations: readonly Mutation[] = [
  change("ask somebody else for secrets", { endpoints: [{ secretsmanager: "https://evil.example.com" }] }),
  change("take any certificate", { insecure: true }),
];
