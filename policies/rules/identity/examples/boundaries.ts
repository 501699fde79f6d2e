import type { JsonObject } from "../../../model/json.ts";
import { documentOf } from "./documents.ts";

const WITHIN = [
  "AttachRolePolicy",
  "AttachUserPolicy",
  "CreateRole",
  "CreateUser",
  "PutRolePermissionsBoundary",
  "PutRolePolicy",
  "PutUserPermissionsBoundary",
  "PutUserPolicy",
];
const NEVER = [
  "AddUserToGroup",
  "AttachGroupPolicy",
  "CreateAccessKey",
  "CreateLoginProfile",
  "DeleteRolePermissionsBoundary",
  "DeleteUserPermissionsBoundary",
  "PutGroupPolicy",
];

/** A boundary that its carriers cannot get around, but for actions that it forgets. */
export const holdingBoundary = (forgets: readonly string[] = []): JsonObject => {
  const actions = (names: readonly string[]) =>
    names.map((name) => `iam:${name}`).filter((name) => !forgets.includes(name));
  const arn = "arn:aws:iam::111111111111:policy/boundary";
  return {
    aws_iam_policy: {
      boundary: {
        name: "boundary",
        policy: documentOf(
          { Effect: "Allow", Action: "*", Resource: "*" },
          {
            ...{ Effect: "Deny", Action: actions(WITHIN), Resource: "*" },
            Condition: { StringNotEquals: { "iam:PermissionsBoundary": arn } },
          },
          { Effect: "Deny", Action: actions(NEVER), Resource: ["*"] },
          { Effect: "Deny", Action: actions(["CreatePolicyVersion", "SetDefaultPolicyVersion"]), Resource: [arn] },
        ),
      },
    },
  };
};
