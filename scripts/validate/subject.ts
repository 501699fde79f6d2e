import { placeOf, type StackFile } from "./estate.ts";
import type { Subject } from "./shape.ts";
import { type Resource, text, type Value } from "./values.ts";

/** Arguments that hold a resource's name, in the order they are looked for. */
const nameArguments = ["name", "bucket", "cluster_identifier", "identifier", "function_name", "alarm_name"] as const;

/** What stand-ins of a resource are made from; `read` evaluates an argument. Throws where its provider has no region. */
export function subjectOf(
  file: StackFile,
  resource: Resource,
  args: Readonly<Record<string, unknown>>,
  read: (raw: unknown) => Value,
): Subject {
  const alias = String(args["provider"] ?? "").replace(/^aws\.?/, "");
  const { account, regions } = placeOf(file);
  const region = typeof args["region"] === "string" ? args["region"] : regions[alias];
  if (region === undefined) {
    throw new Error(`${resource.address} uses provider "${args["provider"]}", which has no region`);
  }
  const seed = `${file.environment}/${file.stack}/${resource.address}`;
  const own = nameArguments.find((name) => typeof args[name] === "string");
  const address = `${resource.name}${resource.key === undefined ? "" : `-${resource.key}`}`;
  const name = own === undefined ? address.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-") : text(read(args[own]));
  return { type: resource.type, seed, region, account, name, args };
}
