import { join } from "node:path";
import { ArtefactError } from "./fault.ts";
import { entriesOf } from "./folders.ts";

/** Files that Terraform or OpenTofu reads as configuration. */
export const TERRAFORM = /\.(?:tf|tofu)(?:\.json)?$/;

/** Every file but hidden ones, which programs keep for themselves. */
export const SEEN = /^[^.]/;

/** Throws ArtefactError for a file that lies in a folder where nobody reads it, though its name says what it is. */
export function refuseStrays(folder: string, names: RegExp, allowed: string): void {
  const stray = entriesOf(folder).find(({ name, isFolder }) => !isFolder && names.test(name));
  if (stray !== undefined)
    throw new ArtefactError(`${join(folder, stray.name)}: is read by nobody, must lie in ${allowed}`);
}

/** The same for all folders below one, but those that somebody reads, and hidden ones: Terraform keeps what it fetched. */
export function refuseStraysBelow(
  folder: string,
  names: RegExp,
  allowed: string,
  read: ReadonlySet<string> = new Set(),
): void {
  if (!read.has(folder)) refuseStrays(folder, names, allowed);
  for (const { name, isFolder, isLink } of entriesOf(folder)) {
    if (isFolder && !isLink && !name.startsWith(".")) refuseStraysBelow(join(folder, name), names, allowed, read);
  }
}
