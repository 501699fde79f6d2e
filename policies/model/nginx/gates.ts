import { refuses } from "./answers.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import type { Context } from "./context.ts";
import { holds, type Variables } from "./variables.ts";

/** `if ($caller = 0) { return 403; }` of a block. */
export const gatesOf = (context: Context): readonly Condition[] =>
  context.children.filter(refuses).flatMap((each) => conditionOf(each) ?? []);

/** Whether a gate refuses, whatever else holds: by default a caller whom no list names. */
export const isShut = (
  { variable, operator, other }: Condition,
  variables: Variables,
  asks: "anything" | "nothing listed" = "nothing listed",
): boolean => variables.valuesOf(variable, asks).every((value) => holds(value, operator, other) === true);

/** Whether `proxy_pass $peer` of stream has no peer, or none that is there: by default for a caller whom no map names. */
export function leadsNowhere(
  context: Context,
  target: string,
  variables: Variables,
  asks: "anything" | "nothing listed" = "nothing listed",
): boolean {
  const values = target.startsWith("$") ? variables.valuesOf(target, asks) : [target];
  return values.every((value) => value === "" || isDown(context, value));
}

function isDown(context: Context, name: string): boolean {
  const upstream = context.inForce("upstream").find(({ words }) => words[0] === name);
  const servers = upstream?.block?.filter((each) => each.name === "server") ?? [];
  return servers.length > 0 && servers.every(({ words }) => words.includes("down"));
}
