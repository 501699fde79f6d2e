import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown } from "../value.ts";

/** A permission of a function says in attributes what others say in a statement. */
export function permissionOf({ block }: Resource): PolicyDocument {
  const principal = block.text("principal") ?? "*";
  const isService = !isUnknown(principal) && principal.includes(".");
  const statement: Statement = {
    sid: block.text("statement_id"),
    effect: "Allow",
    actions: { except: false, patterns: [block.text("action") ?? "lambda:InvokeFunction"] },
    resources: undefined,
    principals: { except: false, all: [{ type: isService ? "Service" : "AWS", who: principal }] },
    conditions: [
      "source_account",
      "source_arn",
      "principal_org_id",
      "organization_id",
      "function_url_auth_type",
    ].flatMap((name) => conditionOf(block, name)),
  };
  return { statements: [statement] };
}

const KEYS: Readonly<Record<string, string>> = {
  source_account: "aws:sourceaccount",
  source_arn: "aws:sourcearn",
  principal_org_id: "aws:principalorgid",
  organization_id: "aws:principalorgid",
};

function conditionOf(block: Block, name: string): Statement["conditions"] {
  const value = block.text(name);
  const key = KEYS[name] ?? (value === "AWS_IAM" ? "lambda:functionurlauthtype" : undefined);
  return value === undefined || key === undefined
    ? []
    : [{ operator: "ArnLike", qualifier: undefined, ifExists: false, key, values: [value] }];
}
