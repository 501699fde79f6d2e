import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ArtefactError } from "../artefacts/fault.ts";
import { parseYaml } from "../artefacts/parse.ts";
import { readText } from "../artefacts/text-file.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { fits } from "./schema-fit.ts";
import type { Waiver } from "./waiver.ts";

const folder = join(import.meta.dirname, "..");

/** The committed file. */
export const waiversFile = join(folder, "waivers.yaml");

/** Reads waivers. Throws ArtefactError: one line with every fault of the file. */
export async function readWaivers(path: string): Promise<readonly Waiver[]> {
  if (!existsSync(path)) throw new ArtefactError(`${path}: is not there`);
  const [content = [], ...others] = parseYaml(readText(path), path);
  if (others.length > 0) throw new ArtefactError(`${path}: must be one document, got ${others.length + 1}`);
  if (Array.isArray(content) && content.length === 0) return [];
  const schema = JSON.parse(readFileSync(join(folder, "waivers.schema.json"), "utf8"));
  if (!fits(content, schema)) await refuse(content, schema, path);
  const waivers = content as unknown as readonly Waiver[];
  const wrong = waivers.find(({ until }) => !isDay(until));
  if (wrong === undefined) return waivers;
  throw new ArtefactError(`${path}: ${wrong.rule} ${wrong.address}: until must be a day, got ${wrong.until}`);
}

/** Throws ArtefactError with every fault of the file, if it has any. */
async function refuse(content: Json, schema: JsonObject, path: string): Promise<void> {
  // Loaded only now: it takes longer than all else that is done here.
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const ajv = new Ajv2020({ allErrors: true });
  if (ajv.validate(schema, content)) return;
  throw new ArtefactError(`${path}: ${ajv.errorsText(ajv.errors, { dataVar: "" }).trim()}`);
}

/** Whether the calendar has it. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
