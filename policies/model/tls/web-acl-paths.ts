import { type AddressSet, everywhere, intersect, isEmpty, nowhere, parseCidr, subtract, union } from "../addresses.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import { isUnknown, known } from "../value.ts";

/** Who asks for a path: those for whom a statement holds for sure, and those for whom it may hold. */
export interface Askers {
  readonly sure: AddressSet;
  readonly perhaps: AddressSet;
  /** Whether outputs do not show it, where the two differ; else whoever asks decides. */
  readonly isHidden: boolean;
}

const EVERYBODY: Askers = { sure: everywhere, perhaps: everywhere, isHidden: false };
const NOBODY: Askers = { sure: nowhere, perhaps: nowhere, isHidden: false };
/** Of what the rest of a request decides, its sender decides. */
const ANYBODY: Askers = { sure: nowhere, perhaps: everywhere, isHidden: false };
const HIDDEN: Askers = { ...ANYBODY, isHidden: true };

/** A rule of a web ACL, and for whom it holds of all that get as far. */
export interface Turn {
  readonly rule: Block;
  readonly holds: Askers;
  /** Whom no rule before has answered for sure. */
  readonly left: AddressSet;
  /** Who may have been let in before. */
  readonly letIn: AddressSet;
}

/** What becomes of requests for one path, rule by rule in their order; at the end who gets an answer. */
export function* turnsOf(acl: Block, path: string, terraform: Graph): Generator<Turn, Askers> {
  let [left, letIn, stopped] = [everywhere, nowhere, nowhere];
  const inOrder = acl.blocks("rule").toSorted((one, other) => priorityOf(one) - priorityOf(other));
  for (const rule of inOrder) {
    const statement = rule.block("statement");
    const holds = statement === undefined || rule.isUnknown ? HIDDEN : askersOf(statement, path, terraform);
    yield { rule, holds, left, letIn };
    if (rule.isUnknown || does(rule, "allow")) {
      letIn = union([letIn, intersect(left, holds.perhaps)]);
      left = subtract(left, holds.sure);
    }
    if (rule.isUnknown || does(rule, "block")) {
      if (holds.isHidden) stopped = union([stopped, intersect(left, holds.perhaps)]);
      left = subtract(left, holds.sure);
    }
  }
  const perhaps = acl.block("default_action")?.block("block") === undefined ? union([letIn, left]) : letIn;
  return { sure: subtract(perhaps, stopped), perhaps, isHidden: !isEmpty(stopped) };
}

/** Who gets an answer from a path, as far as a web ACL is asked. */
export function admittedTo(acl: Block, path: string, terraform: Graph): Askers {
  const turns = turnsOf(acl, path, terraform);
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}

export const does = (rule: Block, action: "allow" | "block"): boolean =>
  rule.block("action")?.block(action) !== undefined;

const priorityOf = (rule: Block): number => known(rule.number("priority")) ?? Number.NEGATIVE_INFINITY;

/** For whom a statement holds that is asked about a path. */
export function askersOf(statement: Block, path: string, terraform: Graph): Askers {
  if (statement.isUnknown) return HIDDEN;
  const inner = (block: Block): readonly Askers[] =>
    block.blocks("statement").map((each) => askersOf(each, path, terraform));
  const not = statement.block("not_statement");
  if (not !== undefined) return inner(not).map(others)[0] ?? ANYBODY;
  const and = statement.block("and_statement");
  if (and !== undefined) return inner(and).reduce(both, EVERYBODY);
  const or = statement.block("or_statement");
  if (or !== undefined) return inner(or).reduce(either, NOBODY);
  const set = statement.block("ip_set_reference_statement");
  if (set !== undefined) return inSet(set, terraform);
  const text = statement.block("byte_match_statement");
  if (text !== undefined) return byPath(text, path, (asked) => holdsOfText(text, asked));
  const expression = statement.block("regex_match_statement");
  if (expression !== undefined) return byPath(expression, path, (asked) => holdsOfExpression(expression, asked));
  return ANYBODY;
}

const others = ({ sure, perhaps, isHidden }: Askers): Askers => ({
  sure: subtract(everywhere, perhaps),
  perhaps: subtract(everywhere, sure),
  isHidden,
});
const both = (a: Askers, b: Askers): Askers => ({
  sure: intersect(a.sure, b.sure),
  perhaps: intersect(a.perhaps, b.perhaps),
  isHidden: a.isHidden || b.isHidden,
});
const either = (a: Askers, b: Askers): Askers => ({
  sure: union([a.sure, b.sure]),
  perhaps: union([a.perhaps, b.perhaps]),
  isHidden: a.isHidden || b.isHidden,
});

/** Addresses that a header tells are whatever its sender writes. */
function inSet(reference: Block, terraform: Graph): Askers {
  const set = terraform.find(reference.text("arn"), "aws_wafv2_ip_set");
  if (reference.has("ip_set_forwarded_ip_config")) return ANYBODY;
  if (set === undefined) return HIDDEN;
  const ranges = set.block.texts("addresses").map((each) => parseCidr(known(each) ?? ""));
  const sure = union(ranges.flatMap((each) => each ?? []));
  return ranges.includes(undefined)
    ? { sure, perhaps: everywhere, isHidden: true }
    : { sure, perhaps: sure, isHidden: false };
}

function byPath(match: Block, path: string, holds: (asked: string) => boolean | undefined): Askers {
  if (match.block("field_to_match")?.block("uri_path") === undefined) return ANYBODY;
  const asked = transformed(match, path);
  const found = asked === undefined ? undefined : holds(asked);
  if (found === undefined) return HIDDEN;
  return found ? EVERYBODY : NOBODY;
}

/** A path as a statement sees it; unknown by a transformation that is none of these. */
function transformed(match: Block, path: string): string | undefined {
  const steps = match
    .blocks("text_transformation")
    .toSorted((one, other) => priorityOf(one) - priorityOf(other))
    .map((each) => known(each.text("type")) ?? "");
  return steps.reduce<string | undefined>(
    (text, step) => (text === undefined ? undefined : TRANSFORMATIONS.get(step)?.(text)),
    path,
  );
}

const TRANSFORMATIONS: ReadonlyMap<string, (text: string) => string> = new Map([
  ["NONE", (text: string) => text],
  ["LOWERCASE", (text: string) => text.toLowerCase()],
  [
    "URL_DECODE",
    (text: string) =>
      text.replaceAll(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  ],
  ["NORMALIZE_PATH", (text: string) => new URL(text.replaceAll(/\/{2,}/g, "/"), "http://host").pathname],
]);

function holdsOfText(match: Block, asked: string): boolean | undefined {
  const [text, where] = [match.text("search_string"), match.text("positional_constraint")];
  if (text === undefined || isUnknown(text)) return undefined;
  switch (known(where)) {
    case "EXACTLY":
      return asked === text;
    case "STARTS_WITH":
      return asked.startsWith(text);
    case "ENDS_WITH":
      return asked.endsWith(text);
    case "CONTAINS":
      return asked.includes(text);
    default:
      return undefined;
  }
}

function holdsOfExpression(match: Block, asked: string): boolean | undefined {
  try {
    return new RegExp(known(match.text("regex_string")) ?? "(").test(asked);
  } catch {
    return undefined;
  }
}
