import fc from "fast-check";
import { expect, test } from "vitest";
import { covers, overlap, wholePattern } from "../../../policies/model/path-patterns.ts";
import { matchesWildcard } from "../../../policies/model/wildcard.ts";

/** Every text of a and b up to eight letters: where two patterns of four signs have one in common, they have a short one. */
const texts = Array.from({ length: 9 }, (_, length) => length).flatMap((length) =>
  Array.from({ length: 2 ** length }, (_, bits) =>
    Array.from({ length }, (_, at) => ((bits >> at) & 1 ? "a" : "b")).join(""),
  ),
);
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });

test("patterns overlap where a text matches both, and nowhere else", () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const common = texts.some((text) => matchesWildcard(one, text) && matchesWildcard(other, text));
      expect(overlap(one, other)).toBe(common);
    }),
    { numRuns: 2000 },
  );
});

test("a pattern covers another whose every text it matches, and no other", () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const all = texts.filter((text) => matchesWildcard(other, text)).every((text) => matchesWildcard(one, text));
      expect(covers(one, other)).toBe(all);
    }),
    { numRuns: 2000 },
  );
});

test("a leading slash may be left out", () => {
  expect(["images/*", "/images/*", "*.pdf"].map(wholePattern)).toEqual(["/images/*", "/images/*", "/*.pdf"]);
});
