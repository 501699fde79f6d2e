/**
 * Terraform JSON in a form that a reviewer reads as a difference: one resource address after the other, keys sorted,
 * without the engine's metadata, short values on one line, policies in JSON text opened (`policy (JSON)`).
 */
export function compact(json: Readonly<Record<string, unknown>>): string {
  const { resource = {}, ...rest } = json;
  const byAddress = Object.entries(resource as Readonly<Record<string, object>>).flatMap(([type, named]) =>
    Object.entries(named).map(([name, args]) => [`${type}.${name}`, args]),
  );
  return `${lines({ ...(plain(rest) as object), resource: plain(Object.fromEntries(byAddress)) }, "")}\n`;
}

const WIDTH = 200;

/** Sorted, without "//", policies opened. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== "//")
    .map(([key, inner]): readonly [string, unknown] => {
      const opened = typeof inner === "string" ? parsed(inner) : undefined;
      return opened === undefined ? [key, plain(inner)] : [`${key} (JSON)`, plain(opened)];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

/** The object that a text holds; undefined for other texts, such as filter patterns, which start like one. */
function parsed(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON with as many values on a line as fit. */
function lines(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + flat.length <= WIDTH) return flat;
  const deeper = `${indent} `;
  if (Array.isArray(value)) {
    return `[\n${value.map((each) => `${deeper}${lines(each, deeper)}`).join(",\n")}\n${indent}]`;
  }
  const fields = Object.entries(value).map(
    ([key, inner]) => `${deeper}${JSON.stringify(key)}: ${lines(inner, deeper)}`,
  );
  return `{\n${fields.join(",\n")}\n${indent}}`;
}
