/** An object that is being read: its names so far, the last of which leads on. */
interface Open {
  readonly names: Set<string>;
  last: string;
}

/**
 * A name that an object of a JSON document has twice, as the way to it: `resource.aws_s3_bucket`. Parsers keep the last and
 * say nothing, Terraform takes both. `names`: how many a parser kept in all.
 */
export function repeatedName(text: string, names: number): string | undefined {
  // Nearly always the count says enough, and counting costs next to nothing.
  return namesIn(text) === names ? undefined : firstRepeated(text);
}

/** How many names a document gives; more, or nothing, where a glance does not tell. */
function namesIn(text: string): number | undefined {
  if (/"\s+:/.test(text)) return undefined;
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) {
    // A text that begins with two colons, such as ::/0, is no name.
    if (text[at + 2] !== ":" && !isEscaped(text, at)) count += 1;
  }
  return count;
}

const COLON = /\s*:/y;

/** Reads it letter by letter. The text is JSON: somebody has parsed it. */
function firstRepeated(text: string): string | undefined {
  const open: (Open | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "{") open.push({ names: new Set(), last: "" });
    else if (letter === "[") open.push(undefined);
    else if (letter === "}" || letter === "]") open.pop();
    if (letter !== '"') continue;
    const end = endOf(text, at);
    const object = open.at(-1);
    COLON.lastIndex = end + 1;
    if (object !== undefined && COLON.test(text) && isTaken(object, JSON.parse(text.slice(at, end + 1))))
      return open.flatMap((each) => each?.last ?? []).join(".");
    at = end;
  }
  return undefined;
}

/** Whether an object has a name already; it has it from now on. */
function isTaken(object: Open, name: string): boolean {
  const taken = object.names.has(name);
  object.names.add(name);
  object.last = name;
  return taken;
}

/** Where the quote stands that closes a text. */
function endOf(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** Whether a quote belongs to a text: an odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === "\\") before -= 1;
  return (at - before) % 2 === 1;
}
