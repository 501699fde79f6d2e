import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { addResource } from "./examples/additions.ts";
import { allow, documentOf } from "./examples/documents.ts";
import { onStatement } from "./examples/mutations.ts";

const user = { aws_iam_user: { mail: { name: "mail" } } };
const with_ = (policy: JsonObject): JsonObject => ({
  ...user,
  aws_iam_user_policy: { mail: { user: "${aws_iam_user.mail.name}", policy: documentOf(policy) } },
});
const SENDER = "arn:aws:ses:eu-central-1:111111111111:identity/example.org";
const found = ["aws_iam_user.mail policy.Statement[0]"];

export const examples: Examples = {
  good: [{ title: "a user sends mail of one sender", resources: with_(allow("ses:SendRawEmail", SENDER)) }],
  bad: [
    { title: "a user that may do nothing itself", resources: user, finds: ["aws_iam_user.mail name"] },
    {
      title: "a user reads objects",
      resources: with_(allow(["ses:SendRawEmail", "s3:GetObject"], SENDER)),
      finds: found,
    },
    { title: "a user sends mail as anyone", resources: with_(allow("ses:SendRawEmail", "*")), finds: found },
    {
      title: "a user has a policy of AWS too",
      resources: {
        ...with_(allow("ses:SendRawEmail", SENDER)),
        aws_iam_user_policy_attachment: {
          more: { user: "mail", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        },
      },
      finds: ["aws_iam_user_policy_attachment.more policy_arn"],
    },
    {
      title: "a user is of a group",
      resources: {
        ...with_(allow("ses:SendRawEmail", SENDER)),
        aws_iam_user_group_membership: { mail: { user: "mail", groups: ["admins"] } },
        aws_iam_group_membership: { more: { name: "more", group: "readers", users: ["mail"] } },
      },
      finds: ["aws_iam_group_membership.more group", "aws_iam_user_group_membership.mail groups"],
    },
  ],
  unknown: [
    {
      title: "a variable holds the policy",
      resources: { ...user, aws_iam_user_policy: { mail: { user: "mail", policy: "${var.policy}" } } },
      finds: ["aws_iam_user_policy.mail policy"],
    },
  ],
};

const POLICY = ["aws_iam_user_policy", "policy"] as const;

export const mutations: readonly Mutation[] = [
  addResource("make a person a user", "aws_iam_user", { name: "prd-plt-person" }),
  onResource("aws_iam_user_policy", "drop a user's policy", () => undefined),
  onStatement(POLICY, "let it read objects", (statement) => {
    statement.Action = ["s3:GetObject"];
  }),
  onStatement(POLICY, "let it send as anyone", (statement) => {
    statement.Resource = "*";
  }),
  addResource("make it one of the administrators", "aws_iam_user_group_membership", {
    user: "prd-brk-smtp",
    groups: ["administrators"],
  }),
  addResource("attach a policy of AWS", "aws_iam_user_policy_attachment", {
    user: "prd-brk-smtp",
    policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  }),
];
