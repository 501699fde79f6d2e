import { type AddressSet, covers, parseCidr, sizeOf } from "../addresses.ts";
import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";

/** Names of variables in a text: `$uri`, `${uri}`. */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(VARIABLE)].map(([, name = ""]) => name);

const VARIABLE = /\$\{?([a-z_]\w*)\}?/gi;
const ALONE = /^\$\{?([a-z_]\w*)\}?$/i;

/** What a client writes, or changes at will from one request to the next (ngx_http_core_module, read 2026-11-23). */
const CHOSEN =
  /^(?:(?:http|arg|cookie|jwt|query|request|content|connection|time|proxy_protocol_tlv|upstream_http|sent_http)_|(?:args|is_args|uri|document_uri|document_root|request|host|connection|msec|pid|nginx_version|remote_port|realip_remote_port|proxy_protocol_port|remote_user|proxy_add_x_forwarded_for|query_string|bytes_sent|ssl_session_id|ssl_session_reused|ssl_server_name|ssl_ciphers?|ssl_curves?|ssl_alpn_protocol|ssl_early_data|ssl_protocol)$)/;

export const isChosen = (name: string): boolean => CHOSEN.test(name.toLowerCase());

/** Settings that give a variable another value while a request is on its way. */
const GIVERS = ["set", "auth_request_set", "js_set", "perl_set", "set_by_lua_block", "set_by_lua_file"];
/** Words of a map that are no entries of it. */
export const SETTINGS: ReadonlySet<string> = new Set([
  "hostnames",
  "volatile",
  "ranges",
  "proxy",
  "proxy_recursive",
  "delete",
]);
const DEEPEST = 16;

/** Certificates of a good authority, and addresses of the internet, that nobody has reason to name. */
const STRANGERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["ssl_client_s_dn", ["CN=nobody.invalid", "CN=nobody.a.b.internal"]],
  ["ssl_client_serial", ["7F00AA"]],
]);
const ADDRESSES = ["8.8.8.8", "200.100.50.25", "2a00:1450::1"].flatMap((text) => parseCidr(text) ?? []);

const MADE = {};
const GIVEN = {};

/** What makes each variable of a block. */
const madeIn = (block: Context): ReadonlyMap<string, Directive> =>
  new Map(
    ["map", "geo", "split_clients"].flatMap((name) => block.own(name).map((each) => [nameOf(each.words.at(-1)), each])),
  );

/** Variables that a server gives other values. */
const givenIn = (server: Context): ReadonlySet<string> =>
  new Set(
    server.all.flatMap((each) => GIVERS.flatMap((giver) => each.own(giver).map(({ words }) => nameOf(words[0])))),
  );

const nameOf = (word = ""): string => word.replace("$", "");

/**
 * What variables are for a caller whom no `map` and no `geo` names. What he asks for is either whatever he likes, or what
 * is not listed either. A variable that nothing shown makes stays as it is: `$name`.
 */
export class Variables {
  readonly #made: ReadonlyMap<string, Directive>;
  readonly #given: ReadonlySet<string>;
  readonly #taken: ReadonlyMap<string, readonly string[]>;

  /** Of the http or stream block, and of the server whose `set` may change them; some taken to be what is said here. */
  constructor(block: Context | undefined, server?: Context, taken: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#taken = taken;
    this.#made = block?.memory.once(MADE, () => madeIn(block)) ?? new Map();
    this.#given = server?.memory.once(GIVEN, () => givenIn(server)) ?? new Set();
  }

  /** The `map`, `geo` or `split_clients` that makes a variable. */
  makerOf(name: string): Directive | undefined {
    return this.#made.get(name);
  }

  /** Every value that a word may have; `asks` says what the caller chooses of all that he may write. */
  valuesOf(word: string, asks: "anything" | "nothing listed", depth = 0): readonly string[] {
    const alone = ALONE.exec(word)?.[1];
    if (alone === undefined) return [this.#composed(word, asks, depth)];
    const taken = this.#taken.get(alone);
    if (taken !== undefined) return taken;
    const maker = this.#made.get(alone);
    if (this.#given.has(alone) || depth > DEEPEST) return [`$${alone}`];
    if (maker === undefined) return (asks === "nothing listed" ? STRANGERS.get(alone) : undefined) ?? [`$${alone}`];
    const entries = (maker.block ?? []).filter(({ name, words }) => words.length > 0 && !SETTINGS.has(name));
    // What stands in a file of its own may be anything.
    if (entries.some(({ name }) => name === "include")) return [`$${alone}`];
    switch (maker.name) {
      case "map":
        return unique(
          this.#mapped(maker.words[0] ?? "", entries, asks, depth).flatMap((each) =>
            this.valuesOf(each, asks, depth + 1),
          ),
        );
      case "geo":
        return unique(ADDRESSES.map((address) => located(entries, address)));
      default:
        return unique(entries.map(({ words }) => words[0] ?? ""));
    }
  }

  /** Several parts: those that are sure are filled in. */
  #composed(word: string, asks: "anything" | "nothing listed", depth: number): string {
    return word.replaceAll(VARIABLE, (_, name: string) => {
      const [value = "", ...more] = this.valuesOf(`$${name}`, asks, depth + 1);
      return more.length === 0 && !value.includes("$") ? value : `$${name}`;
    });
  }

  #mapped(
    source: string,
    entries: readonly Directive[],
    asks: "anything" | "nothing listed",
    depth: number,
  ): readonly string[] {
    const fallback = entries.find(({ name }) => name === "default")?.words[0] ?? "";
    const listed = entries.filter(({ name }) => name !== "default");
    return this.valuesOf(source, asks, depth + 1).flatMap((value) => {
      const open = variablesIn(value);
      if (open.length === 0) return outcomesFor(value, listed, fallback);
      if (asks === "nothing listed" || !open.some((name) => this.#mayChoose(name, depth))) return [fallback];
      const begin = value.slice(0, value.indexOf("$"));
      return [fallback, ...listed.filter(({ name }) => mayBegin(name, begin)).map(({ words }) => words[0] ?? "")];
    });
  }

  #mayChoose(name: string, depth: number): boolean {
    const source = this.#made.get(name)?.words[0];
    if (source === undefined || depth > DEEPEST) return isChosen(name);
    return variablesIn(source).some((each) => each !== name && this.#mayChoose(each, depth + 1));
  }
}

/** What is equal comes before every expression; one that cannot be tried may match. */
function outcomesFor(value: string, listed: readonly Directive[], fallback: string): readonly string[] {
  const equal = listed.find(({ name }) => !name.startsWith("~") && matches(name, value));
  if (equal !== undefined) return [equal.words[0] ?? ""];
  const found: string[] = [];
  for (const { name, words } of listed) {
    const matched = matches(name, value);
    if (matched !== false) found.push(words[0] ?? "");
    if (matched === true) return found;
  }
  return [...found, fallback];
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** What `geo` says of an address: by the narrowest range that has it. */
function located(entries: readonly Directive[], address: AddressSet): string {
  let found = entries.find(({ name }) => name === "default")?.words[0] ?? "";
  let narrowest = Number.POSITIVE_INFINITY;
  for (const { name, words } of entries) {
    const range = parseCidr(name);
    if (range === undefined || !covers(range, address)) continue;
    const { v4, v6 } = sizeOf(range);
    const size = v4 + Number(v6);
    if (size < narrowest) [found, narrowest] = [words[0] ?? "", size];
  }
  return found;
}

/** Whether a condition of `if` holds for a value; unknown where that is not said. */
export function holds(value: string, operator: string | undefined, other = ""): boolean | undefined {
  if (value.includes("$") || other.includes("$")) return undefined;
  switch (operator) {
    case undefined:
      return value !== "" && value !== "0";
    case "=":
      return value === other;
    case "!=":
      return value !== other;
    case "~":
    case "~*":
      return matches(`${operator}${other}`, value);
    case "!~":
    case "!~*": {
      const matched = matches(`${operator.slice(1)}${other}`, value);
      return matched === undefined ? undefined : !matched;
    }
    default:
      return undefined;
  }
}

/** A text, or an expression behind `~` or `~*`; of one that only PCRE reads, nobody knows. */
export function matches(entry: string, value: string): boolean | undefined {
  if (!entry.startsWith("~")) return entry.replace(/^\\/, "").toLowerCase() === value.toLowerCase();
  try {
    return new RegExp(entry.replace(/^~\*?/, "").replaceAll("\\z", "$"), entry.startsWith("~*") ? "i" : "").test(value);
  } catch {
    return undefined;
  }
}

/** Whether an entry can match what begins so: `~^1 ` cannot match `0 ...`. */
function mayBegin(entry: string, begin: string): boolean {
  const text = entry.startsWith("~") ? (/^~\*?\^([\w :/-]*)(?![?*{+])/.exec(entry)?.[1] ?? "") : entry;
  const length = Math.min(text.length, begin.length);
  return text.slice(0, length).toLowerCase() === begin.slice(0, length).toLowerCase();
}
