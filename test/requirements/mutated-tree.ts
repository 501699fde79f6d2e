import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutation } from "./mutations/mutation.ts";
import type { Choice, Outcome, Ran, TestRun } from "./test-server.ts";

const root = join(import.meta.dirname, "../..");
const PARTS = [
  "services",
  "constructs",
  "stacks",
  "helm",
  "ansible",
  "monitoring",
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

const SERVER = "test/requirements/test-server.ts";

/** What the compiler knows of them, where it has run. */
const CACHE = ".cache";

/** A copy of the sources in a temporary folder, in which one thing at a time may be broken. */
export class MutatedTree {
  readonly #folder = mkdtempSync(join(tmpdir(), "mutated-"));
  readonly #tests: ChildProcess;
  readonly #ended = new AbortController();
  /** What was broken, and mended again. */
  readonly #changed = new Set<string>();

  constructor() {
    // With their dates, by which the compiler knows what has changed since it was there.
    const whole = { recursive: true, preserveTimestamps: true };
    for (const part of PARTS) cpSync(join(root, part), join(this.#folder, part), whole);
    if (existsSync(join(root, CACHE))) cpSync(join(root, CACHE), join(this.#folder, CACHE), whole);
    for (const installed of ["node_modules", ".venv"])
      symlinkSync(join(root, installed), join(this.#folder, installed));
    const { PATH, HOME } = process.env;
    this.#tests = fork(join(this.#folder, SERVER), {
      cwd: this.#folder,
      execPath: join(root, "node_modules/.bin/node"),
      execArgv: [],
      // Node knows code by its path: what it kept of this folder's would be of use to nobody.
      env: { NODE_DISABLE_COMPILE_CACHE: "1", ...(PATH && { PATH }), ...(HOME && { HOME }) },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // Regular expressions among what is told.
      serialization: "advanced",
    });
    this.#tests.once("exit", (code) => this.#ended.abort(new Error(`${SERVER} ended by itself, with ${code}`)));
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
    this.#changed.add(path);
    writeFileSync(path, `${before}${to}${after}`);
    try {
      const titles = new RegExp(`[[ ]${id.replaceAll(".", "\\.")}[\\],]`);
      return await this.#run(tests.map((file) => ({ file, titles })));
    } finally {
      writeFileSync(path, whole);
    }
  }

  /** Runs some tests, on sources as they are. */
  async run(tests: readonly Ran[]): Promise<Outcome> {
    const titles = Map.groupBy(tests, ({ file }) => file);
    return await this.#run([...titles].map(([file, ran]) => ({ file, titles: ran.map(({ title }) => title) })));
  }

  async #run(choices: readonly Choice[]): Promise<Outcome> {
    const request: TestRun = { choices, changed: [...this.#changed] };
    const { signal } = this.#ended;
    signal.throwIfAborted();
    const answer = once(this.#tests, "message", { signal });
    this.#tests.send(request);
    const [outcome] = await answer;
    return outcome;
  }

  async remove(): Promise<void> {
    if (this.#tests.kill("SIGKILL")) await once(this.#tests, "exit");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
