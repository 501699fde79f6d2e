import { isObject, type Json, type JsonObject, listOf, textOf } from "./json.ts";
import { policyData } from "./policy-data.ts";
import { encodedOf } from "./policy-encoded.ts";
import {
  type Condition,
  type Matched,
  operatorOf,
  type PolicyDocument,
  type Principals,
  type Statement,
} from "./policy-statement.ts";
import { policyText } from "./policy-text.ts";
import { templatedJson } from "./templated-json.ts";
import type { Block, Scope } from "./terraform/block.ts";
import { dataAt } from "./terraform/document.ts";
import { partsOf, pathOf } from "./terraform/expression.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/** References that lead to documents that refer again. */
const DEEPEST = 10;

/**
 * The policy document in an attribute: JSON in a text with expressions in it, or a reference to a document: a local
 * value, the same attribute of another resource, `data.aws_iam_policy_document.x.json`. Absent: the attribute is. Unknown:
 * outputs do not show it.
 */
export function policyDocument(block: Block, attribute: string): Value<PolicyDocument> | undefined {
  if (!block.has(attribute)) return undefined;
  if (block.isUnknown) return new Unknown(attribute);
  const documents = read.get(block) ?? new Map<string, Value<PolicyDocument>>();
  read.set(block, documents);
  const before = documents.get(attribute);
  if (before !== undefined) return before;
  const document = documentOf(block.raw[attribute], block.scope, 0);
  documents.set(attribute, document);
  return document;
}

/** Documents by block and attribute: several kinds ask for each, and a block never changes. */
const read = new WeakMap<Block, Map<string, Value<PolicyDocument>>>();

function documentOf(raw: Json | undefined, scope: Scope, depth: number): Value<PolicyDocument> {
  if (isObject(raw)) return written(raw, scope);
  const text = textOf(raw);
  if (text === undefined || depth > DEEPEST) return new Unknown(JSON.stringify(raw) ?? "nothing");
  const json = templatedJson(text);
  return isObject(json) ? written(json, scope) : referred(text, scope, depth);
}

/** A text that is no JSON: where it refers to, when it does nothing else. */
function referred(text: string, scope: Scope, depth: number): Value<PolicyDocument> {
  const [only, ...more] = partsOf(text);
  if (only === undefined || "text" in only || more.length > 0) return new Unknown(text);
  const encoded = encodedOf(only.expression);
  if (encoded !== undefined) return documentOf(encoded, scope, depth + 1);
  const [first, second, third, fourth, ...rest] = pathOf(only.expression) ?? [];
  if (first === "local" && third === undefined)
    return documentOf(scope.document.locals[String(second)], scope, depth + 1);
  if (first === "data" && second === "aws_iam_policy_document" && rest.length === 0 && /json$/.test(String(fourth))) {
    const body = dataAt(scope.document, scope.module, `data.aws_iam_policy_document.${String(third)}`);
    return policyData(body, scope, (json) => documentOf(json, scope, depth + 1)) ?? new Unknown(text);
  }
  return first === undefined ? new Unknown(text) : followed(text, scope, depth);
}

/** Another state's output, an attribute of another resource. */
function followed(text: string, scope: Scope, depth: number): Value<PolicyDocument> {
  const value = scope.graph.evaluate(text, scope) ?? new Unknown(text);
  if (!isUnknown(value)) return value === text ? new Unknown(text) : documentOf(value, scope, depth + 1);
  const given = value.resource?.raw.attributes[value.attribute ?? ""];
  return value.resource === undefined || given === undefined || given === null
    ? value
    : documentOf(given, value.resource.block.scope, depth + 1);
}

function written(json: JsonObject, scope: Scope): Value<PolicyDocument> {
  const statements = listOf(json["Statement"]);
  if (json["Statement"] === undefined || !statements.every(isObject)) return new Unknown(JSON.stringify(json));
  return { statements: statements.map((each) => statementOf(each, scope)) };
}

function statementOf(json: JsonObject, scope: Scope): Statement {
  const sid = textOf(json["Sid"]);
  return {
    sid: sid === undefined ? undefined : policyText(sid, scope),
    effect: textsOf(json["Effect"], scope)[0] ?? new Unknown("no Effect"),
    actions: matchedOf(json, "Action", scope) ?? { except: false, patterns: [new Unknown("no Action")] },
    resources: matchedOf(json, "Resource", scope),
    principals: principalsOf(json, scope),
    conditions: conditionsOf(json["Condition"], scope),
  };
}

function matchedOf(json: JsonObject, name: string, scope: Scope): Matched | undefined {
  const except = json[name] === undefined && json[`Not${name}`] !== undefined;
  const given = json[except ? `Not${name}` : name];
  return given === undefined ? undefined : { except, patterns: textsOf(given, scope) };
}

function principalsOf(json: JsonObject, scope: Scope): Principals | undefined {
  const except = json["Principal"] === undefined && json["NotPrincipal"] !== undefined;
  const given = json[except ? "NotPrincipal" : "Principal"];
  if (given === undefined) return undefined;
  if (!isObject(given))
    return { except, all: textsOf(given, scope).map((who) => ({ type: isUnknown(who) ? who : "*", who })) };
  const all = Object.entries(given).flatMap(([type, whos]) => textsOf(whos, scope).map((who) => ({ type, who })));
  return { except, all };
}

function conditionsOf(json: Json | undefined, scope: Scope): readonly Condition[] {
  if (json === undefined || json === null) return [];
  // A condition that cannot be read holds nobody knows when.
  if (!isObject(json))
    return [{ ...operatorOf("Unknown"), key: "unknown", values: [new Unknown(JSON.stringify(json))] }];
  return Object.entries(json).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          ...operatorOf(operator),
          key: key.toLowerCase(),
          values: textsOf(values, scope),
        }))
      : [{ ...operatorOf(operator), key: "unknown", values: [new Unknown(JSON.stringify(keys))] }],
  );
}

function textsOf(json: Json | undefined, scope: Scope): readonly Value<string>[] {
  return listOf(json).map((each) => {
    if (typeof each === "string") return policyText(each, scope);
    return typeof each === "object" ? new Unknown(JSON.stringify(each)) : String(each);
  });
}
