import { expect, test } from "vitest";
import { boundsOf, isAtLeast, isExact } from "../../../policies/model/governance/versions.ts";

test.each([
  [">= 1.11.0", [1, 11, 0], false],
  [">= 6.34, < 7.0", [6, 34], true],
  ["~> 6.34", [6, 34], true],
  ["6.34.0", [6, 34, 0], true],
  ["= 6.34.0", [6, 34, 0], true],
  ["> 1.9, >= 1.11", [1, 11], false],
  ["< 7", undefined, true],
  ["!= 6.35.0", undefined, false],
  ["", undefined, false],
])("%j begins at %j and ends: %s", (constraint, from, ends) => {
  expect(boundsOf(constraint)).toEqual({ from, ends });
});

test("versions are compared by numbers, not by letters", () => {
  expect(isAtLeast([1, 9], [1, 11])).toBe(false);
  expect(isAtLeast([1, 11], [1, 11])).toBe(true);
  expect(isAtLeast([2], [1, 11])).toBe(true);
});

test("only one version is exact", () => {
  expect(["1.2.3", "= 1.2.3", "v1.2.3-rc.1", "~> 1.2.3", ">= 1.2.3", "1.2"].filter(isExact)).toEqual([
    "1.2.3",
    "= 1.2.3",
    "v1.2.3-rc.1",
  ]);
});
