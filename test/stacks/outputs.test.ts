import { describe, expect, test } from "vitest";
import { named } from "../../stacks/outputs.ts";

describe("a value looked up by its name", () => {
  test("comes from a record or a map", () => {
    expect(named({ "data-a": "subnet-1" }, "data-a")).toBe("subnet-1");
    expect(named(new Map([["data-a", "subnet-1"]]), "data-a")).toBe("subnet-1");
  });

  test("fails when the catalogue gives a name that is not there, and says which are", () => {
    const name: string = "data-d";
    const subnets: Readonly<Record<string, string>> = { "data-a": "subnet-1", "data-b": "subnet-2" };

    expect(() => named(subnets, name)).toThrow('"data-d" is not known; known are data-a, data-b');
    expect(() => named(new Map(Object.entries(subnets)), "toString")).toThrow('"toString" is not known');
    expect(() => named(subnets, "toString"), "what every object has is no output").toThrow('"toString" is not known');
  });
});
