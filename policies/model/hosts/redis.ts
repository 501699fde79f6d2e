import { type Host, type HostFile, kind } from "../estate.ts";
import { isLoopback } from "../nginx/listen.ts";
import { type Place, placeOfHost } from "../place.ts";
import { loginsOf, type RedisLogin } from "./redis-logins.ts";

/** A Redis or a Sentinel, as its file configures it. */
export interface Redis {
  readonly at: Place;
  readonly sentinel: boolean;
  /** Whether it is for what can be computed again: it evicts, and is not the first instance of its host. */
  readonly cache: boolean;
  /** Whether it has replicas or is one. */
  readonly replicated: boolean;
  /** Addresses that it listens on; what is not said is every one. */
  readonly binds: readonly string[];
  readonly loopback: boolean;
  /** The last words that a directive is given. Absent: nothing. */
  readonly words: (name: string) => readonly string[] | undefined;
  /** One word, or Redis' default. */
  readonly word: (name: string, byDefault: string) => string;
  readonly logins: readonly RedisLogin[];
  /** Files that it includes and outputs do not hold: each may change all of the above. */
  readonly missing: readonly string[];
  /** Libraries that it runs within itself. */
  readonly modules: readonly string[];
  /** Programs that a Sentinel runs, at each failure and at each new primary. */
  readonly scripts: readonly string[];
  /** Whom other members come as: they may do more. */
  readonly members: ReadonlySet<string>;
}

const CONFIGURATION = /\/redis\/[^/]*\.conf$|\/sentinel\.conf$|\/redis\.conf$/;
/** Written by Redis itself, which the files above come after. */
const OWN_STATE = /\/state\.conf$/;
const CACHE_PORT = "6380";
const SCRIPT = /^(?:notification|client-reconfig)-script$/i;

/** Every Redis and Sentinel of every host. */
export const redises = kind<Redis>("Redis", ({ hosts }) => {
  const read = new Map<string, Lines>();
  // Lists of logins are shared by all instances of a store.
  const linesIn = (text: string): Lines => {
    const known = read.get(text) ?? linesOf(text);
    read.set(text, known);
    return known;
  };
  return hosts.flatMap((host) => {
    const files = [...host.files.values()].filter(
      ({ path }) => path.endsWith(".conf") && CONFIGURATION.test(path) && !OWN_STATE.test(path),
    );
    const parts = new Set(
      files.flatMap(({ text }) => linesIn(text).flatMap((line) => (isInclude(line) ? line[1] : []))),
    );
    return files.filter(({ path }) => !parts.has(path)).map((file) => redisOf(host, file, linesIn));
  });
});

type Lines = readonly (readonly string[])[];

function redisOf(host: Host, { path, text }: HostFile, linesIn: (text: string) => Lines): Redis {
  const { lines, missing } = withIncluded(host, linesIn(text), linesIn);
  const directives = new Map(lines.map(([name = "", ...words]) => [name.toLowerCase(), words]));
  const words = (name: string): readonly string[] | undefined => directives.get(name);
  const word = (name: string, byDefault: string): string => words(name)?.[0] ?? byDefault;
  const acl = host.files.get(word("aclfile", ""))?.text;
  const binds = (words("bind") ?? ["*"]).map((each) => each.replace(/^-/, ""));
  const sentinel = path.includes("sentinel") || directives.has("sentinel");
  const peers = lines.filter(([first, second]) => first === "sentinel" && second === "sentinel-user");
  return {
    at: placeOfHost(host, path),
    sentinel,
    cache: word("tls-port", word("port", "6379")) === CACHE_PORT,
    replicated: directives.has("masterauth") || directives.has("replicaof"),
    binds,
    loopback: binds.every(isLoopback),
    words,
    word,
    missing,
    modules: lines.flatMap(([name = "", library = ""]) => (name.toLowerCase() === "loadmodule" ? [library] : [])),
    scripts: lines.flatMap(([name = "", option = "", , script = ""]) =>
      name.toLowerCase() === "sentinel" && SCRIPT.test(option) ? [script] : [],
    ),
    logins: loginsOf(acl === undefined ? lines : linesIn(acl), word("requirepass", "")),
    members: new Set([word("masteruser", ""), ...peers.map((each) => each[2] ?? "")].filter((name) => name !== "")),
  };
}

interface Included {
  readonly lines: Lines;
  readonly missing: readonly string[];
}

const DEEPEST = 8;

/** Lines of included files stand in the place of their `include`. */
function withIncluded(host: Host, own: Lines, linesIn: (text: string) => Lines, depth = 0): Included {
  const missing: string[] = [];
  if (!own.some(isInclude)) return { lines: own, missing };
  const lines = own.flatMap((line): Lines => {
    if (!isInclude(line)) return [line];
    const [, path = ""] = line;
    const text = depth < DEEPEST ? host.files.get(path)?.text : undefined;
    if (text === undefined) {
      missing.push(path);
      return [];
    }
    const inner = withIncluded(host, linesIn(text), linesIn, depth + 1);
    missing.push(...inner.missing);
    return inner.lines;
  });
  return { lines, missing };
}

const isInclude = ([name = ""]: readonly string[]): boolean => name.toLowerCase() === "include";

/** Directives as words; comments are whole lines, quotes may hold spaces. */
const linesOf = (text: string): Lines =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => (/["']/.test(line) ? quotedWords(line) : line.split(/\s+/)));

const quotedWords = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, one, other, bare]) => one ?? other ?? bare ?? "");
