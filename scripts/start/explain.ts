import { pathToFileURL } from "node:url";
import { UsageError } from "../options.ts";

/** One line for a person: the message of an error of ours; of any other also its kind, and where in the sources it arose. */
export function explain(error: unknown, root: string): string {
  if (!(error instanceof Error)) return String(error);
  // Of policies by its name: this is loaded before anything else, also where they are not.
  const isOurs = error.constructor === Error || error instanceof UsageError || error.name === "ArtefactError";
  if (isOurs) return error.message;
  const [first = ""] = error.message.split("\n");
  const sources = `${pathToFileURL(root)}/`;
  const at = error.stack?.split("\n").find((line) => line.includes(sources) && !line.includes("/node_modules/"));
  const place = at?.slice(at.indexOf(sources) + sources.length).replace(/\)$/, "");
  return `${error.name}: ${first}${place === undefined ? "" : ` (${place})`}`;
}
