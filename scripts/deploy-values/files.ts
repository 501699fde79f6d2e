import { existsSync, lstatSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../folder.ts";

/** Reads JSON of a file, or of standard input by the name `-`. Throws an error of one line that begins with the option. */
export function readJson(option: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === "-" ? process.stdin.fd : file, "utf8");
  } catch (error) {
    throw new Error(`${option}: cannot read "${file}": ${messageOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${option}: "${file}" must hold JSON: ${messageOf(error)}`);
  }
}

/**
 * Writes a file so that nobody ever sees half of it: beside its place first, then moved. Moving replaces whatever is there,
 * so anything but a file is refused before.
 */
export function writeWhole(file: string, text: string): void {
  const other = otherThanFile(file);
  if (other !== undefined) throw new Error(`--output: "${file}" must be a file, got ${other}`);
  const own = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    makeFolder(dirname(file));
    writeFileSync(own, text);
    renameSync(own, file);
  } catch (error) {
    if (existsSync(own)) rmSync(own);
    throw new Error(`--output: cannot write "${file}": ${messageOf(error)}`);
  }
}

/** What stands there that is no file; undefined for a file, nothing, and what cannot be looked at: writing says why. */
function otherThanFile(path: string): string | undefined {
  const there = found(path);
  if (there === undefined || there.isFile()) return undefined;
  if (there.isDirectory()) return "a directory";
  if (there.isSymbolicLink()) return "a symbolic link";
  if (there.isFIFO()) return "a pipe";
  return there.isSocket() ? "a socket" : "a device";
}

function found(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1).join("");
