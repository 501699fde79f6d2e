import { groupsIn, upToGroup } from "./captures.ts";
import { conditionOf } from "./conditions.ts";
import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";
import { SETTINGS, Variables, variablesIn } from "./variables.ts";

/** A variable that nothing shown makes, and how a text comes from it. */
export interface Origin {
  readonly name: string;
  /** Where but a part of it is taken: the expression from its begin to the end of that part. */
  readonly upTo?: string | undefined;
}

/** A text that a variable may be, and of what else it is but a part. */
interface Step {
  readonly text: string;
  readonly upTo?: string | undefined;
}

/** One of the things that make a variable. */
interface Maker {
  readonly steps: readonly Step[];
  /** What decides which of them it is. */
  readonly by: string;
}

/** CloudFront writes it over what viewers sent (developer guide, "Add CloudFront request headers", read 2026-11-23). */
const OF_NETWORK = "http_cloudfront_viewer_address";
const ALONE = /^\$\{?[a-z_]\w*\}?$/i;

/** What variables are made of in the end: through maps, lists of addresses, `set` and the parts that expressions name. */
export class Origins {
  readonly #makers = new Map<string, Maker[]>();
  readonly #block: Context | undefined;

  /** Of the http block, and of what stands in a server or in all of them. */
  constructor(block: Context | undefined, within: Context | undefined = block) {
    this.#block = block;
    for (const name of ["map", "geo", "split_clients"]) {
      for (const each of block?.own(name) ?? []) this.#table(each);
    }
    for (const context of within?.all ?? []) this.#settings(context);
  }

  /** Variables of NGINX' own behind a text; with `choices` also those that only decide which text it is. */
  of(text: string, choices: "with choices" | "without choices"): readonly Origin[] {
    const found = new Map<string, Origin>();
    const open: Step[] = [{ text }];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const upTo = ALONE.test(step.text) ? step.upTo : undefined;
      for (const name of namesIn(step.text)) {
        const key = `${name} ${upTo ?? ""}`;
        if (found.has(key)) continue;
        found.set(key, { name, upTo });
        open.push(...this.#behind({ name, upTo }, choices === "with choices"));
      }
    }
    return [...found.values()].filter(({ name }) => !this.#makers.has(name));
  }

  /** All that makes or decides a text in a server, but the content network's word where only known addresses may say it. */
  believed(text: string, server: Context | undefined): readonly Origin[] {
    const strangers = new Variables(this.#block, server).valuesOf(text, "anything");
    const isOpen = strangers.some((each) => this.of(each, "without choices").some(({ name }) => name === OF_NETWORK));
    return this.of(text, "with choices").filter(({ name }) => isOpen || name !== OF_NETWORK);
  }

  /** The texts that a variable may be, and with choices what decides between them. */
  #behind({ name, upTo }: Origin, choices: boolean): readonly Step[] {
    return (this.#makers.get(name) ?? []).flatMap(({ steps, by }) => [
      ...steps.map((each) => ({ ...each, upTo: each.upTo ?? upTo })),
      ...(choices && isChoice(steps) ? [{ text: by }] : []),
    ]);
  }

  #table({ name: kind, words, block = [] }: Directive): void {
    const source = words.length > 1 ? (words[0] ?? "") : "$remote_addr";
    const entries = block.filter((each) => each.words.length > 0 && !SETTINGS.has(each.name));
    const steps = entries.flatMap(({ name, words: [value = ""] }) => taken(value, name, source));
    const whole = entries.some(({ name }) => name === "default") || kind === "split_clients";
    const made = (words.at(-1) ?? "").replace("$", "");
    // Of what stands in a file of its own nobody knows.
    if (entries.some(({ name }) => name === "include")) return;
    this.#add(made, { steps: whole ? steps : [...steps, { text: "" }], by: source });
    for (const { name } of entries.filter((each) => each.name.startsWith("~"))) this.#captured(name, source);
  }

  #settings(context: Context): void {
    const { variable: source = "", other: expression = "" } = conditionOf(context) ?? {};
    for (const { words } of ["set", "auth_request_set"].flatMap((name) => context.own(name))) {
      const [name = "", ...value] = words;
      this.#add(name.replace("$", ""), {
        steps: [...taken(value.join(" "), expression, source), { text: "" }],
        by: source,
      });
    }
    this.#captured(expression, source);
    if (context.kind === "location") this.#captured(context.directive?.words.join("") ?? "", "$uri");
    for (const { words } of context.own("rewrite")) this.#captured(words[0] ?? "", "$uri");
    for (const { words } of context.own("server_name")) this.#captured(words.join(" "), "$host");
  }

  #captured(expression: string, source: string): void {
    for (const name of groupsIn(expression)) {
      this.#add(name, { steps: [{ text: source, upTo: upToGroup(expression, name) }], by: "" });
    }
  }

  #add(name: string, maker: Maker): void {
    const made = name.toLowerCase();
    this.#makers.set(made, [...(this.#makers.get(made) ?? []), maker]);
  }
}

const NUMBER = /\$\{?(\d)\}?/g;
const numbersIn = (text: string): readonly string[] => [...text.matchAll(NUMBER)].map(([, number = ""]) => number);
/** NGINX reads `$HTTP_COOKIE` as `$http_cookie`. */
const namesIn = (text: string): readonly string[] => [
  ...variablesIn(text).map((name) => name.toLowerCase()),
  ...numbersIn(text),
];

/** A value; where numbered parts of an expression stand in it, what those are parts of. */
function taken(value: string, expression: string, source: string): readonly Step[] {
  if (source === "") return [{ text: value }];
  const parts = numbersIn(value).map((number) => ({ text: source, upTo: upToGroup(expression, Number(number)) }));
  return [...parts, { text: value.replaceAll(NUMBER, " ").trim() }];
}

const isChoice = (steps: readonly Step[]): boolean => new Set(steps.map(({ text }) => text)).size > 1;
