/** An artefact that cannot be read: one line with the file, what is wrong and what is allowed; exit code 2. */
export class ArtefactError extends Error {
  override readonly name = "ArtefactError";
}

/** `ENOENT`, `EACCES`: what the system calls it. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
