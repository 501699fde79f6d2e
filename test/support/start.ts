import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** `npm start` as its user runs it: the real program, its files, its words, its exit status. */

export const root = join(import.meta.dirname, "../..");
export const node = join(root, "node_modules/.bin/node");
export const program = (project: string) => ["--no-experimental-detect-module", join(project, "scripts/start.ts")];

/** What `npm start` tells the program beside its arguments: what it writes does not depend on it. */
export const told: NodeJS.ProcessEnv = {
  CDKTN_DISABLE_CREATION_STACK: "1",
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node"),
};

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
  ended(spawn(node, [...program(root), ...args], { cwd, env: { ...process.env, ...told, ...variables } }));

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

/** A whole run: its outputs, and how it ended. */
interface WholeRun {
  readonly folder: string;
  readonly result: Result;
}
const made = new Map<"all", Promise<WholeRun>>();

/**
 * `npm start` of the real catalogue, run once for all tests of a process, which change none of its outputs, and gone with
 * it. Throws when nothing is written.
 */
export function wholeRun(): Promise<WholeRun> {
  const found = made.get("all") ?? makeWholeRun();
  made.set("all", found);
  return found;
}

async function makeWholeRun(): Promise<WholeRun> {
  const folder = mkdtempSync(join(tmpdir(), "outputs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const result = await ended(spawn("npm", ["start", "--silent", "--", "--output", folder], { cwd: root }));
  if (result.code === 2 || result.code === null) throw new Error(`npm start: exit ${result.code}\n${result.stderr}`);
  return { folder, result };
}

/** Folders for runs beside the whole one. Throws when that one fails or policies object to it. */
export async function makeRuns(): Promise<Runs> {
  const { folder: whole, result: first } = await wholeRun();
  if (first.code !== 0) throw new Error(`npm start: exit ${first.code}\n${first.stderr}`);
  const files = filesIn(whole);
  const directory = mkdtempSync(join(tmpdir(), "start-"));
  const folder = () => mkdtempSync(join(directory, "out-"));
  return {
    whole,
    first,
    folder,
    earlier() {
      const out = folder();
      for (const path of new Set(files.map(dirname))) mkdirSync(join(out, path), { recursive: true });
      for (const path of files) writeFileSync(join(out, path), "earlier\n");
      return out;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
