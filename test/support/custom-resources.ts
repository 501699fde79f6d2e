import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { KubernetesObject } from "./rendered.ts";
import { root } from "./start.ts";

/** Judges custom resources by the closed schemas in `helm/schemas/`. */
export interface CustomResources {
  /** Whether a schema speaks of an object's kind. */
  readonly knows: (object: KubernetesObject) => boolean;
  /** What is wrong with an object of a known kind; empty where nothing is. */
  readonly faults: (object: KubernetesObject) => readonly string[];
}

/** Reads and compiles every schema of the folder; the kind it speaks of stands in it. */
export function customResources(): CustomResources {
  const folder = join(root, "helm/schemas");
  const ajv = new Ajv2020({ allErrors: true });
  const schemas: ReadonlyMap<string, ValidateFunction> = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(".schema.json"))
      .map((file) => {
        const schema = JSON.parse(readFileSync(join(folder, file), "utf8"));
        const { apiVersion, kind } = schema.properties;
        return [kindOf({ apiVersion: apiVersion.const, kind: kind.const }), ajv.compile(schema)];
      }),
  );
  return {
    knows: (object) => schemas.has(kindOf(object)),
    faults(object) {
      const matches = schemas.get(kindOf(object));
      if (matches === undefined) throw new Error(`no schema of ${kindOf(object)}`);
      return matches(object)
        ? []
        : (matches.errors ?? []).map(({ instancePath, message, params }) => {
            const property = params["additionalProperty"] ?? "";
            return `${instancePath.slice(1)}: ${message}${property === "" ? "" : `, got ${property}`}`;
          });
    },
  };
}

const kindOf = ({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): string => `${apiVersion} ${kind}`;
