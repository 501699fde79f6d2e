import { type Json, type JsonObject, listOf, objectOf } from "../json.ts";

/**
 * Expressions of a plan's configuration: a constant, or only what they refer to. `{references: ["a.b.c", "a.b"]}` lists
 * every reference with each of its beginnings.
 */

/**
 * What an expression reads as: a constant, the path that it refers to, or that it is some expression. In a configuration that is
 * JSON everything is a constant to Terraform, lists of references too: they stand in it as texts.
 */
export function expressionOf(expression: Json | undefined): Json {
  const { constant_value: constant } = objectOf(expression);
  if (constant !== undefined && constant !== null) return constant;
  const roots = rootsOf(referencesOf(expression));
  return roots.length === 1 ? `\${${roots[0]}}` : `\${unknown(${roots.join(", ")})}`;
}

/** The element of a list whose expression is given as a whole. */
export function elementOf(expression: Json | undefined, at: number, length: number): Json | undefined {
  const { constant_value: constant } = objectOf(expression);
  if (Array.isArray(constant)) return { constant_value: (constant as readonly Json[])[at] ?? null };
  const roots = rootsOf(referencesOf(expression));
  return roots.length === length ? { references: [roots[at] ?? ""] } : { references: roots };
}

/** Constants of an expression and of the blocks in it. */
export function constantOf(expression: Json | undefined): Json | undefined {
  if (Array.isArray(expression)) return (expression as readonly Json[]).map((each) => constantOf(each) ?? null);
  const body = objectOf(expression);
  if ("constant_value" in body) return body["constant_value"];
  if ("references" in body) return expressionOf(body);
  return Object.fromEntries(Object.entries(body).map(([name, each]) => [name, constantOf(each)]));
}

/** Whether it is an expression, and not a block of such. */
export const isExpression = (json: JsonObject): boolean => "references" in json || "constant_value" in json;

/** A resource of those that one block of the configuration makes. */
export interface Instance {
  /** `"logs"`, `0` */
  readonly key: string | number;
  /** What `for_each` refers to. */
  readonly source: Json | undefined;
  /** Whether a resource, as the module names it, has an instance of this key. */
  readonly has: (address: string) => boolean;
}

/**
 * Expressions as one instance means them: `aws_x.y[each.key]` and `aws_x.y[count.index]` refer to the instance of the same
 * key, `each.value` of a `for_each` over resources to that resource. Of the first Terraform does not tell the attribute.
 */
export function ofInstance(expressions: Json | undefined, instance: Instance): Json | undefined {
  if (Array.isArray(expressions))
    return (expressions as readonly Json[]).map((each) => ofInstance(each, instance) ?? null);
  if (typeof expressions !== "object" || expressions === null) return expressions;
  const body = objectOf(expressions);
  if (Array.isArray(body["references"])) return { ...body, references: referencesOfInstance(body, instance) };
  return Object.fromEntries(Object.entries(body).map(([name, each]) => [name, ofInstance(each, instance)]));
}

function referencesOfInstance(expression: JsonObject, { key, source, has }: Instance): readonly string[] {
  const all = referencesOf(expression);
  const [first = "", second = "", ...others] = rootsOf(all);
  const bracket = `[${JSON.stringify(key)}]`;
  if (others.length === 0 && (second === "each.key" || second === "count.index") && has(`${first}${bracket}`)) {
    return [`${first}${bracket}`];
  }
  const [made = "", ...more] = rootsOf(referencesOf(source));
  if (second === "" && /^each\.value(?:\.|$)/.test(first) && more.length === 0 && has(`${made}${bracket}`)) {
    return [first.replace("each.value", `${made}${bracket}`)];
  }
  return all;
}

const referencesOf = (expression: Json | undefined): readonly string[] =>
  listOf(objectOf(expression)["references"]).flatMap((each) => (typeof each === "string" ? [each] : []));

/** Of references that Terraform lists with each of their beginnings, the longest ones. */
const rootsOf = (references: readonly string[]): readonly string[] =>
  references.filter((each, at) => {
    const before = references[at - 1];
    return before === undefined || !(before.startsWith(`${each}.`) || before.startsWith(`${each}[`));
  });
