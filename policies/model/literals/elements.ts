import { literalUnder, pastSuffix } from "./names.ts";
import type { Spot } from "./shapes.ts";

const VALUE = />\s*([^<>\s][^<>\n]*?)\s*<\//y;

/** The literal in an element of XML, where the name of a secret ends at a place: `<db.password>...</db.password>`. */
export function elementAt(text: string, end: number): Spot | undefined {
  const at = pastSuffix(text, end);
  if (text[at] !== ">") return undefined;
  let start = end;
  while (start > 0 && /[\w.:-]/.test(text[start - 1] ?? "")) start -= 1;
  VALUE.lastIndex = at;
  const [whole = "", value] = VALUE.exec(text) ?? [];
  if (text[start - 1] !== "<" || value === undefined) return undefined;
  const literal = literalUnder(text.slice(start, at), value);
  return literal === undefined ? undefined : { ...literal, start, end: at + whole.length };
}
