import { covers, parseCidr } from "../addresses.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { matchesWildcard } from "../wildcard.ts";

/**
 * Whether an event of EventBridge matches a pattern; undefined where the pattern compares in a way that is not known here
 * (Amazon EventBridge user guide, "Comparison operators", read 2026-11-23).
 */
export function matchesEvent(pattern: JsonObject, event: Json | undefined): boolean | undefined {
  return every(
    Object.entries(pattern).map(([name, wanted]) => {
      if (name === "$or" && Array.isArray(wanted))
        return some(
          (wanted as readonly Json[]).map((each) => (isObject(each) ? matchesEvent(each, event) : undefined)),
        );
      const got = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
      if (Array.isArray(wanted)) return some((wanted as readonly Json[]).map((each) => matchesAny(each, got)));
      if (!isObject(wanted)) return undefined;
      // Of a list of objects any may match.
      return Array.isArray(got) ? some(got.map((each) => matchesEvent(wanted, each))) : matchesEvent(wanted, got);
    }),
  );
}

/** One that fails decides, then one that nobody can tell. */
function every(all: readonly (boolean | undefined)[]): boolean | undefined {
  if (all.includes(false)) return false;
  return all.includes(undefined) ? undefined : true;
}

const some = (all: readonly (boolean | undefined)[]): boolean | undefined => not(every(all.map(not)));

/** Of a list any value may match; of nothing, only what asks for that. */
function matchesAny(wanted: Json, got: Json | undefined): boolean | undefined {
  if (isObject(wanted) && typeof wanted["exists"] === "boolean") return wanted["exists"] === (got !== undefined);
  if (Array.isArray(got)) return some(got.map((each) => matchesOne(wanted, each)));
  return got === undefined ? false : matchesOne(wanted, got);
}

function matchesOne(wanted: Json, got: Json): boolean | undefined {
  if (!isObject(wanted)) return wanted === got;
  const [[operator, operand] = [], ...more] = Object.entries(wanted);
  if (more.length > 0 || operand === undefined) return undefined;
  if (operator === "numeric") return typeof got === "number" ? isWithin(got, operand) : false;
  if (operator === "anything-but") return not(some(listOf(operand).map((each) => matchesOne(each, got))));
  if (typeof operand !== "string") return undefined;
  return typeof got === "string" ? matchesText(operator ?? "", operand, got) : false;
}

function matchesText(operator: string, operand: string, got: string): boolean | undefined {
  switch (operator) {
    case "prefix":
      return got.startsWith(operand);
    case "suffix":
      return got.endsWith(operand);
    case "equals-ignore-case":
      return got.toLowerCase() === operand.toLowerCase();
    case "wildcard":
      return matchesWildcard(operand, got);
    case "cidr": {
      const [all, one] = [parseCidr(operand), parseCidr(got)];
      return all !== undefined && one !== undefined && covers(all, one);
    }
    default:
      return undefined;
  }
}

const not = (held: boolean | undefined): boolean | undefined => (held === undefined ? undefined : !held);
const listOf = (json: Json): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : [json]);

/** `[">", 0, "<=", 5]`. */
function isWithin(got: number, operand: Json): boolean | undefined {
  const parts = listOf(operand);
  const found: (boolean | undefined)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const figure = parts[at + 1];
    found.push(typeof figure === "number" ? compares(got, parts[at], figure) : undefined);
  }
  return every(found);
}

function compares(got: number, operator: Json | undefined, figure: number): boolean | undefined {
  switch (operator) {
    case "=":
      return got === figure;
    case "<":
      return got < figure;
    case "<=":
      return got <= figure;
    case ">":
      return got > figure;
    case ">=":
      return got >= figure;
    default:
      return undefined;
  }
}
