import { describe, expect, test } from "vitest";
import { type Example, estateOf } from "../../../policies/engine/example.ts";
import { policyDocument } from "../../../policies/model/policy-documents.ts";
import { Around } from "../../../policies/model/policy-text.ts";
import { isUnknown, shown, type Value } from "../../../policies/model/value.ts";
import { matchesWildcard } from "../../../policies/model/wildcard.ts";

/** The document in the policy of the only bucket policy of an estate. */
function read(policy: string, more: Example = { title: "a policy" }) {
  const estate = estateOf({
    ...more,
    resources: { ...more.resources, aws_s3_bucket_policy: { own: { bucket: "${aws_s3_bucket.own.id}", policy } } },
  });
  const [resource] = estate.terraform.ofType("aws_s3_bucket_policy");
  return resource === undefined ? undefined : policyDocument(resource.block, "policy");
}

/** Its statements with every text as it is shown. */
function words(document: ReturnType<typeof read>) {
  if (document === undefined || isUnknown(document)) return shown(document);
  const all = (texts: readonly Value<string>[] = []) => texts.map(shown);
  return document.statements.map(({ sid, effect, actions, resources, principals, conditions }) => ({
    sid: shown(sid),
    effect: shown(effect),
    [actions.except ? "notActions" : "actions"]: all(actions.patterns),
    [resources?.except ? "notResources" : "resources"]: all(resources?.patterns),
    [principals?.except ? "notPrincipals" : "principals"]: principals?.all.map(
      ({ type, who }) => `${shown(type)}=${shown(who)}`,
    ),
    conditions: conditions.map(
      ({ qualifier = "", operator, ifExists, key, values }) =>
        `${qualifier} ${operator} ${ifExists ? "?" : ""}${key} ${all(values).join("|")}`,
    ),
  }));
}

const deny = {
  sid: "A",
  effect: "Deny",
  actions: ["s3:*"],
  resources: ["arn:aws:s3:::own"],
  principals: ["*=*"],
  conditions: [" Bool aws:securetransport false"],
};

describe("a policy document", () => {
  test("is read with one or many of everything, and conditions flat", () => {
    const statement = {
      Sid: "A",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "arn:aws:s3:::own",
      Condition: { Bool: { "aws:SecureTransport": false } },
    };
    expect(words(read(JSON.stringify({ Statement: statement })))).toEqual([deny]);
    expect(
      words(
        read(
          JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                NotPrincipal: { AWS: ["a", "b"], Service: "c" },
                NotAction: ["s3:GetObject"],
                NotResource: "d",
                Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["x", "y"], "s3:Prefix": "z" } },
              },
            ],
          }),
        ),
      ),
    ).toEqual([
      {
        sid: "nothing",
        effect: "Allow",
        notActions: ["s3:GetObject"],
        notResources: ["d"],
        notPrincipals: ["AWS=a", "AWS=b", "Service=c"],
        conditions: ["ForAnyValue StringLike ?aws:tagkeys x|y", "ForAnyValue StringLike ?s3:prefix z"],
      },
    ]);
  });

  test("is read through expressions: of local values, of other resources, of jsonencode, of data sources", () => {
    const text = JSON.stringify({
      Statement: {
        Sid: "A",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: ["arn:aws:s3:::${aws_s3_bucket.own.bucket}"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    });
    const bucket = { aws_s3_bucket: { own: { bucket: "own" } } };
    const document = {
      statement: [
        {
          sid: "A",
          effect: "Deny",
          actions: ["s3:*"],
          resources: ["arn:aws:s3:::own"],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
        },
      ],
    };
    const more: Example = {
      title: "a bucket",
      resources: { ...bucket, aws_sqs_queue_policy: { same: { policy: text } } },
      configuration: {
        locals: { policy: text },
        data: {
          aws_iam_policy_document: {
            own: document,
            all: { source_policy_documents: ["${local.policy}"], ...document },
          },
        },
      },
    };
    for (const policy of [
      text,
      "${local.policy}",
      "${aws_sqs_queue_policy.same.policy}",
      "${data.aws_iam_policy_document.own.json}",
      "${data.aws_iam_policy_document.all.minified_json}",
      '${jsonencode({"Statement" = [{Sid = "A", Effect = "Deny", "Principal": "*", Action = ["s3:*"],\n Resource = ["arn:aws:s3:::${aws_s3_bucket.own.bucket}"],\n Condition = { Bool = { "aws:SecureTransport" = false } } }]})}',
    ]) {
      expect(words(read(policy, more)), policy).toEqual([deny]);
    }
  });

  test("is read where quotes in an expression are not JSON's, and where what looks like one is none", () => {
    const policy =
      '{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":["arn:${split(":", var.a)[0]}","a/$${aws:username}"]}}';
    expect(words(read(policy))).toMatchObject([
      { resources: ['unknown (arn:${split(":", var.a)[0]})', "a/${aws:username}"] },
    ]);
  });

  test("is unknown where outputs do not show it, and absent where there is none", () => {
    for (const policy of [
      "${var.policy}",
      "${data.aws_iam_policy_document.gone.json}",
      "${data.aws_s3_bucket.a.policy}",
      "${local.gone}",
      "${aws_s3_bucket_policy.own.policy}",
      '${jsonencode(merge({"Statement" = []}, var.x))}',
      "no document",
      "{}",
      "[]",
      '{"Statement": "x"}',
      '{"Statement": [',
    ]) {
      expect(isUnknown(read(policy)), policy).toBe(true);
    }
    const [bucket] = estateOf({ title: "", resources: { aws_s3_bucket: { own: {} } } }).terraform.resources;
    expect(bucket === undefined ? "" : policyDocument(bucket.block, "policy")).toBeUndefined();
  });

  test("keeps what is known of a text around one reference, which proves nothing by itself", () => {
    const document = read(
      JSON.stringify({
        Statement: {
          Effect: "Deny",
          Action: "s3:*",
          Resource: ["${aws_s3_bucket.own.arn}", "${aws_s3_bucket.own.arn}/*", "${var.a}/*", "$${aws:username}"],
        },
      }),
      { title: "", resources: { aws_s3_bucket: { own: {} } } },
    );
    const patterns = document === undefined || isUnknown(document) ? [] : document.statements[0]?.resources?.patterns;
    const [arn, objects, variable, own] = patterns ?? [];
    expect(isUnknown(arn) ? arn.resource?.address : arn).toBe("aws_s3_bucket.own");
    expect(objects).toBeInstanceOf(Around);
    expect(objects).toMatchObject({ before: "", after: "/*", resource: undefined });
    expect(variable).not.toBeInstanceOf(Around);
    expect(own).toBe("${aws:username}");
  });
});

test("patterns match any number of characters, and single ones", () => {
  expect(
    ["s3:*", "*", "s3:Get*Object", "s3:GetObjects?"].map((each) => matchesWildcard(each, "s3:GetObjects")),
  ).toEqual([true, true, false, false]);
  expect(matchesWildcard("s3:G*t?bj*s", "s3:GetObjects")).toBe(true);
  expect(matchesWildcard(`${"a*".repeat(30)}b`, "a".repeat(5000))).toBe(false);
});
