import { existsSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../folder.ts";

/**
 * Writes a file so that no reader ever sees half of it. A link stays, and leads to what was written; a pipe or a device is
 * written through. Throws an error for the user.
 */
export function writeWhole(path: string, text: string): void {
  const isFile = existsSync(path) && statSync(path).isFile();
  const target = isFile ? realpathSync(path) : resolve(path);
  const staged = `${target}.${process.pid}.part`;
  try {
    makeFolder(dirname(target));
    if (!isFile && lstatSync(path, { throwIfNoEntry: false }) !== undefined) writeFileSync(path, text);
    else {
      writeFileSync(staged, text);
      renameSync(staged, target);
    }
  } catch (error) {
    if (existsSync(staged)) rmSync(staged);
    throw new Error(`cannot write "${path}": ${error instanceof Error ? error.message : error}`);
  }
}
