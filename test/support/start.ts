import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `npm start` as its user runs it: the real program, its files, its words, its exit status. */

export const root = join(import.meta.dirname, "../..");
export const node = join(root, "node_modules/.bin/node");
export const program = (project: string) => ["--no-experimental-detect-module", join(project, "scripts/start.ts")];

/** How a program ended, and what it said. */
export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for the end of a program. */
export async function ended(child: ChildProcess): Promise<Result> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr?.on("data", (text) => {
    output.stderr += text;
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output };
}

/** Runs the program with these arguments. */
export const start = (args: readonly string[], cwd = root, variables: NodeJS.ProcessEnv = {}) =>
  ended(spawn(node, [...program(root), ...args], { cwd, env: { ...process.env, ...variables } }));

/** Every file below a directory, by path. */
export const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

/** The content of every file, as a checksum. */
export const contents = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(path).map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(path, file)))
        .digest("hex"),
    ]),
  );

/** What changes as soon as a file is written again. */
export const touched = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(path).map((file) => {
      const { mtimeMs, ino, size } = statSync(join(path, file));
      return [file, `${mtimeMs} ${ino} ${size}`];
    }),
  );

/** The files whose path is wanted. */
export const only = (all: Readonly<Record<string, string>>, wanted: (path: string) => boolean) =>
  Object.fromEntries(Object.entries(all).filter(([path]) => wanted(path)));

/** A place for runs: one whole run to compare with, and fresh folders. */
export interface Runs {
  /** What a whole run writes: made once by `npm start`, compared with by all others, changed by none. */
  readonly whole: string;
  readonly first: Result;
  folder(): string;
  /** An output directory as a run some time ago left it: other bytes in every file. */
  earlier(): string;
  remove(): void;
}

/** Makes the one whole run by `npm start`. Throws when it fails. */
export async function makeRuns(): Promise<Runs> {
  const directory = mkdtempSync(join(tmpdir(), "start-"));
  const folder = () => mkdtempSync(join(directory, "out-"));
  const whole = folder();
  const first = await ended(spawn("npm", ["start", "--silent", "--", "--output", whole], { cwd: root }));
  if (first.code !== 0) throw new Error(`npm start: exit ${first.code}\n${first.stderr}`);
  return {
    whole,
    first,
    folder,
    earlier() {
      const out = folder();
      cpSync(whole, out, { recursive: true });
      for (const file of filesIn(out)) writeFileSync(join(out, file), "earlier\n");
      return out;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
