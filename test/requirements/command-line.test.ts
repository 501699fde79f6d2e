import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseRequest, usage } from "../../scripts/requirements/arguments.ts";

const root = join(import.meta.dirname, "../..");
const requirements = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    join(root, "node_modules/.bin/node"),
    [join(root, "scripts/requirements.ts"), ...args],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
};

describe("npm run requirements", () => {
  test("explains itself", () => {
    expect(requirements("--help")).toEqual({ status: 0, stdout: `${usage}\n`, stderr: "" });
  });

  test("says in one line what it was asked wrongly, and ends with 2", () => {
    expect(requirements("--system", "ABC")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'npm run requirements: --system: got "ABC", allowed are TKT, NOD, MUN, BRK, ALC\n',
    });
  });

  test("ends with 2 when there is no report to read", () => {
    expect(requirements("--results", "/nowhere/results.json")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("results.json is missing: run npm test first"),
    });
  });
});

describe("its arguments", () => {
  test("are nothing unless given", () => {
    expect(parseRequest([])).toEqual({
      systems: [],
      statuses: [],
      json: false,
      results: undefined,
      write: false,
      check: false,
      help: false,
    });
  });

  test("may name several systems and statuses", () => {
    expect(parseRequest(["--system", "TKT", "--system", "ALC", "--status", "open"])).toMatchObject({
      systems: ["TKT", "ALC"],
      statuses: ["open"],
    });
  });

  test.each([
    [["--status", "done"], '--status: got "done", allowed are proven, planned, open, application'],
    [["--write", "--check"], "--check: got --write too, allowed is one of both"],
    [["--wide"], "Unknown option '--wide'"],
    [["more"], "Unexpected argument 'more'"],
  ])("fails when they are %j", (args, message) => {
    expect(() => parseRequest(args)).toThrow(message);
  });
});
