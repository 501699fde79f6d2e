import { type Disagreement, type Entry, entriesOf, type Table, type Without } from "./table.ts";

/** Something about a resource: what the scanner fails, or what one of our rules finds. */
export interface Said {
  /** Id of a check, or slug of a rule. */
  readonly by: string;
  /** `stack/address`. */
  readonly resource: string;
}

/** How the two compare. */
export interface Comparison {
  /** Both object. */
  readonly agreed: readonly Said[];
  /** The scanner alone objects, and the table says why, by check. */
  readonly explained: readonly { readonly check: string; readonly resources: number; readonly why: string }[];
  /** The scanner alone objects, and nobody says why. */
  readonly unexplained: readonly (Said & { readonly because: string })[];
  /** Explanations of what the scanner does not object to any more. */
  readonly unused: readonly Disagreement[];
  /** What our rules find and no check that is mapped to them. */
  readonly oursAlone: readonly Said[];
}

/** Compares what the scanner fails with what our rules find on the same outputs. */
export function compare(table: Table, failed: readonly Said[], found: readonly Said[]): Comparison {
  const entries = entriesOf(table);
  const ours = new Set(found.map(keyOf));
  const agreed = failed.filter(({ by, resource }) =>
    entries.get(by)?.rules.some((rule) => ours.has(keyOf({ by: rule, resource }))),
  );
  const alone = failed
    .filter((each) => !agreed.includes(each))
    .map((each) => ({ each, told: told(table, entries, each) }));
  const explained = alone.flatMap(({ each, told: { why } }) => (why === undefined ? [] : [{ check: each.by, why }]));
  const seen = new Set(
    agreed.flatMap(({ by, resource }) => (entries.get(by)?.rules ?? []).map((rule) => keyOf({ by: rule, resource }))),
  );
  return {
    agreed,
    explained: [...Map.groupBy(explained, ({ check, why }) => `${check}\n${why}`).values()].flatMap((all) =>
      all.slice(0, 1).map(({ check, why }) => ({ check, why, resources: all.length })),
    ),
    unexplained: alone.flatMap(({ each, told: { because } }) => (because === undefined ? [] : [{ ...each, because }])),
    unused: table.disagreements.filter((given) => !alone.some(({ each }) => isAbout(given, each))),
    oursAlone: found.filter((each) => !seen.has(keyOf(each))),
  };
}

const keyOf = ({ by, resource }: Said): string => `${by}\n${resource}`;

const NOT_EXPLAINED: Readonly<Record<Without, boolean>> = { declined: false, elsewhere: false, "not-held": true };

/** Why the scanner may object alone; or why that is not explained. */
function told(
  table: Table,
  entries: ReadonlyMap<string, Entry>,
  each: Said,
): { readonly why?: string; readonly because?: string } {
  const entry = entries.get(each.by);
  if (entry === undefined) return { because: "the table does not have the check" };
  if (entry.without !== undefined) {
    if (NOT_EXPLAINED[entry.without]) return { because: "the table says that no output holds such a resource" };
    return { why: `${entry.without}: ${entry.why}` };
  }
  const given = table.disagreements.find((disagreement) => isAbout(disagreement, each));
  return given === undefined ? { because: `${entry.rules.join(", ")}: nothing found` } : { why: given.why };
}

const isAbout = ({ check, resources }: Disagreement, { by, resource }: Said): boolean =>
  check === by && matches(resources, resource);

/** Whether a text is as a pattern says, in which `*` stands for any text. */
export function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}
