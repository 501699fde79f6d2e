import { hash } from "node:crypto";
import { parseRange } from "../cidr.ts";
import { isObject, type Json, type JsonObject, listOf } from "../json.ts";
import { isTemplate, partsOf } from "./expression.ts";

/** Names of one protocol: a plan has the provider's. */
const PROTOCOLS: Readonly<Record<string, string>> = { all: "-1", tcp: "6", udp: "17", icmp: "1", icmpv6: "58" };

/**
 * Whether a literal of a configuration may have come to what a plan says. Providers write numbers as texts, JSON in an order
 * of their own, names in small letters, one block as a list of one, sets in any order, and digests for what is long. What is
 * an expression on either side may be anything.
 */
export function isSame(configured: Json | undefined, planned: Json | undefined): boolean {
  if (isExpression(configured) || isPutOff(planned)) return true;
  if (planned === undefined || planned === null) return isNothing(configured);
  if (Array.isArray(configured) || Array.isArray(planned)) return areSame(listOf(configured), listOf(planned));
  if (isObject(configured))
    return isObject(planned) && namesIn(configured).every((name) => fits(name, configured, planned));
  return !isObject(planned) && isSameText(unescaped(String(configured)), unescaped(String(planned)));
}

/** Names in a block whose values a plan can be asked for: a value that is only written is in none. */
export const namesIn = (block: JsonObject): readonly string[] =>
  Object.keys(block).filter((name) => name !== "//" && name !== "dynamic" && !name.endsWith("_wo"));

/** Whether a plan's block says what a configured one does under a name; of dynamic blocks nobody knows how many there are. */
export const fits = (name: string, configured: JsonObject, planned: JsonObject): boolean =>
  isDynamic(name, configured) || isSame(configured[name], planned[name]);

/** Whether blocks of a name are made by an expression. */
export const isDynamic = (name: string, block: JsonObject): boolean =>
  [block, ...listOf(block["dynamic"])].some((each) => isObject(each) && each !== block && each[name] !== undefined);

/** Every one that is configured is planned, and none that is not. */
function areSame(configured: readonly Json[], planned: readonly Json[]): boolean {
  if (planned.length > configured.length) return false;
  if (planned.length === configured.length && configured.every((each, at) => isSame(each, planned[at]))) return true;
  const { lacking, added } = unmatched(configured, planned);
  return lacking.length === 0 && added.length === 0;
}

/** What is configured and not planned, and what is planned and not configured. */
function unmatched(configured: readonly Json[], planned: readonly Json[]) {
  // There may be thousands: those that look alike are tried first.
  const names = namesOfAll(configured);
  const own = Map.groupBy(configured, (each) => looksOf(each, names));
  const others = Map.groupBy(planned, (each) => looksOf(each, names));
  const isIn = (each: Json) => (other: Json) => isSame(each, other);
  const isOf = (other: Json) => (each: Json) => isSame(each, other);
  return {
    lacking: configured.filter(
      (each) => !isNothing(each) && !others.get(looksOf(each, names))?.some(isIn(each)) && !planned.some(isIn(each)),
    ),
    added: planned.filter(
      (other) => !own.get(looksOf(other, names))?.some(isOf(other)) && !configured.some(isOf(other)),
    ),
  };
}

/** Names that every block of a list gives a literal under. */
export function namesOfAll(blocks: readonly Json[]): readonly string[] {
  const [first] = blocks;
  if (!isObject(first)) return [];
  const isLiteral = (value: Json | undefined) =>
    value !== null && value !== undefined && typeof value !== "object" && !isExpression(value);
  return namesIn(first).filter((name) => blocks.every((each) => isObject(each) && isLiteral(each[name])));
}

/** What a block says under these names, in one form: blocks that are the same look alike. */
export const looksOf = (value: Json, names: readonly string[]): string =>
  isObject(value) ? JSON.stringify(names.map((name) => plain(String(value[name])))) : plain(JSON.stringify(value));

/** Where two values differ, as near to it as blocks lead: the way there, and what stands there on either side. */
export function differing(
  way: string,
  configured: Json | undefined,
  planned: Json | undefined,
): readonly [way: string, configured: Json | undefined, planned: Json | undefined] {
  const [own, others] = [listOf(configured), listOf(planned)];
  if (![configured, planned].some((each) => typeof each === "object")) return [way, configured, planned];
  const { lacking, added } = unmatched(own, others);
  const [one, other] = [lacking[0], added[0]];
  if (lacking.length !== 1 || added.length !== 1 || !isObject(one) || !isObject(other))
    return lacking.length + added.length === 0 ? [way, configured, planned] : [way, lacking, added];
  const [name, ...more] = namesIn(one).filter((each) => !fits(each, one, other));
  return name === undefined || more.length > 0
    ? [way, one, other]
    : differing(`${way}.${name}`, one[name], other[name]);
}

/** Whether an expression decides on it; `$${` is none. */
export const isExpression = (value: Json | undefined): boolean =>
  typeof value === "string" && isTemplate(value) && partsOf(value).some((part) => "expression" in part);

/** Whether a plan puts it off: the expression stands in its place. */
const isPutOff = (value: Json | undefined): boolean =>
  typeof value === "string" && value.startsWith("${") && value.endsWith("}");

const unescaped = (text: string): string => text.replaceAll("$${", "${").replaceAll("%%{", "%{");

/** What a plan need not tell of: nothing, expressions, and blocks, lists and documents in which there is nothing else. */
const isNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  isExpression(value) ||
  (typeof value === "string" && /^\s*(?:\{\s*\}|\[\s*\])?\s*$/.test(value)) ||
  (typeof value === "object" &&
    (Array.isArray(value) ? (value as readonly Json[]) : Object.values(value)).every(isNothing));

const DIGEST = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

function isSameText(configured: string, planned: string): boolean {
  if (configured === planned) return true;
  const [one, other] = [plain(configured), plain(planned)];
  return (
    one === other ||
    (PROTOCOLS[one] ?? one) === (PROTOCOLS[other] ?? other) ||
    (one !== "" && other !== "" && Number(one) === Number(other)) ||
    (one.includes(":") && isSameRange(one, other)) ||
    isSameDocument(configured, planned) ||
    (DIGEST.test(planned) && ["sha1", "sha256"].some((algorithm) => hash(algorithm, configured) === planned))
  );
}

const plain = (text: string): string => text.trim().replace(/\.$/, "").toLowerCase();

function isSameRange(configured: string, planned: string): boolean {
  const [one, other] = [parseRange(configured), parseRange(planned)];
  return one !== undefined && other !== undefined && one.first === other.first && one.last === other.last;
}

/** Documents in JSON, in which lists have no order and one is a list of one, as AWS gives back policies. */
function isSameDocument(configured: string, planned: string): boolean {
  const [one, other] = [documentOf(configured), documentOf(planned)];
  return one !== undefined && one === other;
}

function documentOf(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return inOrder(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function inOrder(value: Json): string {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(inOrder).sort();
    return items.length === 1 ? (items[0] ?? "") : `[${items.join()}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${inOrder(value[name] ?? null)}`).join()}}`;
}
