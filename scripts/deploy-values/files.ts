import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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

/** Writes a file so that nobody ever sees half of it: beside its place first, then moved. */
export function writeWhole(file: string, text: string): void {
  const own = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(own, text);
    renameSync(own, file);
  } catch (error) {
    if (existsSync(own)) rmSync(own);
    throw new Error(`--output: cannot write "${file}": ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1).join("");
