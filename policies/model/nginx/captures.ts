/** Atoms and brackets of an expression of PCRE: escapes, classes, what opens a group, single characters. */
const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:P?<\w+>|'\w+'|[a-z-]*:|<?[=!]))?|[\s\S]/gi;
const NAMED = /^\(\?P?[<'](\w+)[>']$/;
/** What follows or joins atoms, and matches nothing by itself. */
const JOINS = /^(?:[()^$*+?{}]|\(\?.*)$/;

const tokensOf = (expression: string): readonly string[] => expression.replace(/^~\*?/, "").match(TOKEN) ?? [];

/** Names of the parts that an expression takes out: `(?<path>...)`. */
export const groupsIn = (expression: string): readonly string[] =>
  tokensOf(expression).flatMap((token) => NAMED.exec(token)?.[1] ?? []);

/** An expression from its begin to the end of one part, by its name or number; nothing where it has no such part. */
export function upToGroup(expression: string, part: string | number): string | undefined {
  const open: boolean[] = [];
  let [before, count] = ["", 0];
  for (const token of tokensOf(expression)) {
    before += token;
    if (token.startsWith("(")) {
      const name = NAMED.exec(token)?.[1];
      if (token === "(" || name !== undefined) count += 1;
      open.push(name === part || (token === "(" || name !== undefined ? count : 0) === part);
    } else if (token === ")" && open.pop() === true) return before;
  }
  return undefined;
}

/** Whether an expression is bound to the begin of a text and can match nothing from a question mark on. */
export function staysBeforeQuery(expression: string): boolean {
  const [first, ...tokens] = tokensOf(expression);
  return first === "^" && tokens.every((token) => JOINS.test(token) || (token !== "|" && !mayBeQuestion(token)));
}

function mayBeQuestion(atom: string): boolean {
  try {
    return new RegExp(`^(?:${atom})$`).test("?");
  } catch {
    return true;
  }
}
