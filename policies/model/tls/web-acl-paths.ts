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

/** For whom something holds that is asked about a path. */
type Holds = (path: string) => Askers;

/** A rule of a web ACL that decides: one that lets in, or one that refuses; nobody knows which, where it is not shown. */
export interface Turn {
  readonly allows: boolean;
  readonly blocks: boolean;
  readonly holds: Holds;
  /** Of one that refuses whoever asks too often: how often, and what is counted. */
  readonly limit: { readonly rate: Block; readonly counts: Holds } | undefined;
}

/** A web ACL, as requests meet it. */
export interface Passage {
  readonly turns: readonly Turn[];
  /** Whether it lets nobody in whom no rule does. */
  readonly isClosed: boolean;
}

/** Rules in their order; what only counts, and groups of others, let nobody in and may stop nobody. */
export const passageOf = (acl: Block, terraform: Graph): Passage => ({
  turns: acl
    .blocks("rule")
    .toSorted((one, other) => priorityOf(one) - priorityOf(other))
    .map((rule) => turnOf(rule, terraform))
    .filter(({ allows, blocks }) => allows || blocks),
  isClosed: acl.block("default_action")?.block("block") !== undefined,
});

function turnOf(rule: Block, terraform: Graph): Turn {
  if (rule.isUnknown) return { allows: true, blocks: true, holds: () => HIDDEN, limit: undefined };
  const does = (action: string): boolean => rule.block("action")?.block(action) !== undefined;
  const statement = rule.block("statement");
  const rate = statement?.block("rate_based_statement");
  const scope = rate?.block("scope_down_statement");
  return {
    allows: does("allow"),
    blocks: does("block"),
    holds: statement === undefined ? () => HIDDEN : holdsOf(statement, terraform),
    limit:
      rate === undefined
        ? undefined
        : { rate, counts: scope === undefined ? () => EVERYBODY : holdsOf(scope, terraform) },
  };
}

/** How far a request for a path has come. */
export interface Way {
  /** Whom no rule has answered for sure. */
  left: AddressSet;
  /** Who may have been let in. */
  letIn: AddressSet;
  /** Who is stopped, if what is not shown stops him. */
  stopped: AddressSet;
}

/** Who gets an answer from a path, as far as a web ACL is asked. `met` is told how far everybody has come before each rule. */
export function admittedTo(
  { turns, isClosed }: Passage,
  path: string,
  met: (turn: Turn, way: Way) => void = () => undefined,
): Askers {
  const way: Way = { left: everywhere, letIn: nowhere, stopped: nowhere };
  for (const turn of turns) {
    met(turn, way);
    pass(turn, turn.holds(path), way);
  }
  const perhaps = isClosed ? way.letIn : union([way.letIn, way.left]);
  return { sure: subtract(perhaps, way.stopped), perhaps, isHidden: !isEmpty(way.stopped) };
}

function pass({ allows, blocks }: Turn, holds: Askers, way: Way): void {
  if (holds === NOBODY) return;
  if (allows) way.letIn = union([way.letIn, intersect(way.left, holds.perhaps)]);
  if (blocks && holds.isHidden) way.stopped = union([way.stopped, intersect(way.left, holds.perhaps)]);
  way.left = subtract(way.left, holds.sure);
}

const priorityOf = (rule: Block): number => known(rule.number("priority")) ?? Number.NEGATIVE_INFINITY;

/** For whom a statement holds: worked out as far as it says no path. */
function holdsOf(statement: Block, terraform: Graph): Holds {
  if (statement.isUnknown) return () => HIDDEN;
  const inner = (block: Block): readonly Holds[] => block.blocks("statement").map((each) => holdsOf(each, terraform));
  const not = statement.block("not_statement");
  if (not !== undefined) {
    const [first] = inner(not);
    return (path) => (first === undefined ? ANYBODY : others(first(path)));
  }
  const and = statement.block("and_statement");
  if (and !== undefined) {
    const all = inner(and);
    return (path) => all.reduce((found, each) => (found === NOBODY ? found : both(found, each(path))), EVERYBODY);
  }
  const or = statement.block("or_statement");
  if (or !== undefined) {
    const all = inner(or);
    return (path) => all.reduce((found, each) => (found === EVERYBODY ? found : either(found, each(path))), NOBODY);
  }
  return ofMatch(statement, terraform);
}

function ofMatch(statement: Block, terraform: Graph): Holds {
  const set = statement.block("ip_set_reference_statement");
  if (set !== undefined) {
    const asked = inSet(set, terraform);
    return () => asked;
  }
  const text = statement.block("byte_match_statement");
  if (text !== undefined) return byPath(text, holdsOfText(text));
  const expression = statement.block("regex_match_statement");
  if (expression !== undefined) return byPath(expression, holdsOfExpression(expression));
  return () => ANYBODY;
}

const others = ({ sure, perhaps, isHidden }: Askers): Askers => ({
  sure: subtract(everywhere, perhaps),
  perhaps: subtract(everywhere, sure),
  isHidden,
});

/** Most statements are of paths alone, and hold for everybody or for nobody. */
function both(a: Askers, b: Askers): Askers {
  if (a === NOBODY || b === EVERYBODY) return a;
  if (b === NOBODY || a === EVERYBODY) return b;
  return {
    sure: intersect(a.sure, b.sure),
    perhaps: intersect(a.perhaps, b.perhaps),
    isHidden: a.isHidden || b.isHidden,
  };
}

function either(a: Askers, b: Askers): Askers {
  if (a === EVERYBODY || b === NOBODY) return a;
  if (b === EVERYBODY || a === NOBODY) return b;
  return {
    sure: union([a.sure, b.sure]),
    perhaps: union([a.perhaps, b.perhaps]),
    isHidden: a.isHidden || b.isHidden,
  };
}

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

function byPath(match: Block, holds: (asked: string) => boolean | undefined): Holds {
  if (match.block("field_to_match")?.block("uri_path") === undefined) return () => ANYBODY;
  const steps = match
    .blocks("text_transformation")
    .toSorted((one, other) => priorityOf(one) - priorityOf(other))
    .map((each) => TRANSFORMATIONS.get(known(each.text("type")) ?? ""));
  return (path) => {
    let asked: string | undefined = path;
    for (const step of steps) asked = asked === undefined ? undefined : step?.(asked);
    const found = asked === undefined ? undefined : holds(asked);
    if (found === undefined) return HIDDEN;
    return found ? EVERYBODY : NOBODY;
  };
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

function holdsOfText(match: Block): (asked: string) => boolean | undefined {
  const [text, where] = [match.text("search_string"), known(match.text("positional_constraint"))];
  if (text === undefined || isUnknown(text)) return () => undefined;
  switch (where) {
    case "EXACTLY":
      return (asked) => asked === text;
    case "STARTS_WITH":
      return (asked) => asked.startsWith(text);
    case "ENDS_WITH":
      return (asked) => asked.endsWith(text);
    case "CONTAINS":
      return (asked) => asked.includes(text);
    default:
      return () => undefined;
  }
}

function holdsOfExpression(match: Block): (asked: string) => boolean | undefined {
  try {
    const expression = new RegExp(known(match.text("regex_string")) ?? "(");
    return (asked) => expression.test(asked);
  } catch {
    return () => undefined;
  }
}
