import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { makeStaging, removeOnSignal } from "../start/staging.ts";
import type { GeneratedFile } from "./generated.ts";

/** What a folder's files should be. */
interface Wanted {
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
  /** Files below the folder that another command makes. */
  readonly leaves?: ((path: string) => boolean) | undefined;
}

/** A file that is not as it should be. */
export interface Difference {
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
}

/** What differs below a project from what it should be, in order of paths. */
export const differences = (root: string, wanted: Wanted): readonly Difference[] =>
  [
    ...wanted.files.flatMap(({ path, text }): readonly Difference[] => {
      const file = join(root, path);
      if (!existsSync(file)) return [{ path, change: "added" }];
      return readFileSync(file, "utf8") === text ? [] : [{ path, change: "changed" }];
    }),
    ...staleIn(root, wanted).map((path): Difference => ({ path, change: "removed" })),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));

/** What a command that compares prints for a person: a line for each difference, and a closing one. */
export const listed = (changes: readonly Difference[], closing: string): string =>
  [...changes.map(({ path, change }) => `${change} ${path}`), closing].map((line) => `${line}\n`).join("");

/** Files in the folder that nobody makes. What a run stages there is no file of it yet. */
function staleIn(root: string, { folder, files, leaves = () => false }: Wanted): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  const made = new Set(files.map(({ path }) => path));
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join("/"))
    .filter((path) => !made.has(path) && !leaves(path) && !path.startsWith(`${folder}/.staging-`));
}

/** Makes a folder what it should be: new files are staged on the same disk and moved, so nobody reads half a file. */
export function writeGenerated(root: string, wanted: Wanted, differing: readonly Difference[]): void {
  const staging = makeStaging(join(root, wanted.folder));
  const interrupted = removeOnSignal(staging);
  try {
    const changed = wanted.files.filter(({ path }) =>
      differing.some((each) => each.path === path && each.change !== "removed"),
    );
    for (const { path, text } of changed) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), text);
    }
    for (const { path } of changed) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      renameSync(join(staging, path), join(root, path));
    }
    for (const { path } of differing.filter(({ change }) => change === "removed")) rmSync(join(root, path));
  } finally {
    interrupted.forget();
    rmSync(staging, { recursive: true, force: true });
  }
  removeEmpty(join(root, wanted.folder));
}

/** Removes folders that hold nothing any more. */
function removeEmpty(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const below = join(folder, entry.name);
    removeEmpty(below);
    if (readdirSync(below).length === 0) rmSync(below, { recursive: true });
  }
}
