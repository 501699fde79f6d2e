/** Where an expression points: `aws_subnet.a.id`, `data.terraform_remote_state.network.outputs.ids["a"]`. */
export type Path = readonly (string | number)[];

/** Part of a text: as it stands, or an expression (without `${` and `}`). */
export type Part = { readonly text: string } | { readonly expression: string };

/** Whether a text has an expression in it. */
export const isTemplate = (text: string): boolean => text.includes("${") || text.includes("%{");

/** A text in its parts. Braces and quotes inside an expression are counted; `$${` is a plain `${`. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
      plain += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
      if (plain !== "") parts.push({ text: plain });
      plain = "";
      const end = endOf(text, at + 2);
      parts.push({ expression: text.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain !== "") parts.push({ text: plain });
  return parts;
}

/** Where the brace that closes an expression stands; the end of the text where none does. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const each = text[at];
    if (each === "\\") at += 1;
    else if (each === '"') quoted = !quoted;
    else if (!quoted && each === "{") depth += 1;
    else if (!quoted && each === "}") {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return text.length;
}

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const STEP = /\.([A-Za-z_][A-Za-z0-9_-]*)|\.(\d+)|\[(\d+)\]|\[\\?"([^"\\]*)\\?"\]/y;

/** The path of an expression that is nothing but a path; absent for calls, operators, splats and the like. */
export function pathOf(expression: string): Path | undefined {
  NAME.lastIndex = 0;
  const first = NAME.exec(expression)?.[0];
  if (first === undefined) return undefined;
  const path: (string | number)[] = [first];
  let at = first.length;
  while (at < expression.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(expression);
    if (step === null) return undefined;
    const index = step[2] ?? step[3];
    path.push(index === undefined ? (step[1] ?? step[4] ?? "") : Number(index));
    at = STEP.lastIndex;
  }
  return path;
}
