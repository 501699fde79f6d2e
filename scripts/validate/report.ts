/** What became of one stack. */
export interface Outcome {
  readonly environment: string;
  readonly stack: string;
  /** Seconds that init and validate took together. */
  readonly validated: number;
  /** Seconds of the plan; undefined when there was none. */
  readonly planned: number | undefined;
  /** Resources the plan would create. */
  readonly creates: number | undefined;
  /** Terraform's own words, or why terraform was not asked. */
  readonly error: string | undefined;
}

/** One line of progress: `production/network  passed  validate 2.1 s, plan 4.3 s, 212 to create`. */
export function progressLine(outcome: Outcome): string {
  const facts = [
    `validate ${outcome.validated.toFixed(1)} s`,
    ...(outcome.planned === undefined ? [] : [`plan ${outcome.planned.toFixed(1)} s`]),
    ...(outcome.creates === undefined ? [] : [`${outcome.creates} to create`]),
  ];
  return `${outcome.environment}/${outcome.stack}  ${verdict(outcome)}  ${facts.join(", ")}`;
}

/** All outcomes as an aligned table with a closing line of counts. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.environment,
    outcome.stack,
    verdict(outcome),
    outcome.validated.toFixed(1),
    outcome.planned?.toFixed(1) ?? "-",
    String(outcome.creates ?? "-"),
  ]);
  const lines = [["environment", "stack", "result", "validate s", "plan s", "to create"], ...rows];
  const widths = lines.reduce<readonly number[]>(
    (most, line) => line.map((cell, column) => Math.max(cell.length, most[column] ?? 0)),
    [],
  );
  const aligned = lines.map((line) =>
    line
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  const passed = outcomes.length - failed;
  return [...aligned, "", `${passed} ${passed === 1 ? "stack" : "stacks"} passed, ${failed} failed`].join("\n");
}

/** An error with every line marked by its stack, so that parallel output stays readable. */
export function errorText({ environment, stack, error = "" }: Outcome): string {
  return error
    .trim()
    .split("\n")
    .map((line) => `${environment}/${stack}: ${line}`.trimEnd())
    .join("\n");
}

function verdict({ error }: Outcome): string {
  return error === undefined ? "passed" : "FAILED";
}
