import { afterEach, describe, expect, test, vi } from "vitest";
import { requireProgram } from "../support/program.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a test that needs a program", () => {
  test("runs when the program is there", () => {
    expect(requireProgram("git", "install git")).toBe(true);
  });

  test("is skipped when the program is missing, with one line that says how to get it", () => {
    vi.stubEnv("CI", "");
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);

    expect(requireProgram("no-such-program", "install it from example.org")).toBe(false);
    expect(written.mock.calls.map(([text]) => text)).toEqual([
      "skipped what needs no-such-program, which is missing: install it from example.org\n",
    ]);
  });

  test("fails when the program is missing under CI=true", () => {
    vi.stubEnv("CI", "true");

    expect(() => requireProgram("no-such-program", "install it from example.org")).toThrow(
      "no-such-program is missing, and under CI=true nothing may be skipped: install it from example.org",
    );
  });
});
