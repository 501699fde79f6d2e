import { expect, test } from "vitest";
import { type ResourceStatement, resourcePolicy } from "../../../constructs/identity/resource-policy.ts";

const statement: ResourceStatement = {
  sid: "Read",
  effect: "Allow",
  principals: { services: ["logs.amazonaws.com"] },
  actions: ["s3:GetObject"],
  resources: ["arn:aws:s3:::example/*"],
};

test("a statement is written in the spelling of the policy language", () => {
  expect(JSON.parse(resourcePolicy([statement]))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Allow",
        Principal: { Service: ["logs.amazonaws.com"] },
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::example/*"],
      },
    ],
  });
});

test("fails when a condition has no value, since such a denial spares nobody", () => {
  const conditions = { ArnNotLike: { "aws:PrincipalArn": [] } };
  expect(() => resourcePolicy([{ ...statement, conditions }])).toThrow(
    "policy Read: ArnNotLike aws:PrincipalArn must have at least one value, got none",
  );
});

test("fails when a sid is used twice", () => {
  expect(() => resourcePolicy([statement, statement])).toThrow("policy: sids must be unique, got Read twice");
});
