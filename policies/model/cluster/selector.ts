import type { Fields } from "./fields.ts";

/** Which labels an object must have: all of `labels`, and each of `expressions`. */
export interface Selector {
  readonly labels: ReadonlyMap<string, string>;
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A label selector (`matchLabels`, `matchExpressions`). */
export const selectorOf = (fields: Fields): Selector => ({
  labels: fields.map("matchLabels"),
  expressions: fields.list("matchExpressions").map((each) => ({
    key: String(each.raw["key"]),
    operator: String(each.raw["operator"]),
    values: each.texts("values"),
  })),
});

/** A map of labels as a selector, as Services have it. */
export const labelsAsSelector = (labels: ReadonlyMap<string, string>): Selector => ({ labels, expressions: [] });

/** Whether it has no condition at all: what that means differs by kind. */
export const isEmpty = ({ labels, expressions }: Selector): boolean => labels.size === 0 && expressions.length === 0;

/** Whether labels meet it. An empty one is met by all. */
export function selects({ labels, expressions }: Selector, of: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of labels) if (of.get(key) !== value) return false;
  return expressions.every((each) => holds(each, of));
}

function holds({ key, operator, values }: Expression, of: ReadonlyMap<string, string>): boolean {
  const value = of.get(key);
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      // The API refuses other operators: such a selector selects nothing.
      return false;
  }
}

/** For a finding: `app=edge, tier in (web)`. */
export const selectorShown = ({ labels, expressions }: Selector): string =>
  [
    ...[...labels].map(([key, value]) => `${key}=${value}`),
    ...expressions.map(({ key, operator, values }) => `${key} ${operator} (${values.join(", ")})`),
  ].join(", ") || "everything";
