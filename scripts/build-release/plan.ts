import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Service } from "../../services/schema/service.ts";

/** What one component's hosts install; files are paths inside the application's folder. */
export interface Part {
  readonly requirements: string;
  /** Name of the application's own distribution. */
  readonly wheel: string;
  readonly alembic?: string;
}

/** An application's `release.json`. */
export interface Plan {
  readonly service: string;
  readonly components: Readonly<Record<string, Part>>;
}

/** Content of a file that the user named. Throws an error for the user. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: must be JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** Reads `release.json` of an application's folder. Throws an error for the user with every fault. */
export function readPlan(application: string): Plan {
  const file = join(application, "release.json");
  const content = parsed(file);
  const ajv = new Ajv2020({ allErrors: true });
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "release.schema.json"), "utf8"));
  if (!ajv.validate(schema, content)) throw new Error(`${file}: ${ajv.errorsText(ajv.errors, { dataVar: "" })}`);
  return content as Plan;
}

/** Components of a service whose hosts run Python: each of them asks a release for its part. */
const componentsOf = (service: Service): readonly string[] =>
  service.components
    .filter((each) => each.kind === "hosts" && each.units.some(({ runtime }) => runtime.startsWith("python")))
    .map(({ name }) => name);

/** Throws an error for the user unless hosts of the catalogue could install such a release, all of them. */
export function checkPlan(application: string, { service, components }: Plan, services: readonly Service[]): void {
  const released = services.filter((each) => componentsOf(each).length > 0);
  const found = released.find(({ name }) => name === service);
  const file = join(application, "release.json");
  if (found === undefined) {
    throw new Error(`${file}: /service: allowed are ${released.map(({ name }) => name).join(", ")}, got ${service}`);
  }
  const wanted = componentsOf(found).toSorted().join(", ");
  const got = Object.keys(components).toSorted().join(", ");
  if (got !== wanted) throw new Error(`${file}: /components: must be ${wanted}, as in the catalogue, got ${got}`);
}
