import type { Declaration, DeclaredChoice } from "../model/declaration.ts";
import { isObject, type JsonObject, listOf, objectOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";

/** What `index.json` declares. */
export interface Index {
  readonly environments: readonly Declaration[];
}

/** What each environment and each service of it must list, or a flow that is not there would pass as one that is not declared. */
const OF_ENVIRONMENT = ["subnets", "stacks", "flows", "services", "zones"] as const;
const OF_SERVICE = ["components", "stores", "entrypoints", "flows", "egress", "secrets", "backups"] as const;

/** The index of an estate; its maker has judged it by its schema, here its outline is. Throws ArtefactError. */
export function readIndex(json: JsonObject, path: string): Index {
  const environments = listsOf(json, ["environments"], path, "")[0] ?? [];
  for (const environment of environments) {
    const name = `environment ${String(isObject(environment) ? environment["name"] : environment)}`;
    if (!isObject(environment)) throw new ArtefactError(`${path}: ${name}: must be an object`);
    listsOf(environment, OF_ENVIRONMENT, path, `${name}: `);
    for (const service of listOf(environment["services"])) {
      if (!isObject(service)) throw new ArtefactError(`${path}: ${name}: services must be objects`);
      listsOf(service, OF_SERVICE, path, `${name}: service ${String(service["name"])}: `);
    }
  }
  return { environments: environments.map((each) => gathered(objectOf(each), json, path)) };
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

function listsOf(
  json: JsonObject,
  names: readonly string[],
  path: string,
  where: string,
): readonly (readonly unknown[])[] {
  return names.map((name) => {
    const list = json[name];
    if (!Array.isArray(list))
      throw new ArtefactError(
        `${path}: ${where}${name} must be a list, got ${list === undefined ? "nothing" : typeof list}`,
      );
    return list as readonly unknown[];
  });
}
