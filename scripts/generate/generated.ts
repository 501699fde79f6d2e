import type { Catalogue } from "../../services/catalogue.ts";

/** A committed file that follows from the catalogue. */
export interface GeneratedFile {
  /** Below the project: `helm/generated/production/student-allocation.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** What makes all files of a folder; at once, or where modules have to be loaded first, later. */
export interface Generator<Files = readonly GeneratedFile[]> {
  /** A folder of its own: whatever lies there and is not made is stale. */
  readonly folder: string;
  /** Files below it that another command makes. Default: none. */
  leaves?(path: string): boolean;
  /** Every file of the folder, in a stable order. Throws an error for what cannot be. */
  files(catalogue: Catalogue): Files;
}

/** The first line of a generated file whose comments begin with `#`. */
export const header = (source: string): string => `# Generated from ${source}. Do not edit; run npm run generate.\n`;
