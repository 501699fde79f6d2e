import type { Estate } from "../model/estate.ts";
import { BROKEN, type Finding, keyOf } from "./judge.ts";
import type { Mutation } from "./mutation.ts";

/** Something that finds, and ways to break estates that it must notice: a rule, or reachability. */
export interface Suite {
  readonly slug: string;
  readonly mutations: readonly Mutation[];
  readonly findings: (estate: Estate) => readonly Finding[];
}

/** One way to break one estate. */
export interface Attempt {
  readonly suite: Suite;
  readonly mutation: Mutation;
  readonly estate: Estate;
}

/**
 * What came of it. `killed`: more is found than before, which is what is wanted; `survived`: nothing more is; `idle`: there
 * was nothing to change, so nothing is proven; `broken`: mutation or rule ended with an error.
 */
export type Outcome = "killed" | "survived" | "idle" | "broken";

export interface Tried {
  readonly slug: string;
  readonly title: string;
  readonly environment: string | undefined;
  readonly outcome: Outcome;
  /** The resource that was changed, what a kill found, or why it broke. */
  readonly told: string;
}

/** Every way of every suite to break every estate. */
export const attemptsOf = (estates: readonly Estate[], suites: readonly Suite[]): readonly Attempt[] =>
  estates.flatMap((estate) =>
    suites.flatMap((suite) => suite.mutations.map((mutation) => ({ suite, mutation, estate }))),
  );

/** So many of a list, by a seed: the same for the same seed, in the order of the list. */
export function sampleOf<Type>(all: readonly Type[], size: number, seed: number): readonly Type[] {
  let state = seed >>> 0;
  // Mulberry32: small, and even enough to choose by.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const chosen = all.map((each, at) => ({ each, at, by: random() })).sort((one, other) => one.by - other.by);
  return chosen
    .slice(0, size)
    .sort((one, other) => one.at - other.at)
    .map(({ each }) => each);
}

/** Breaks estates, one attempt after the other, and asks only the suite that owns the attempt. */
export function* tried(attempts: readonly Attempt[]): Generator<Tried> {
  const before = new Map<Estate, Map<Suite, ReadonlyMap<string, number>>>();
  const countsBefore = (suite: Suite, estate: Estate): ReadonlyMap<string, number> => {
    const known = before.get(estate) ?? new Map<Suite, ReadonlyMap<string, number>>();
    before.set(estate, known);
    const counts = known.get(suite) ?? countsOf(suite.findings(estate));
    known.set(suite, counts);
    return counts;
  };
  for (const { suite, mutation, estate } of attempts) {
    const { outcome, told } = outcomeOf(suite, mutation, estate, () => countsBefore(suite, estate));
    yield { slug: suite.slug, title: mutation.title, environment: estate.environment, outcome, told };
  }
}

function outcomeOf(
  suite: Suite,
  mutation: Mutation,
  estate: Estate,
  countsBefore: () => ReadonlyMap<string, number>,
): Pick<Tried, "outcome" | "told"> {
  try {
    const mutated = mutation.apply(estate);
    if (mutated === undefined) return { outcome: "idle", told: "found nothing to change" };
    const was = countsBefore();
    const after = suite.findings(mutated.estate);
    const broken = after.find(({ attribute }) => attribute === BROKEN);
    if (broken !== undefined) return { outcome: "broken", told: `${mutated.changed}: ${broken.got}` };
    const counts = countsOf(after);
    const fresh = after.find((each) => (counts.get(keyOf(each)) ?? 0) > (was.get(keyOf(each)) ?? 0));
    return fresh === undefined
      ? { outcome: "survived", told: mutated.changed }
      : { outcome: "killed", told: `${mutated.changed}: ${fresh.resource} ${fresh.attribute}` };
  } catch (error) {
    return { outcome: "broken", told: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of findings) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}
