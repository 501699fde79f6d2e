import type { Json, JsonObject } from "./json.ts";
import {
  type Condition,
  type Matched,
  operatorOf,
  type PolicyDocument,
  type Principals,
  type Statement,
} from "./policy-statement.ts";
import { policyText } from "./policy-text.ts";
import { Block, type Scope } from "./terraform/block.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/** Reads a document in a text. */
type Read = (json: Json | undefined) => Value<PolicyDocument>;

/**
 * The document of a data source `aws_iam_policy_document`: the one that a plan has read, else the one that its blocks say,
 * put together as the provider does: sources first, then its own statements, then overrides; a statement takes the place
 * of an earlier one of the same Sid. Absent: there is no such data source.
 */
export function policyData(body: JsonObject | undefined, scope: Scope, read: Read): Value<PolicyDocument> | undefined {
  if (body === undefined) return undefined;
  if (typeof body["json"] === "string") return read(body["json"]);
  const block = new Block(body, scope);
  const before = documentsOf(block, ["source_json", "source_policy_documents"], read);
  const own = block.blocks("statement").map((each) => statementOf(each));
  const after = documentsOf(block, ["override_json", "override_policy_documents"], read);
  if (isUnknown(before)) return before;
  if (isUnknown(after)) return after;
  const statements: Statement[] = [...before];
  for (const each of [...own, ...after]) {
    const at = each.sid === undefined || each.sid === "" ? -1 : statements.findIndex(({ sid }) => sid === each.sid);
    if (at < 0) statements.push(each);
    else statements[at] = each;
  }
  return { statements };
}

function documentsOf(block: Block, names: readonly string[], read: Read): Value<readonly Statement[]> {
  const found: Statement[] = [];
  for (const name of names) {
    const given = block.raw[name];
    for (const each of Array.isArray(given) ? (given as readonly Json[]) : [given]) {
      if (each === undefined || each === null) continue;
      const document = read(each);
      if (isUnknown(document)) return document;
      found.push(...document.statements);
    }
  }
  return found;
}

function statementOf(block: Block): Statement {
  return {
    sid: block.text("sid"),
    effect: block.text("effect") ?? "Allow",
    actions: matchedOf(block, "actions") ?? { except: false, patterns: [new Unknown("no actions")] },
    resources: matchedOf(block, "resources"),
    principals: principalsOf(block),
    conditions: block.blocks("condition").map(conditionOf),
  };
}

function matchedOf(block: Block, name: string): Matched | undefined {
  const except = !block.has(name) && block.has(`not_${name}`);
  const given = except ? `not_${name}` : name;
  return block.has(given) ? { except, patterns: textsOf(block, given) } : undefined;
}

function principalsOf(block: Block): Principals | undefined {
  const except = block.blocks("principals").length === 0 && block.blocks("not_principals").length > 0;
  const blocks = block.blocks(except ? "not_principals" : "principals");
  if (blocks.length === 0) return undefined;
  const all = blocks.flatMap((each) => {
    const type = each.text("type") ?? new Unknown("no type");
    return textsOf(each, "identifiers").map((who) => ({ type, who }));
  });
  return { except, all };
}

const conditionOf = (block: Block): Condition => {
  const [test, key] = [block.text("test"), block.text("variable")];
  return {
    ...operatorOf(typeof test === "string" ? test : "Unknown"),
    key: typeof key === "string" ? key.toLowerCase() : "unknown",
    values: textsOf(block, "values"),
  };
};

/** Texts with expressions in them, as far as they are known. `&{aws:username}` stands for a variable of the policy language. */
function textsOf(block: Block, name: string): readonly Value<string>[] {
  const given = block.raw[name];
  if (block.isUnknown || !Array.isArray(given)) return block.texts(name);
  return (given as readonly Json[]).map((each) =>
    typeof each === "string"
      ? policyText(each.replaceAll("&{", "$${"), block.scope)
      : new Unknown(JSON.stringify(each)),
  );
}
