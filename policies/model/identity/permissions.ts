import { operatorOf, type PolicyDocument, type Statement } from "../policy-statement.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown } from "../value.ts";

/** What says in attributes what others say in a statement, and of what. */
export const permissions: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_permission: "event bus",
  aws_lambda_layer_version_permission: "function",
  aws_lambda_permission: "function",
};

/** The statement of such a permission. */
export function permissionOf({ block }: Resource): PolicyDocument {
  const principal = block.text("principal") ?? "*";
  // A name of someone may have a dot in it, too.
  const isService = !isUnknown(principal) && !principal.startsWith("arn:") && principal.includes(".");
  const statement: Statement = {
    sid: block.text("statement_id"),
    effect: "Allow",
    actions: { except: false, patterns: [block.text("action") ?? "lambda:InvokeFunction"] },
    resources: undefined,
    principals: { except: false, all: [{ type: isService ? "Service" : "AWS", who: principal }] },
    conditions: [
      ...Object.entries(KEYS).flatMap(([name, key]) => conditionOf(block, name, key)),
      ...block.blocks("condition").map(conditionIn),
    ],
  };
  return { statements: [statement] };
}

/** That a function's own address asks who calls is none of them: every customer of AWS can say who he is. */
const KEYS: Readonly<Record<string, string>> = {
  source_account: "aws:sourceaccount",
  source_arn: "aws:sourcearn",
  principal_org_id: "aws:principalorgid",
  organization_id: "aws:principalorgid",
};

function conditionOf(block: Block, name: string, key: string): Statement["conditions"] {
  const value = block.text(name);
  return value === undefined
    ? []
    : [{ operator: "ArnLike", qualifier: undefined, ifExists: false, key, values: [value] }];
}

/** A condition that is written out, of an event bus. */
function conditionIn(block: Block): Statement["conditions"][number] {
  const [type, key] = [block.text("type"), block.text("key")];
  return {
    ...operatorOf(typeof type === "string" ? type : "Unknown"),
    key: typeof key === "string" ? key.toLowerCase() : "unknown",
    values: block.texts("value"),
  };
}
