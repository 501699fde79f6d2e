import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { ArtefactError, codeOf } from "./fault.ts";

/** What no artefact of an estate comes near; more is a mistake, and would take the memory of the machine. */
const LARGEST_MIB = 256;

/** The text of a file that may be anything. Throws ArtefactError when it is not there, too large, no file, or not UTF-8. */
export function readText(path: string): string {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new ArtefactError(`${path}: is not a file`);
    if (found.size > LARGEST_MIB * 2 ** 20) {
      throw new ArtefactError(`${path}: has ${Math.ceil(found.size / 2 ** 20)} MiB, at most ${LARGEST_MIB} are read`);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return readKnownFile(path);
}

/** The text of what is known to be a file: of thousands, nothing is asked twice. Throws ArtefactError. */
export function readKnownFile(path: string): string {
  try {
    // Node's quickest way puts U+FFFD for what is not UTF-8: only then the bytes are looked at.
    const text = readFileSync(path, "utf8");
    if (text.includes("\uFFFD") && !isUtf8(readFileSync(path))) throw new ArtefactError(`${path}: is not UTF-8`);
    if (text.includes("\0")) throw new ArtefactError(`${path}: holds NUL characters: must be text in UTF-8`);
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): ArtefactError =>
  error instanceof ArtefactError ? error : new ArtefactError(`${path}: cannot be read (${codeOf(error)})`);
