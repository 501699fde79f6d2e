import { type AddressSet, covers, nowhere, parseCidr, shownAddresses, sizeOf, subtract, union } from "../addresses.ts";
import { Unknown, type Value } from "../value.ts";
import { type Callers, Lists } from "./caller-lists.ts";
import type { Context } from "./context.ts";
import { gatesOf, isShut, leadsNowhere } from "./gates.ts";
import { Origins } from "./origins.ts";
import type { Directive } from "./parse.ts";
import { isChosen, SETTINGS, Variables, variablesIn } from "./variables.ts";

/** A list that lets somebody in whom the catalogue does not declare. */
export interface StrangeCaller {
  /** `$admits_443_admin`. */
  readonly list: string;
  /** Whom: ranges, or an entry; unknown where that cannot be read. */
  readonly got: Value<string>;
}

/** What decides by lists whether somebody is let in: a condition, or where a connection is led. */
interface Asker {
  /** Variables that it names. */
  readonly direct: readonly string[];
  /** Those, and all that they are made of. */
  readonly asks: ReadonlySet<string>;
  readonly refuses: (variables: Variables) => boolean;
}

/** A list, and which of its values let somebody in whom its default does not. */
interface List {
  readonly maker: Directive;
  readonly admits: (value: string) => boolean;
}

const LOOPBACK = union(["127.0.0.0/8", "::1/128"].flatMap((text) => parseCidr(text) ?? []));

/** Strangers in all lists that anything in an http or stream block asks. */
export function strangeCallers(block: Context, callers: Callers): readonly StrangeCaller[] {
  const variables = new Variables(block);
  const lists = new Lists(variables, callers);
  const origins = new Origins(block);
  const askers = askersIn(block, variables);
  const asked = new Set(askers.flatMap(({ asks }) => [...asks]));
  return [...asked].flatMap((name) => {
    const maker = variables.makerOf(name);
    if (maker === undefined) return [];
    const mine = askers.filter(({ asks }) => asks.has(name));
    const isRefused = (value: string): boolean =>
      mine.every(({ refuses }) => refuses(new Variables(block, undefined, new Map([[name, [value]]]))));
    const byDefault = (maker.block ?? []).find((each) => each.name === "default")?.words[0] ?? "";
    const own = lists.own(name);
    // A list of those who are refused says nothing of others.
    if (!(own || isRefused(byDefault)) && mine.every(({ direct }) => direct.includes(name))) return [];
    const admits = (value: string): boolean => value !== byDefault && !isRefused(value);
    const list = { maker, admits };
    const found = maker.name === "geo" ? inRanges(list, callers, origins) : inNames(list, callers, origins, own);
    return found.map((got) => ({ list: `$${name}`, got }));
  });
}

function askersIn(block: Context, variables: Variables): readonly Asker[] {
  return block.all.flatMap((context) => {
    const gates = gatesOf(context).map((gate) => ({
      direct: variablesIn(gate.variable),
      refuses: (taken: Variables) => isShut(gate, taken, "anything"),
    }));
    const targets = block.kind === "stream" ? context.own("proxy_pass").flatMap(({ words }) => words.slice(0, 1)) : [];
    const led = targets.map((target) => ({
      direct: variablesIn(target),
      refuses: (taken: Variables) => leadsNowhere(context, target, taken, "anything"),
    }));
    return [...gates, ...led].map((each) => ({ ...each, asks: behind(each.direct, variables) }));
  });
}

/** Variables, and those that they are made of. */
function behind(names: readonly string[], variables: Variables): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const { words = [], block = [] } = variables.makerOf(name) ?? {};
    open.push(...[...words.slice(0, -1), ...block.flatMap((each) => each.words)].flatMap(variablesIn));
  }
  return found;
}

const entriesOf = ({ block = [] }: Directive): readonly (readonly [string, string])[] =>
  block
    .filter(({ name, words }) => words.length > 0 && name !== "default" && !SETTINGS.has(name))
    .map(({ name, words: [value = ""] }) => [name, value]);

/** Addresses that a `geo` lets in, each by the narrowest range that has it, beyond those declared. */
function inRanges({ maker, admits }: List, { ranges }: Callers, origins: Origins): readonly Value<string>[] {
  const source = maker.words.length > 1 ? (maker.words[0] ?? "") : "$remote_addr";
  const odd: Value<string>[] = chosenIn(source, origins);
  // Then a header says where a caller comes from.
  odd.push(...(maker.block ?? []).filter(({ name }) => name === "proxy").map(said));
  const read: { readonly range: AddressSet; readonly value: string }[] = [];
  for (const [text, value] of entriesOf(maker)) {
    const range = parseCidr(text);
    if (range !== undefined) read.push({ range, value });
    else if (text === "include" || admits(value)) odd.push(new Unknown(`${text} ${value}`));
  }
  let [seen, admitted] = [nowhere, nowhere];
  for (const { range, value } of read.toSorted((a, b) => widthOf(a.range) - widthOf(b.range))) {
    if (admits(value)) admitted = union([admitted, subtract(range, seen)]);
    seen = union([seen, range]);
  }
  const strange = subtract(admitted, union([ranges, LOOPBACK]));
  return covers(nowhere, strange) ? odd : [...odd, shownAddresses(strange)];
}

const said = ({ name, words }: Directive): Unknown => new Unknown([name, ...words].join(" "));

const widthOf = (range: AddressSet): number => {
  const { v4, v6 } = sizeOf(range);
  return v4 + Number(v6);
};

/** What decides about callers, though they choose it. */
function chosenIn(source: string, origins: Origins): Value<string>[] {
  const chosen = origins.believed(source, undefined).find(({ name }) => isChosen(name));
  return chosen === undefined ? [] : [`by $${chosen.name}, which callers choose`];
}

const SUBJECT = /^ssl_client_s_dn(?:_legacy)?$/;

/** Entries of a `map` on a certificate's name that let others in than those declared. */
function inNames({ maker, admits }: List, callers: Callers, origins: Origins, own: boolean): readonly Value<string>[] {
  const [source = ""] = maker.words;
  const ofSubject = origins.of(source, "without choices").some(({ name }) => SUBJECT.test(name));
  if (!ofSubject) return own ? chosenIn(source, origins) : [];
  const alone = /^\$\{?\w+\}?$/.test(source);
  if (!(alone || variablesIn(source).some((name) => SUBJECT.test(name)))) return [];
  const wild = (maker.block ?? []).some(({ name }) => name === "hostnames");
  return entriesOf(maker).flatMap(([text, value]): readonly Value<string>[] => {
    if (text !== "include" && !admits(value)) return [];
    const isRead = alone && !wild && text !== "include" && !value.includes("$");
    const whole = isRead ? textOf(text) : undefined;
    if (whole === undefined) return [new Unknown(`${text} ${value}`)];
    return whole !== "more" && isDeclared(whole.text, callers) ? [] : [`${text} ${value}`];
  });
}

/** The one text that an entry matches; more, where no end or begin bounds it; nothing where nobody can say. */
function textOf(entry: string): { readonly text: string } | "more" | undefined {
  if (!entry.startsWith("~")) return { text: entry.replace(/^\\(?=~)/, "") };
  const [, inner] = /^~\*?\^([\s\S]*?)(?:\\[zZ]|\$)$/.exec(entry) ?? [];
  if (inner === undefined) return "more";
  if (!/^(?:\[[.-]\]|\\[.,=_-]|[\w=, -])*$/.test(inner)) return undefined;
  const bare = (_: string, one: string | undefined, two: string | undefined): string => one ?? two ?? "";
  return { text: inner.replaceAll(/\[([.-])\]|\\([.,=_-])/g, bare) };
}

/** NGINX compares texts without regard to case. A comma of a name itself is escaped. */
function isDeclared(text: string, { names }: Callers): boolean {
  const parts = text.toLowerCase().split(/(?<!\\),/);
  return [...names].some((name) => parts.includes(`cn=${name.toLowerCase()}`) || text === name);
}
