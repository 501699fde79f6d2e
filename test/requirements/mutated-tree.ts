import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutation } from "./mutations/mutation.ts";

const root = join(import.meta.dirname, "../..");
const PARTS = [
  "services",
  "constructs",
  "stacks",
  "helm",
  "ansible",
  "policies",
  "scripts",
  "test",
  "docs",
  "package.json",
  "requirements.txt",
  "tsconfig.json",
  "tsconfig.product.json",
  "vitest.config.ts",
];

/** What the compiler knows of them, where it has run. */
const CACHE = ".cache";

/** What became of the tests that a run chose. */
export interface Outcome {
  /** Titles, in order. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Test files of which not even the titles could be read. */
  readonly unread: readonly string[];
}

/** A copy of the sources in a temporary folder, in which one thing at a time may be broken. */
export class MutatedTree {
  readonly #folder = mkdtempSync(join(tmpdir(), "mutated-"));

  constructor() {
    // With their dates, by which the compiler knows what has changed since it was there.
    const whole = { recursive: true, preserveTimestamps: true };
    for (const part of PARTS) cpSync(join(root, part), join(this.#folder, part), whole);
    if (existsSync(join(root, CACHE))) cpSync(join(root, CACHE), join(this.#folder, CACHE), whole);
    for (const installed of ["node_modules", ".venv"])
      symlinkSync(join(root, installed), join(this.#folder, installed));
  }

  /** Runs tests that name one of the ids, on sources with one change. Throws when the text to change is not there once. */
  async runBroken({ id, file, from, to }: Mutation, tests: readonly string[]): Promise<Outcome> {
    const path = join(this.#folder, file);
    const whole = readFileSync(path, "utf8");
    const [before, after, ...more] = whole.split(from);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(
        `${file}: must hold once what is changed for ${id}, got it ${whole.split(from).length - 1} times: ${from}`,
      );
    }
    writeFileSync(path, `${before}${to}${after}`);
    try {
      return await this.run([id], tests);
    } finally {
      writeFileSync(path, whole);
    }
  }

  /** Runs those tests of the files that name one of the ids. */
  async run(ids: readonly string[], tests: readonly string[]): Promise<Outcome> {
    const report = join(this.#folder, "report.json");
    const pattern = `[[ ](${ids.map((id) => id.replaceAll(".", "\\.")).join("|")})[\\],]`;
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      ...tests,
      "-t",
      pattern,
      "--pool=threads",
      // One that fails is enough to know.
      "--bail=1",
      "--reporter=json",
    ];
    const { PATH, HOME } = process.env;
    // Node knows code by its path: what it kept of this folder's would be of use to nobody.
    const alone = { NODE_DISABLE_COMPILE_CACHE: "1" };
    await new Promise<void>((done) => {
      // A failing test ends it with 1: the report says which.
      execFile(
        join(root, "node_modules/.bin/node"),
        [...args, `--outputFile.json=${report}`],
        { cwd: this.#folder, env: { ...alone, ...(PATH && { PATH }), ...(HOME && { HOME }) } },
        () => done(),
      );
    });
    return outcomeOf(report);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function outcomeOf(path: string): Outcome {
  const { testResults } = JSON.parse(readFileSync(path, "utf8")) as Report;
  rmSync(path);
  const titles = (wanted: string) =>
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === wanted)
      .map(({ fullName }) => fullName);
  return {
    passed: titles("passed"),
    failed: titles("failed"),
    unread: testResults.filter(({ assertionResults }) => assertionResults.length === 0).map(({ name }) => name),
  };
}
