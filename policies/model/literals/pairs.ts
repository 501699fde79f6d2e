import { literalUnder, pastSuffix } from "./names.ts";
import type { Spot } from "./shapes.ts";

/** What a name of a secret stands under: `"name": "`, `- name: `, `key = '`, `\"Name\":\"`. */
const NAME = /(?:name|key|variable)\\*["']?[ \t]*(?:=>|[:=])[ \t]*\\*["']?$/i;
/** What follows such a name, and the value that belongs to it. */
const VALUE =
  /\\*["']?[\s,;]*\\*["']?value\\*["']?[ \t]*(?:=>|[:=])[ \t]*(?:\\+"([^"\n\\]*)|"([^"\n]*)"|'([^'\n]*)'|([^\s"',;}\]\\]+))/iy;
/** Longer than what stands between a key and its value. */
const NEAR = 24;

/**
 * The literal of a pair, where the name of a secret ends at a place: `{"name": "DB_PASSWORD", "value": "..."}`, also in YAML,
 * in an expression of Terraform, in a text of which it is but a part. In a document the order does not matter: see `walk.ts`.
 */
export function pairedAt(text: string, wordEnd: number): Spot | undefined {
  const end = pastSuffix(text, wordEnd);
  VALUE.lastIndex = end;
  const match = VALUE.exec(text);
  if (match === null) return undefined;
  let start = end;
  while (start > 0 && /[\w.-]/.test(text[start - 1] ?? "")) start -= 1;
  if (!NAME.test(text.slice(Math.max(0, start - NEAR), start))) return undefined;
  const [whole, escaped, double, single, plain] = match;
  const literal = literalUnder(text.slice(start, end), escaped ?? double ?? single ?? plain ?? "");
  return literal === undefined ? undefined : { ...literal, start, end: end + whole.length };
}
