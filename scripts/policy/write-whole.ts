import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../folder.ts";

/** Writes a file so that no reader ever sees half of it. Throws an error for the user. */
export function writeWhole(path: string, text: string): void {
  const staged = `${resolve(path)}.${process.pid}.part`;
  try {
    makeFolder(dirname(staged));
    writeFileSync(staged, text);
    renameSync(staged, path);
  } catch (error) {
    if (existsSync(staged)) rmSync(staged);
    throw new Error(`cannot write "${path}": ${error instanceof Error ? error.message : error}`);
  }
}
