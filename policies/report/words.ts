/** `1 rule`, `2 rules`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Characters that a terminal obeys, which somebody else's plan may hold. */
const CONTROL = /[\p{Cc}\p{Bidi_Control}]/gu;

/** A text of an output as one line that no terminal obeys. */
export const plain = (text: string): string =>
  text.replace(CONTROL, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same, cut where a reader would not read on. */
export function brief(text: string, most = 240): string {
  const line = plain(text);
  return line.length > most ? `${line.slice(0, most)}... (${line.length} characters)` : line;
}
