import type { Declaration, DeclaredChoice } from "../model/declaration.ts";
import { type JsonObject, listOf, objectOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { refuseOddIndex } from "./index-shape.ts";

/** What `index.json` declares. */
export interface Index {
  readonly environments: readonly Declaration[];
}

/** The index of an estate. Throws ArtefactError where it has not what policies read of it. */
export function readIndex(json: JsonObject, path: string): Index {
  refuseOddIndex(json, path);
  const environments = listOf(json["environments"]).map((each) => gathered(objectOf(each), json, path));
  const names = environments.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new ArtefactError(`${path}: gives environment ${twice} twice, must be given once`);
  return { environments };
}

/** What the index says of a service once, for all environments. */
const FACTS = ["code", "owner", "data", "logs"] as const;

/** An environment with what the index says of it in other places: facts of services, that it may be deleted. */
function gathered(environment: JsonObject, json: JsonObject, source: string): Declaration {
  const facts = new Map(listOf(json["services"]).map((each) => [objectOf(each)["name"], objectOf(each)]));
  const choices = choicesFor(String(environment["name"]), json, source);
  const unprotected = choices.find(({ path }) => path === `environments/${String(environment["name"])}/unprotected`);
  const services = listOf(environment["services"]).map((each) => {
    const own = facts.get(objectOf(each)["name"]) ?? {};
    const known = FACTS.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
    return { ...objectOf(each), ...Object.fromEntries(known) };
  });
  const chosen = unprotected === undefined ? { choices } : { choices, unprotected };
  return { ...environment, services, ...chosen } as unknown as Declaration;
}

/** Weaker choices of an environment: those of services are for all. */
const choicesFor = (environment: string, json: JsonObject, source: string): readonly DeclaredChoice[] =>
  listOf(json["weakerChoices"]).flatMap((each) => {
    const { path, reason, until } = objectOf(each);
    const isOther = String(path).startsWith("environments/") && String(path).split("/")[1] !== environment;
    return isOther ? [] : [{ path: String(path), reason: String(reason), until: String(until), source }];
  });
