import { expect, test } from "vitest";
import { refuseOddIndex } from "../../policies/artefacts/index-shape.ts";
import { indexOfMany } from "../../scripts/bench-policy/many-rules.ts";

test("what the benchmark declares is an index that the gate takes", () => {
  expect(() => refuseOddIndex(indexOfMany(), "index.json")).not.toThrow();
});
