import { existsSync } from "node:fs";
import { join } from "node:path";
import { ArtefactError } from "../artefacts/fault.ts";
import { parseYaml } from "../artefacts/parse.ts";
import { readText } from "../artefacts/text-file.ts";
import { validate } from "../generated/waivers-schema.ts";
import type { Json } from "../model/json.ts";
import type { Waiver } from "./waiver.ts";

const folder = join(import.meta.dirname, "..");

/** The committed file. */
export const waiversFile = join(folder, "waivers.yaml");

/** Reads waivers. Throws ArtefactError: one line with every fault of the file. */
export function readWaivers(path: string): readonly Waiver[] {
  if (!existsSync(path)) throw new ArtefactError(`${path}: is not there`);
  const [content = [], ...others] = parseYaml(readText(path), path);
  if (others.length > 0) throw new ArtefactError(`${path}: must be one document, got ${others.length + 1}`);
  if (Array.isArray(content) && content.length === 0) return [];
  refuse(content, path);
  const waivers = content as unknown as readonly Waiver[];
  const wrong = waivers.find(({ until }) => !isDay(until));
  if (wrong === undefined) return waivers;
  throw new ArtefactError(`${path}: ${wrong.rule} ${wrong.address}: until must be a day, got ${wrong.until}`);
}

/** Made of `waivers.schema.json` beforehand. */
const judge: {
  (content: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
} = validate;

/** Throws ArtefactError with every fault of the file, if it has any. */
function refuse(content: Json, path: string): void {
  if (judge(content)) return;
  const faults = (judge.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new ArtefactError(`${path}: ${faults.join(", ").trim()}`);
}

/** Whether the calendar has it. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
