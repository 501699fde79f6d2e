import type { Context } from "./context.ts";

/** What an `if` asks: `($caller = 0)`. */
export interface Condition {
  /** Without its brackets. */
  readonly text: string;
  readonly variable: string;
  readonly operator: string | undefined;
  readonly other: string;
}

/** Of the `if` that a block is; nothing for all others. */
export function conditionOf({ kind, directive }: Context): Condition | undefined {
  if (kind !== "if") return undefined;
  const text = (directive?.words ?? []).join(" ").replace(/^\(\s*|\s*\)$/g, "");
  const [variable = "", operator, ...other] = text.split(/\s+/);
  return { text, variable, operator, other: other.join(" ") };
}
