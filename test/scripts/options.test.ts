import type { ParseArgsOptionsConfig } from "node:util";
import { describe, expect, test } from "vitest";
import { oneOf, parseOptions, UsageError, wholeNumber } from "../../scripts/options.ts";

const options = {
  output: { type: "string" },
  service: { type: "string", multiple: true, default: [] },
  plan: { type: "boolean", default: true },
} satisfies ParseArgsOptionsConfig;

describe("options of a command line", () => {
  test("are read by name, with their defaults", () => {
    expect(parseOptions(["--output", "x"], options)).toEqual({ output: "x", service: [], plan: true });
  });

  test("can be negated where that is said", () => {
    expect(parseOptions(["--no-plan"], options, { allowNegative: true }).plan).toBe(false);
  });

  test.each([
    [["--nope"], "Unknown option '--nope' (see --help)"],
    [["--no-plan"], "Unknown option '--no-plan' (see --help)"],
    [["dev"], "Unexpected argument 'dev' (see --help)"],
    [["--output"], "Option '--output <value>' argument missing (see --help)"],
    [["--output", "--plan"], "Option '--output' argument is ambiguous (see --help)"],
    [["--plan=yes"], "Option '--plan' does not take an argument (see --help)"],
  ])("fail in one line when they are %j", (args, message) => {
    expect(() => parseOptions(args, options)).toThrow(new UsageError(message));
  });
});

test("one of some names is that name; fails when it is another, or none", () => {
  expect(oneOf("--live", "blue", ["blue", "green"])).toBe("blue");
  expect(() => oneOf("--live", "red", ["blue", "green"])).toThrow(
    new UsageError('--live: got "red", allowed are blue, green'),
  );
  expect(() => oneOf("--live", undefined, ["blue"])).toThrow(new UsageError("--live: got nothing, allowed are blue"));
});

test("a whole number is from 1 to the most", () => {
  expect(wholeNumber("--jobs", "32", 32)).toBe(32);
  for (const given of ["0", "33", "1.5", " ", "x"]) {
    expect(() => wholeNumber("--jobs", given, 32)).toThrow(
      new UsageError(`--jobs: got "${given}", must be a whole number from 1 to 32`),
    );
  }
});
