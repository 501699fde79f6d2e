/** Notes one thing that is wrong: where, what must hold, what was there. All are told at once. */
export type Report = (path: string, rule: string, got: unknown) => void;

/** Runs what judges; throws an error with a line for each thing it noted, and gives nothing then. */
export function judged<Value>(judge: (report: Report) => Value): Value {
  const faults: string[] = [];
  const value = judge((path, rule, got) => faults.push(`${path}: ${rule}, got ${shown(got)}`));
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return value;
}

/** What was got, short enough for a line. */
function shown(got: unknown): string {
  if (got === undefined) return "nothing";
  if (Array.isArray(got)) return "a list";
  return typeof got === "object" && got !== null ? "an object" : JSON.stringify(got);
}

/** The properties of an object that came as JSON. What is none is noted, and nothing more is asked of it: undefined. */
export function properties(path: string, got: unknown, report: Report): Readonly<Record<string, unknown>> | undefined {
  if (typeof got === "object" && got !== null && !Array.isArray(got)) return { ...got };
  report(path, "must be an object", got);
  return undefined;
}

/** Notes each property that nobody reads: a misspelt one would be lost in silence. */
export function closed(
  path: string,
  got: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
  report: Report,
): void {
  for (const name of Object.keys(got)) {
    if (!allowed.includes(name)) report(path, `allowed are ${allowed.join(", ")}`, name);
  }
}
