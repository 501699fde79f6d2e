/** A constraint on versions, as far as bounds go. */
export interface Bounds {
  /** The lowest that it admits: `[1, 11, 0]`. Absent: any. */
  readonly from: readonly number[] | undefined;
  /** Whether it excludes versions that are not made yet and may break. */
  readonly ends: boolean;
}

/** `>= 1.11, < 2.0`, `~> 6.34`, `= 1.2.3`, `1.2.3` in bounds. */
export function boundsOf(constraint: string): Bounds {
  const parts = constraint.split(",").flatMap((part) => {
    const [, operator = "=", version = ""] = /^\s*(>=|<=|!=|~>|=|>|<)?\s*v?(\d+(?:\.\d+)*)/.exec(part) ?? [];
    return version === "" ? [] : [{ operator, version: version.split(".").map(Number) }];
  });
  const lower = parts.filter(({ operator }) => [">=", ">", "=", "~>"].includes(operator)).map(({ version }) => version);
  return {
    from: lower.sort(compared).at(-1),
    ends: parts.some(({ operator }) => ["<", "<=", "=", "~>"].includes(operator)),
  };
}

/** Whether every version of one is at least another. */
export const isAtLeast = (version: readonly number[], least: readonly number[]): boolean =>
  compared(version, least) >= 0;

function compared(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a constraint admits one version and no other. */
export const isExact = (constraint: string): boolean => /^\s*=?\s*v?\d+\.\d+\.\d+(?:[-+][\w.-]+)?\s*$/.test(constraint);
