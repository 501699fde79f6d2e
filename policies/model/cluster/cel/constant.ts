import { type Part, parseCel } from "./parse.ts";

/**
 * What comes of an expression: `true` or `false` whatever is asked, `constant` where it reads nothing of what is asked,
 * `varies`, or `unreadable`.
 */
export type Outcome = boolean | "constant" | "varies" | "unreadable";

/** By names, expressions of a policy that its other ones read as `variables.NAME`. */
export type Variables = ReadonlyMap<string, string>;

/** What an expression in CEL comes to, as far as that does not hang on the request. */
export function outcomeOf(expression: string, variables: Variables = new Map()): Outcome {
  const part = parseCel(expression);
  return part === undefined ? "unreadable" : outcome(part, variables, new Set());
}

/** Names that an expression reads, also by way of variables: `object`, `oldObject`, `request`. */
export function readsOf(
  expression: string,
  variables: Variables,
  seen: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const part = parseCel(expression);
  const names = new Set<string>();
  const visit = ({ operator, word, of }: Part): void => {
    if (operator === "name") names.add(word);
    const variable = operator === "member" && of[0]?.text === "variables" ? variables.get(word) : undefined;
    if (variable !== undefined && !seen.has(word)) {
      for (const each of readsOf(variable, variables, new Set([...seen, word]))) names.add(each);
    }
    for (const each of of) visit(each);
  };
  if (part !== undefined) visit(part);
  return names;
}

type Seen = ReadonlySet<string>;

function outcome(part: Part, variables: Variables, seen: Seen): Outcome {
  const { operator, of, word } = part;
  const come = (each: Part): Outcome => outcome(each, variables, seen);
  switch (operator) {
    case "text":
    case "number":
      return "constant";
    case "name":
      return word === "true" || word === "false" ? word === "true" : "varies";
    case "member":
      return ofMember(part, variables, seen);
    case "!":
      return contrary(of.map(come));
    case "||":
      return eitherOf(operandsOf(part, "||"), variables, seen, true);
    case "&&":
      return eitherOf(operandsOf(part, "&&"), variables, seen, false);
    case "?:":
      return chosen(of.map(come));
    case "call":
      return ofCall(part, come);
    default:
      return compared(part) ?? together(of.map(come));
  }
}

const contrary = ([only]: readonly Outcome[]): Outcome => (typeof only === "boolean" ? !only : (only ?? "unreadable"));

function chosen([condition, yes, no]: readonly Outcome[]): Outcome {
  if (typeof condition === "boolean") return (condition ? yes : no) ?? "unreadable";
  return yes === no && yes !== undefined ? yes : "varies";
}

/** What reads nothing of the request in none of its parts reads nothing of it. */
const together = (all: readonly Outcome[]): Outcome =>
  all.every((each) => each !== "varies" && each !== "unreadable") ? "constant" : "varies";

function ofMember({ of: [owner], word }: Part, variables: Variables, seen: Seen): Outcome {
  if (owner?.text !== "variables") return owner === undefined ? "varies" : together([outcome(owner, variables, seen)]);
  const expression = variables.get(word);
  const part = expression === undefined || seen.has(word) ? undefined : parseCel(expression);
  return part === undefined ? "varies" : outcome(part, variables, new Set([...seen, word]));
}

/** All operands of one operator in a row. */
const operandsOf = (part: Part, operator: string): readonly Part[] =>
  part.operator === operator ? part.of.flatMap((each) => operandsOf(each, operator)) : [part];

/** `||` is decided by one that is true, `&&` by one that is false, and both by a part beside its contrary. */
function eitherOf(parts: readonly Part[], variables: Variables, seen: Seen, decisive: boolean): Outcome {
  const all = parts.map((each) => outcome(each, variables, seen));
  const texts = new Set(parts.map(({ text }) => text));
  const isContrary = parts.some(({ operator, of: [only] }) => operator === "!" && texts.has(only?.text ?? ""));
  if (isContrary || all.includes(decisive)) return decisive;
  if (all.every((each) => each === !decisive)) return !decisive;
  return together(all);
}

/** `all` of whatever list holds where its condition is true, `exists` nowhere where it is false. */
function ofCall({ word, of }: Part, come: (each: Part) => Outcome): Outcome {
  const last = of.at(-1);
  const condition = last === undefined ? undefined : come(last);
  if (word === "all" && condition === true) return true;
  if ((word === "exists" || word === "exists_one") && condition === false) return false;
  return together(of.map(come));
}

/** What two parts that read the same, or two that are written down, come to. */
function compared({ operator, of: [left, right] }: Part): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left.text === right.text) {
    if (["==", "<=", ">="].includes(operator)) return true;
    return ["!=", "<", ">"].includes(operator) ? false : undefined;
  }
  const written = (part: Part): boolean => part.operator === "text" || part.operator === "number";
  if (operator === "in" && right.operator === "list" && right.of.length === 0) return false;
  if (isSize(left) && right.text === "0" && operator === ">=") return true;
  if (!written(left) || !written(right)) return undefined;
  const [one, other] = [Number(left.text), Number(right.text)];
  switch (operator) {
    case "==":
      return false;
    case "!=":
      return true;
    case "<":
      return one < other;
    case "<=":
      return one <= other;
    case ">":
      return one > other;
    case ">=":
      return one >= other;
    default:
      return undefined;
  }
}

const isSize = ({ operator, word }: Part): boolean => operator === "call" && word === "size";
