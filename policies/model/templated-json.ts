import type { Json } from "./json.ts";
import { partsOf } from "./terraform/expression.ts";

/**
 * JSON in a text with expressions in its strings, as attributes for policies have it. Quotes in an expression are not
 * JSON's: `"host": "${trimprefix(x, "https://")}"`. Absent: it is no JSON.
 */
export function templatedJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  return (
    parsed(text) ??
    parsed(
      partsOf(text)
        .map((part) => ("text" in part ? kept(part.text) : quoted(part.expression)))
        .join(""),
    )
  );
}

const quoted = (expression: string): string => `\${${JSON.stringify(expression).slice(1, -1)}}`;

/** What `$${` stands for is no expression, now as before. */
const kept = (text: string): string => text.replaceAll("${", "$${").replaceAll("%{", "%%{");

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
