import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { type Claims, grouped, idsIn, testFiles } from "./claims.ts";

/** What the last run of the suite proved, from vitest's own report. */

/** Where `npm test` leaves its report (`vitest.config.ts`). */
export const resultsPath = "node_modules/.cache/vitest/results.json";

/** What is read of vitest's JSON report. */
interface Report {
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Tests by what became of them. */
export interface Results {
  /** Requirement to the files whose passing tests name it. */
  readonly passed: Claims;
  /** Requirement to titles of tests that name it and failed. */
  readonly failed: Claims;
  /** Tests that did not run, for want of a program or by a filter. */
  readonly skipped: number;
}

const SOURCES = ["services", "constructs", "stacks", "helm", "ansible", "monitoring", "policies", "scripts", "test"];

/**
 * Reads a report of the whole suite as it stands. Throws when there is none, when a test file is not in it, or when a
 * source changed since: an old or partial run proves nothing about what is here.
 */
export function readResults(root: string, path: string): Results {
  if (!existsSync(path)) {
    throw new Error(`${relative(root, path)} is missing: run npm test first`);
  }
  const report = parse(path);
  const files = report.testResults.map(({ name, assertionResults }) => ({
    file: relative(root, name).replaceAll("\\", "/"),
    tests: assertionResults,
  }));
  const ran = new Set(files.map(({ file }) => file));
  const [missing, ...others] = testFiles(root).filter((file) => !ran.has(file));
  if (missing !== undefined) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    throw new Error(`${relative(root, path)} is of a part of the suite, without ${missing}${more}: run npm test`);
  }
  const changed = SOURCES.flatMap((folder) => changedSince(root, folder, report.startTime))[0];
  if (changed !== undefined) {
    throw new Error(`${relative(root, path)} is older than ${changed}: run npm test`);
  }
  const named = (...statuses: readonly string[]) =>
    files.flatMap(({ file, tests }) =>
      tests
        .filter(({ status }) => statuses.includes(status))
        .flatMap(({ fullName }) => idsIn(fullName).map((id) => ({ id, file, fullName }))),
    );
  return {
    passed: grouped(named("passed").map(({ id, file }) => [id, file])),
    failed: grouped(named("failed").map(({ id, fullName }) => [id, fullName])),
    skipped: files.flatMap(({ tests }) => tests).filter(({ status }) => status !== "passed" && status !== "failed")
      .length,
  };
}

function parse(path: string): Report {
  const report: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof report !== "object" || report === null || !("testResults" in report) || !("startTime" in report)) {
    throw new Error(`${path} must be a report of vitest's JSON reporter`);
  }
  return report as Report;
}

const changedSince = (root: string, folder: string, time: number): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /(\.(ts|tpl|j2)|(^|\/)waivers\.yaml)$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(join(root, path)).mtimeMs > time);
