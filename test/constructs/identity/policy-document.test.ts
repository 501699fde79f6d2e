import { describe, expect, it } from "vitest";
import {
  boundaryDocument,
  inlinePolicy,
  policyDocument,
  type Statement,
} from "../../../constructs/identity/policy-document.ts";

const read: Statement = {
  sid: "Read",
  actions: ["s3:ListBucket", "s3:GetObject"],
  resources: ["arn:aws:s3:::shop/*", "arn:aws:s3:::shop"],
  conditions: {
    StringEquals: { "aws:SourceVpce": ["vpce-2", "vpce-1"], "aws:PrincipalTag/team": ["shop"] },
    Bool: { "aws:SecureTransport": ["true"] },
  },
};

describe("policy document", () => {
  it("renders statements as sorted JSON", () => {
    expect(JSON.parse(policyDocument([read]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::shop", "arn:aws:s3:::shop/*"],
          Condition: {
            Bool: { "aws:SecureTransport": ["true"] },
            StringEquals: { "aws:PrincipalTag/team": ["shop"], "aws:SourceVpce": ["vpce-1", "vpce-2"] },
          },
        },
      ],
    });
  });

  it("is the same text whatever the order of the parts", () => {
    const turned: Statement = {
      sid: "Read",
      actions: ["s3:GetObject", "s3:ListBucket"],
      resources: ["arn:aws:s3:::shop", "arn:aws:s3:::shop/*"],
      conditions: {
        Bool: { "aws:SecureTransport": ["true"] },
        StringEquals: { "aws:PrincipalTag/team": ["shop"], "aws:SourceVpce": ["vpce-1", "vpce-2"] },
      },
    };

    expect(policyDocument([turned])).toBe(policyDocument([read]));
  });

  it("takes resources Terraform fills in later", () => {
    const resources = ["${TfToken[TOKEN.7]}", "${TfToken[TOKEN.7]}/*"];

    expect(JSON.parse(policyDocument([{ ...read, resources }])).Statement[0].Resource).toEqual(resources);
  });

  it("takes every resource for an action that has no resource level", () => {
    const statement = { sid: "Metrics", actions: ["cloudwatch:PutMetricData"], resources: ["*"] };

    expect(JSON.parse(policyDocument([statement])).Statement[0].Resource).toEqual(["*"]);
  });

  it("takes every resource with a reason and a day", () => {
    const anyResource = { reason: "inventory of all parameters", until: "2027-03-31" };
    const statement = { sid: "All", actions: ["ssm:GetParameter"], resources: ["*"], anyResource };

    expect(JSON.parse(policyDocument([statement])).Statement[0]).toEqual({
      Sid: "All",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: ["*"],
    });
  });

  it("denies on every resource, on some, or on all but some", () => {
    const denials = [
      { sid: "Everywhere", actions: ["s3:PutObject", "s3:GetObject"] },
      { sid: "Here", actions: ["kms:Decrypt"], resources: ["arn:aws:kms:::key/b", "arn:aws:kms:::key/a"] },
      { sid: "Elsewhere", actions: ["kms:Decrypt"], exceptResources: ["arn:aws:kms:::key/a"] },
    ];

    expect(JSON.parse(policyDocument([], denials)).Statement).toEqual([
      { Sid: "Everywhere", Effect: "Deny", Action: ["s3:GetObject", "s3:PutObject"], Resource: ["*"] },
      {
        Sid: "Here",
        Effect: "Deny",
        Action: ["kms:Decrypt"],
        Resource: ["arn:aws:kms:::key/a", "arn:aws:kms:::key/b"],
      },
      { Sid: "Elsewhere", Effect: "Deny", Action: ["kms:Decrypt"], NotResource: ["arn:aws:kms:::key/a"] },
    ]);
  });

  it.each([
    [{ actions: [] }, "policy No: actions and resources must not be empty"],
    [{ exceptResources: [] }, "policy No: actions and resources must not be empty"],
    [{ actions: ["s3:*"] }, 'policy No: action must be a full name without wildcard, got "s3:*"'],
    [{ resources: ["a"], exceptResources: ["b"] }, "policy No: must name resources or exceptResources, got both"],
    [{ sid: "Read" }, "policy: sids must be at least one and unique, got Read"],
  ])("fails when a denial has %j", (changed, message) => {
    expect(() => policyDocument([read], [{ sid: "No", actions: ["s3:GetObject"], ...changed }])).toThrow(
      new Error(message),
    );
  });

  const wide = (resource: string) => `policy Read: resource must name its service and more than "*", got "${resource}"`;
  it.each<[string, Partial<Statement>, string]>([
    ["every action", { actions: ["*"] }, 'policy Read: action must be a full name without wildcard, got "*"'],
    [
      "every action of a service",
      { actions: ["s3:*"] },
      'policy Read: action must be a full name without wildcard, got "s3:*"',
    ],
    [
      "a family of actions",
      { actions: ["s3:Get?bject"] },
      'policy Read: action must be a full name without wildcard, got "s3:Get?bject"',
    ],
    [
      "every resource beside one action that has a resource level",
      { actions: ["cloudwatch:PutMetricData", "ssm:GetParameter"], resources: ["*"] },
      'policy Read: resource "*" needs anyResource with a reason, for ssm:GetParameter has a resource level',
    ],
    [
      "every resource for a bare reason",
      { resources: ["*"], anyResource: { reason: "", until: "2027-03-31" } },
      'policy Read: anyResource: reason must be a sentence, got ""',
    ],
    ["every bucket", { resources: ["arn:aws:s3:::*"] }, wide("arn:aws:s3:::*")],
    ["every object", { resources: ["arn:aws:s3:::*/*"] }, wide("arn:aws:s3:::*/*")],
    ["every service", { resources: ["arn:aws:*:*:*:table/x"] }, wide("arn:aws:*:*:*:table/x")],
    ["a name instead of an ARN", { resources: ["shop"] }, 'policy Read: resource must be an ARN, got "shop"'],
    ["no resource", { resources: [] }, "policy Read: actions and resources must not be empty"],
    ["a sid with a hyphen", { sid: "read-it" }, 'policy: sid must be letters and digits, got "read-it"'],
  ])("fails when a statement allows %s", (_, changed, message) => {
    expect(() => policyDocument([{ ...read, ...changed }])).toThrow(new Error(message));
  });

  it("fails when a sid is used twice", () => {
    expect(() => policyDocument([read, read])).toThrow(
      new Error("policy: sids must be at least one and unique, got Read"),
    );
  });

  it("fails when there is no statement", () => {
    expect(() => policyDocument([])).toThrow(new Error("policy: sids must be at least one and unique, got none"));
  });
});

describe("a boundary", () => {
  const denials = [{ sid: "KeepsKeys", actions: ["kms:DisableKey"] }];

  it("leaves all that it does not deny", () => {
    expect(JSON.parse(boundaryDocument("test", denials)).Statement).toEqual([
      { Sid: "AllElse", Effect: "Allow", Action: "*", Resource: "*" },
      { Sid: "KeepsKeys", Effect: "Deny", Action: ["kms:DisableKey"], Resource: ["*"] },
    ]);
  });

  it("denies on some resources, on all but some, and under conditions", () => {
    const roles = ["arn:aws:iam::111111111111:role/shop-*"];
    const conditions = { StringNotEquals: { "iam:PermissionsBoundary": ["arn:aws:iam::111111111111:policy/limit"] } };

    expect(
      JSON.parse(
        boundaryDocument("test", [
          { sid: "Unbounded", actions: ["iam:CreateRole"], conditions },
          { sid: "Others", actions: ["iam:PassRole", "iam:DeleteRole"], exceptResources: roles },
          { sid: "Own", actions: ["iam:DeleteRole"], resources: roles },
        ]),
      ).Statement.slice(1),
    ).toEqual([
      { Sid: "Unbounded", Effect: "Deny", Action: ["iam:CreateRole"], Resource: ["*"], Condition: conditions },
      { Sid: "Others", Effect: "Deny", Action: ["iam:DeleteRole", "iam:PassRole"], NotResource: roles },
      { Sid: "Own", Effect: "Deny", Action: ["iam:DeleteRole"], Resource: roles },
    ]);
  });

  it("fails when it denies nothing, or is longer than IAM takes", () => {
    expect(() => boundaryDocument("test", [])).toThrow(
      new Error("policy: sids must be at least one and unique, got none"),
    );
    const resources = [`arn:aws:s3:::${"a".repeat(6_144)}`];
    expect(() => boundaryDocument("test", [{ sid: "Long", actions: ["s3:PutObject"], resources }])).toThrow(
      new Error("test: policy must have at most 6144 characters, got 6331"),
    );
  });
});

it("fails when an inline policy is longer than IAM takes", () => {
  const statement = { sid: "Long", actions: ["s3:PutObject"], resources: [`arn:aws:s3:::${"a".repeat(10_240)}`] };

  expect(() => inlinePolicy("test/role", [statement])).toThrow(
    new Error("test/role: policy must have at most 10240 characters, got 10365"),
  );
});
