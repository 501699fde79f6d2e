import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredService } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement } from "./examples/mutations.ts";

const service: DeclaredService = {
  ...{ name: "shop", code: "shp", components: [], stores: [], entrypoints: [], flows: [], egress: [], backups: [] },
  secrets: [
    {
      ...{ name: "db", fullName: "production/shop/db", why: "", rotation: "runbook", rotationDays: 90 },
      consumers: ["shop/api", "shop/worker"],
    },
  ],
};
const declaration = { name: "production", services: [service] };
const denied = (but: readonly string[], more: JsonObject = {}): JsonObject => ({
  ...{ Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" },
  Condition: {
    ArnNotLike: { "aws:PrincipalArn": but.map((each) => `arn:aws:iam::111111111111:role/${each}`) },
    ...more,
  },
});
const secret = (...statements: readonly JsonObject[]): JsonObject => ({
  aws_secretsmanager_secret: { db: { name: "production/shop/db" } },
  aws_secretsmanager_secret_policy: {
    db: { secret_arn: "${aws_secretsmanager_secret.db.arn}", policy: documentOf(...statements) },
  },
});
const found = ["aws_secretsmanager_secret.db policy"];

export const examples: Examples = {
  good: [
    { title: "the declared two read it", resources: secret(denied(["prd-shp-api", "prd-shp-worker"])), declaration },
    {
      title: "the policy stands in the secret",
      resources: {
        aws_secretsmanager_secret: {
          db: { name: "production/shop/db", policy: documentOf(denied(["prd-shp-api", "prd-shp-worker"])) },
        },
      },
      declaration,
    },
  ],
  bad: [
    {
      title: "nobody is denied",
      resources: { aws_secretsmanager_secret: { db: { name: "production/shop/db" } } },
      declaration,
      finds: found,
    },
    {
      title: "one more reads it",
      resources: secret(denied(["prd-shp-api", "prd-shp-worker", "prd-oth-api"])),
      declaration,
      finds: found,
    },
    {
      title: "all roles of the service read it",
      resources: secret(denied(["prd-shp-*"])),
      declaration,
      finds: [...found, ...found],
    },
    { title: "one of them cannot", resources: secret(denied(["prd-shp-api"])), declaration, finds: found },
    {
      title: "it is denied in clear text alone",
      resources: secret(denied(["prd-shp-api", "prd-shp-worker"], { Bool: { "aws:SecureTransport": "false" } })),
      declaration,
      finds: found,
    },
  ],
  unknown: [
    {
      title: "a variable names who",
      resources: secret({ ...denied([]), Condition: { ArnNotLike: { "aws:PrincipalArn": "${var.who}" } } }),
      declaration,
      finds: found,
    },
  ],
};

const POLICY = ["aws_secretsmanager_secret_policy", "policy"] as const;
const reads = (statement: { readonly Action?: unknown }): boolean =>
  String(statement.Action) === "secretsmanager:GetSecretValue";

export const mutations: readonly Mutation[] = [
  onStatement(POLICY, "let operators read it", (statement) => {
    if (reads(statement))
      statement.Condition.ArnNotLike["aws:PrincipalArn"].push("arn:aws:iam::333333333333:role/prd-plt-operator");
  }),
  onStatement(POLICY, "let all roles of the environment read it", (statement) => {
    if (reads(statement)) statement.Condition.ArnNotLike["aws:PrincipalArn"] = ["arn:aws:iam::333333333333:role/prd-*"];
  }),
  onStatement(POLICY, "deny it to a consumer", (statement) => {
    if (reads(statement)) statement.Condition.ArnNotLike["aws:PrincipalArn"].pop();
  }),
  onStatement(POLICY, "deny it under one more condition", (statement) => {
    if (reads(statement)) statement.Condition.Bool = { "aws:SecureTransport": "false" };
  }),
  onResource("aws_secretsmanager_secret_policy", "drop its policy", () => undefined),
];
