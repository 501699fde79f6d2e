import { gunzipSync } from "node:zlib";
import { ACL, assignedAt, endings, followedBy, settings } from "./assignments.ts";
import { matcher } from "./matcher.ts";
import { isReference } from "./references.ts";
import { beginnings, isBotToken, type Literal, masked, type Spot, shapeAt } from "./shapes.ts";
import { decoded, isRandom, isText, longWords } from "./words.ts";

/** Texts in texts in texts are not looked into further. */
const DEEPEST = 3;
/** What a packed text may grow to. */
const LARGEST = 1 << 20;
/** Nothing shorter is told from a word. */
const SHORTEST = 8;

const USERS = " >";
const ADDRESS_OF = "://";
const words = [...beginnings, ...endings, ...settings, ADDRESS_OF, USERS];
const search = matcher(words);
const ENDINGS_FROM = beginnings.length;
const SETTINGS_FROM = ENDINGS_FROM + endings.length;
const OTHERS_FROM = SETTINGS_FROM + settings.length;

/** Every secret that stands in a text: by its shape, by its name, by how random it is, also encoded or packed. */
export function literalsIn(text: string, depth = 0): readonly Literal[] {
  if (text.length < SHORTEST || depth > DEEPEST) return NONE;
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
  if (word < SETTINGS_FROM) return assignedAt(text, start, end, code);
  if (word < OTHERS_FROM) return code ? undefined : followedBy(text, start);
  return words[word] === ADDRESS_OF ? addressAt(text, start) : undefined;
}

const NONE: readonly Literal[] = [];

function inWord(text: string, word: string, index: number, depth: number): readonly Literal[] {
  const bytes = decoded(word);
  if (bytes !== undefined && isText(bytes))
    return literalsIn(bytes.toString("utf8"), depth + 1).map((each) => ({
      ...each,
      shape: `${each.shape}, in base64`,
    }));
  if (bytes !== undefined && word.startsWith("H4sI")) return packed(bytes, depth);
  if (text[index - 1] === ":" && isBotToken(text.slice(Math.max(0, index - 12), index + word.length + 1)))
    return [{ shape: "a Telegram bot's token", shown: masked(word) }];
  return isRandom(word) ? [{ shape: "a random text such as a key", shown: masked(word) }] : [];
}

function packed(bytes: Buffer, depth: number): readonly Literal[] {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: LARGEST }).toString("utf8");
    return literalsIn(text, depth + 1).map((each) => ({ ...each, shape: `${each.shape}, packed` }));
  } catch {
    return [{ shape: "a packed text that cannot be read", shown: `${bytes.length} bytes` }];
  }
}

/** An address with a password in it: `postgresql://user:password@host`. */
const ADDRESS = /:\/\/[^\s:/@"'`]*:([^\s@"'`]+)@/y;

function addressAt(text: string, at: number): Spot | undefined {
  ADDRESS.lastIndex = at;
  const [whole = "", password = "/"] = ADDRESS.exec(text) ?? [];
  return isReference(password)
    ? undefined
    : { shape: "an address with a password", shown: masked(password), start: at, end: at + whole.length };
}

const usersIn = (text: string): readonly Literal[] =>
  [...text.matchAll(ACL)].flatMap(([, value = ""]) =>
    isReference(value) ? [] : [{ shape: "a literal password of a user", shown: masked(value) }],
  );
