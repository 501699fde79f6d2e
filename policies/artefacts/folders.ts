import { readdirSync, statSync } from "node:fs";
import { ArtefactError, codeOf } from "./fault.ts";

/** What lies in a folder, by its path. A link counts as what it leads to. */
export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** What lies in a folder, sorted by name; nothing where there is no such folder. Throws ArtefactError. */
export function entriesOf(folder: string): readonly Entry[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry): Entry => {
        const isLink = entry.isSymbolicLink();
        const kind = isLink ? statSync(`${folder}/${entry.name}`) : entry;
        if (!kind.isDirectory() && !kind.isFile()) {
          throw new ArtefactError(`${folder}/${entry.name}: is neither a file nor a folder`);
        }
        return { name: entry.name, isFolder: kind.isDirectory(), isLink };
      })
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    if (codeOf(error) === "ENOENT" && !isLeading(error, folder)) return [];
    throw error instanceof ArtefactError
      ? error
      : new ArtefactError(`${pathOf(error, folder)}: cannot be read (${codeOf(error)})`);
  }
}

/** Whether it is a link in the folder that leads nowhere, and not the folder that is not there. */
const isLeading = (error: unknown, folder: string): boolean => pathOf(error, folder) !== folder;

const pathOf = (error: unknown, folder: string): string =>
  error instanceof Error && "path" in error ? String(error.path) : folder;

/** Names of the files in a folder, sorted; none where there is no such folder. Throws ArtefactError. */
export const filesIn = (folder: string): readonly string[] =>
  entriesOf(folder)
    .filter(({ isFolder }) => !isFolder)
    .map(({ name }) => name);

/** Names of the folders in a folder, sorted; none where there is no such folder. Throws ArtefactError. */
export const foldersIn = (folder: string): readonly string[] =>
  entriesOf(folder)
    .filter(({ isFolder }) => isFolder)
    .map(({ name }) => name);
