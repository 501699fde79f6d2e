import { gunzipSync } from "node:zlib";
import { templatedJson } from "../templated-json.ts";
import { ACL, assignedAt, followedBy, settings } from "./assignments.ts";
import { handedAt, programs } from "./commands.ts";
import { elementAt } from "./elements.ts";
import { handedOver, schemes } from "./headers.ts";
import { matcher } from "./matcher.ts";
import { endings } from "./names.ts";
import { pairedAt } from "./pairs.ts";
import { isReference } from "./references.ts";
import { beginnings, digestOf, isBotToken, type Literal, masked, type Spot, shapeAt } from "./shapes.ts";
import { walk } from "./walk.ts";
import { decoded, isRandom, isText, longWords } from "./words.ts";

/** Nobody encodes a text more often but to hide it. */
const DEEPEST = 3;
/** What a packed text may grow to. */
const LARGEST = 1 << 20;
/** Nothing shorter is told from a word. */
const SHORTEST = 8;

const USERS = " >";
const ADDRESS_OF = "://";
const words = [...beginnings, ...endings, ...settings, ...programs, ...schemes, ADDRESS_OF, USERS];
const search = matcher(words);
const ENDINGS_FROM = beginnings.length;
const SETTINGS_FROM = ENDINGS_FROM + endings.length;
const PROGRAMS_FROM = SETTINGS_FROM + settings.length;
const SCHEMES_FROM = PROGRAMS_FROM + programs.length;
const OTHERS_FROM = SCHEMES_FROM + schemes.length;

/** What was found in texts before: most stand in many places. */
export type Known = Map<string, readonly Literal[]>;

/** Every secret that stands in a text: by its shape, by its name, by how random it is, also encoded or packed. */
export function literalsIn(text: string, known: Known = new Map()): readonly Literal[] {
  if (text.length < SHORTEST) return NONE;
  let found = known.get(text);
  if (found === undefined) {
    found = read(text, 0, (each) => literalsIn(each, known));
    known.set(text, found);
  }
  return found;
}

/** Reads a text that stands in so many others. `inner`: how texts in it are read. */
function read(text: string, depth: number, inner: (text: string) => readonly Literal[]): readonly Literal[] {
  const json = mayHideMore(text) ? templatedJson(text) : undefined;
  const found = json === undefined ? [] : walk(json, { text: inner });
  // Also as a text: of a name that is given twice, a document keeps the last.
  if (found.length === 0) return literalsOf(text, depth);
  return found.map(({ attribute, ...literal }) => (attribute === "" ? literal : { ...literal, within: attribute }));
}

/** Reads a text that was encoded or packed. */
const deeper = (text: string, depth: number): readonly Literal[] =>
  text.length < SHORTEST ? NONE : read(text, depth, (each) => deeper(each, depth));

/**
 * Whether a text looks like a document whose text alone does not say all: texts in it that are documents or scripts
 * themselves, pairs of a name and a value in any order, options of commands.
 */
const mayHideMore = (text: string): boolean =>
  /^\s*(?:\{\s*["}]|\[\s*["{[\]])/.test(text) && /\\|(?:value|default|password)s?"|"-/i.test(text);

function literalsOf(text: string, depth: number): readonly Literal[] {
  const code = isProgram(text.slice(0, 400));
  const found: Spot[] = [];
  let users = false;
  search(text, (word, end) => {
    const start = end - (words[word]?.length ?? 0);
    const spot = spotAt(text, { word, start, end, code });
    if (spot !== undefined && !covered(found, start, end)) found.push(spot);
    else if (words[word] === USERS) users = true;
  });
  const literals: Literal[] = [...found, ...(users ? usersIn(text) : NONE)];
  for (const { word, index } of longWords(text)) {
    // What has a shape or a name needs no other reason.
    if (!covered(found, index, index + word.length)) literals.push(...inWord(text, word, index, depth));
  }
  return literals.length === 0 ? NONE : literals;
}

const covered = (spots: readonly Spot[], from: number, to: number): boolean =>
  spots.some(({ start, end }) => from < end && to > start);

/** Python and the like, where a bare word is a name; in a shell it is a text. */
const isProgram = (start: string): boolean =>
  /^#!.*(?:python|node|ruby|perl)|^\s*(?:import|from|def|const) /m.test(start);

interface Hit {
  readonly word: number;
  readonly start: number;
  readonly end: number;
  readonly code: boolean;
}

function spotAt(text: string, { word, start, end, code }: Hit): Spot | undefined {
  if (word < ENDINGS_FROM) return shapeAt(text, start, code);
  if (word < SETTINGS_FROM) return assignedAt(text, start, end, code) ?? pairedAt(text, end) ?? elementAt(text, end);
  if (word < PROGRAMS_FROM) return code ? undefined : followedBy(text, start);
  if (word < SCHEMES_FROM) return handedAt(text, words[word] ?? "", start);
  if (word < OTHERS_FROM) return handedOver(text, start, code);
  return words[word] === ADDRESS_OF ? addressAt(text, start) : undefined;
}

const NONE: readonly Literal[] = [];

function inWord(text: string, word: string, index: number, depth: number): readonly Literal[] {
  const bytes = decoded(word);
  if (bytes !== undefined && isText(bytes)) return unwrapped(bytes.toString("utf8"), depth, "in base64");
  if (bytes !== undefined && word.startsWith("H4sI")) return packed(bytes, depth);
  if (text[index - 1] === ":" && isBotToken(text.slice(Math.max(0, index - 12), index + word.length + 1)))
    return [{ shape: "a Telegram bot's token", ...masked(word) }];
  return isRandom(word) ? [{ shape: "a random text such as a key", ...masked(word) }] : [];
}

const unwrapped = (text: string, depth: number, how: string): readonly Literal[] =>
  depth >= DEEPEST
    ? [{ shape: `a text in more than ${DEEPEST} others`, shown: `${text.length} characters`, digest: digestOf(text) }]
    : deeper(text, depth + 1).map((each) => ({ ...each, shape: `${each.shape}, ${how}` }));

function packed(bytes: Buffer, depth: number): readonly Literal[] {
  try {
    return unwrapped(gunzipSync(bytes, { maxOutputLength: LARGEST }).toString("utf8"), depth, "packed");
  } catch {
    return [{ shape: "a packed text that cannot be read", shown: `${bytes.length} bytes`, digest: digestOf(bytes) }];
  }
}

/** An address with a password in it: `postgresql://user:password@host`. */
const ADDRESS = /:\/\/[^\s:/@"'`]*:([^\s@"'`]+)@/y;

function addressAt(text: string, at: number): Spot | undefined {
  ADDRESS.lastIndex = at;
  const [whole = "", password = "/"] = ADDRESS.exec(text) ?? [];
  return isReference(password)
    ? undefined
    : { shape: "an address with a password", ...masked(password), start: at, end: at + whole.length };
}

const usersIn = (text: string): readonly Literal[] =>
  [...text.matchAll(ACL)].flatMap(([, value = ""]) =>
    isReference(value) ? [] : [{ shape: "a literal password of a user", ...masked(value) }],
  );
