import { resolve } from "node:path";
// biome-ignore lint/suspicious/noDeprecatedImports: only its form with a mode is.
import { BaseSequencer, createVitest, type TestSpecification, type TestSpecificationOptions } from "vitest/node";

/**
 * Runs tests of the folder it is started in, as often as the process that started it asks for. Vitest starts once, and reads
 * once what stays as it is; each run has a thread of its own, in which every module is evaluated again.
 */

/** Tests of one file that run: by what their titles match, or by their titles. */
export interface Choice {
  /** Path from the folder. */
  readonly file: string;
  readonly titles: RegExp | readonly string[];
}

/** One run of tests, which ends with the first that fails. */
export interface TestRun {
  readonly choices: readonly Choice[];
  /** Paths of files that may read otherwise than in an earlier run. */
  readonly changed: readonly string[];
}

/** A test that ran, by its file's path from the folder and its titles. */
export interface Ran {
  readonly file: string;
  readonly title: string;
}

/** What became of the tests that a run chose, in order. */
export interface Outcome {
  readonly passed: Ran[];
  readonly failed: Ran[];
  /** Test files of which not even the titles could be read. */
  readonly unread: string[];
}

/** Files run in the order that they are asked for. */
class AsAsked extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files);
  }
}

async function serve(): Promise<void> {
  let outcome: Outcome;
  const vitest = await createVitest({
    watch: false,
    pool: "threads",
    // Files of one run share what they read.
    maxWorkers: 1,
    bail: 1,
    sequence: { sequencer: AsAsked },
    // It would be kept by the path of this folder, which nobody reads again.
    fsModuleCache: false,
    reporters: [
      {
        onTestCaseResult(test) {
          const { state } = test.result();
          if (state !== "passed" && state !== "failed") return;
          outcome[state].push({ file: test.module.relativeModuleId, title: test.fullName });
        },
        onTestModuleEnd({ relativeModuleId, children }) {
          if (children.size === 0) outcome.unread.push(relativeModuleId);
        },
      },
    ],
  });
  await vitest.standalone();
  const project = vitest.getRootProject();
  process.on("message", async ({ choices, changed }: TestRun) => {
    outcome = { passed: [], failed: [], unread: [] };
    for (const file of changed) vitest.invalidateFile(file);
    await vitest.runTestSpecifications(
      choices.map(({ file, titles }) => project.createSpecification(resolve(file), chosen(titles))),
    );
    process.send?.(outcome);
  });
  // Whoever started it is gone.
  process.on("disconnect", () => process.exit());
}

const chosen = (titles: Choice["titles"]): TestSpecificationOptions =>
  titles instanceof RegExp ? { testNamePattern: titles } : { testNames: [...titles] };

await serve();
