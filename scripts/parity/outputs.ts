import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isObject, type JsonObject } from "../../policies/model/json.ts";
import { filesIn } from "../folder.ts";

/** What of a configuration the scanner can read: it stops at versions, outputs and moved resources of Terraform's JSON. */
const READ = ["resource", "data", "locals", "provider", "variable"] as const;

/** A folder of configurations, as the scanner can read them. */
export interface Copies {
  readonly folder: string;
  /** The address of what the scanner names in a file: it leaves types out now and then. */
  readonly addressOf: (file: string, named: string) => string;
}

/** Copies configurations for the scanner. */
export function copiedFor(configurations: string, folder: string): Copies {
  const types = new Map<string, ReadonlyMap<string, string>>();
  for (const file of filesIn(configurations).filter((name) => name.endsWith(".tf.json"))) {
    const json: JsonObject = JSON.parse(readFileSync(join(configurations, file), "utf8"));
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const some = Object.fromEntries(READ.flatMap((name) => (name in json ? [[name, json[name]]] : [])));
    writeFileSync(join(folder, file), JSON.stringify(some, undefined, 2));
    types.set(file, typesIn(json));
  }
  return {
    folder,
    addressOf(file, named) {
      const [type = "", ...rest] = named.split(".");
      const name = rest.join(".");
      return type === "resource" ? `${types.get(file)?.get(name) ?? type}.${name}` : named;
    },
  };
}

/** Types of resources by their names, which are one type's alone in what is rendered here. */
function typesIn({ resource }: JsonObject): ReadonlyMap<string, string> {
  const all = isObject(resource) ? Object.entries(resource) : [];
  return new Map(
    all.flatMap(([type, named]) => (isObject(named) ? Object.keys(named).map((name) => [name, type] as const) : [])),
  );
}

/** `Deployment.shop.api`, as we print objects: `Deployment/shop/api`; those of the cluster have no namespace. */
export function objectAddress(named: string, known: ReadonlySet<string>): string {
  const [kind = "", namespace = "", ...rest] = named.split(".");
  const name = rest.join(".");
  const ofTheCluster = `${kind}/${name}`;
  return known.has(ofTheCluster) ? ofTheCluster : `${kind}/${namespace}/${name}`;
}
