import { objection, rule } from "../../engine/rule.ts";
import { undeniedClearText } from "../../model/tls/clear-text-denial.ts";
import { guardedResources } from "../../model/tls/resource-policies.ts";
import { isUnknown } from "../../model/value.ts";

const EXPECTED = "a statement that denies every action on it and what is in it to everybody without TLS";

/** By effect: for everybody, each action, the bucket and its objects, and under no other condition than clear text. */
export const resourcePolicyDeniesClearText = rule({
  id: "TLS-011",
  slug: "resource-policy-denies-clear-text",
  severity: "high",
  title: "Every bucket, queue, topic, file system and event bus denies clear text by its own policy",
  why: "S3, SQS and SNS also answer by http://; one client with such an address sends data and signatures in clear text.",
  fix: 'Add a statement: Effect Deny, Principal "*", Action s3:* (sqs:*, sns:Publish, ...), Resource with the bucket and bucket/*, Condition Bool aws:SecureTransport false, and nothing else in it.',
  appliesTo: guardedResources,
  requirements: ["TKT-7.4", "NOD-3.3", "MUN-2.3", "MUN-2.9"],
  check: (guarded) => {
    const { policy } = guarded;
    if (policy === undefined || isUnknown(policy)) return [objection("policy", policy, EXPECTED)];
    const undenied = undeniedClearText(guarded, policy);
    if (undenied.length === 0) return [];
    const got = `not denied: ${undenied.map(({ said }) => said).join(", ")}`;
    const outcome = undenied.every(({ perhaps }) => perhaps) ? ({ outcome: "unknown" } as const) : {};
    return [{ attribute: "policy", got, expected: EXPECTED, ...outcome }];
  },
});
