import { matchesWildcard } from "./wildcard.ts";

/** Patterns of paths as CloudFront has them: `*` is any number of characters, slashes too, `?` is one. */

/** A pattern as of a whole path; CloudFront takes one without its leading slash for the same. */
export const wholePattern = (pattern: string): string => (pattern.startsWith("/") ? pattern : `/${pattern}`);

/** Whether there is a path that both match. */
export function overlap(one: string, other: string): boolean {
  // Where in `other` one may stand when all of `one` so far is matched.
  let places = withStars(other, new Set([0]));
  for (const sign of one) {
    const next = [...places].flatMap((at) => behind(sign, other, at));
    places = withStars(other, new Set(next));
  }
  return places.has(other.length);
}

/** Places that a sign leads to from one place of a pattern. */
function behind(sign: string, pattern: string, at: number): readonly number[] {
  if (sign === "*") return Array.from({ length: pattern.length - at + 1 }, (_, more) => at + more);
  const there = pattern[at];
  if (there === "*") return [at];
  return there !== undefined && (sign === "?" || there === "?" || there === sign) ? [at + 1] : [];
}

/** Places of a pattern, and those behind its stars there, which may stand for nothing. */
function withStars(pattern: string, places: Set<number>): Set<number> {
  for (const at of places) if (pattern[at] === "*") places.add(at + 1);
  return places;
}

/**
 * Whether a pattern matches all that another does. Tried with texts in place of its wildcards that no pattern names: none
 * where a star may be nothing, one sign, and more than the pattern has wildcards for.
 */
export function covers(pattern: string, other: string): boolean {
  const ways = ["", "\0", "\0".repeat(pattern.length + 1)];
  return ways.every((text) => matchesWildcard(pattern, other.replaceAll("?", "\0").replaceAll("*", text)));
}
