import type { Estate } from "../estate.ts";

/** What one file of a unit assigns: all values of each setting, `Service.ExecStart`, in their order. */
export type UnitText = ReadonlyMap<string, readonly string[]>;

const parsed = {};

/** A file of a unit; many hosts share a text, which is read once. */
export function unitTextOf(estate: Estate, text: string): UnitText {
  const known = estate.memory.once(parsed, () => new Map<string, UnitText>());
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = parseUnitFile(text);
  known.set(text, read);
  return read;
}

/**
 * Assignments of a unit file (systemd.syntax): `\` at the end of a line continues it, `#` and `;` begin comments, also
 * between continued lines. What is neither is left out, as systemd does.
 */
export function parseUnitFile(text: string): UnitText {
  const values = new Map<string, string[]>();
  let section = "";
  let open = "";
  for (const line of text.split("\n")) {
    const bare = line.trim();
    if (bare.startsWith("#") || bare.startsWith(";")) continue;
    if (bare.endsWith("\\")) {
      open += `${bare.slice(0, -1).trimEnd()} `;
      continue;
    }
    const whole = open + bare;
    open = "";
    if (whole.startsWith("[") && whole.endsWith("]")) section = whole.slice(1, -1);
    else assign(values, section, whole);
  }
  return values;
}

function assign(values: Map<string, string[]>, section: string, line: string): void {
  const equals = line.indexOf("=");
  if (equals <= 0) return;
  const name = `${section}.${line.slice(0, equals).trim()}`;
  const value = line.slice(equals + 1).trim();
  const before = values.get(name);
  if (before === undefined) values.set(name, [value]);
  else before.push(value);
}
