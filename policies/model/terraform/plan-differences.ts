import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Difference, differenceOf, literals } from "./difference.ts";
import { type Document, dataAt, type RawResource } from "./document.ts";
import { instanceDifferences } from "./instances.ts";
import { withoutKeys } from "./module-calls.ts";
import { providerDifferences } from "./provider-differences.ts";
import { differing, fits, namesIn } from "./same-value.ts";
import { unaskedIn, unaskedOfProvider } from "./unasked.ts";

/** What Terraform itself reads of a block; in a plan it stands elsewhere, or nowhere. */
const META = ["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"];

const CHECK = /^((?:module\.[^.]+\.)*)check\.[^.]+\./;

/**
 * Where a plan says another thing than the configuration that it is said to be made from. Only what is literal on both sides
 * is compared, twice: as the plan repeats the configuration, and as it will be made. What a plan lacks is a gap of it.
 */
export function differencesOf(json: JsonObject, plan: Document, configuration: Document): readonly Difference[] {
  const root = objectOf(objectOf(json["configuration"])["root_module"]);
  const repeated = repeatedIn(root);
  const configured = new Map(configuration.resources.map((each) => [each.address, each]));
  const before = new Map(plan.changes?.map((each) => [each.address, each.before]));
  const unread = modulesUnread(configuration);
  // Of what only a check reads, a plan does not say that one does.
  const known = new Set([...configured.keys(), ...configuration.data.keys()].map((each) => each.replace(CHECK, "$1")));
  const isOurs = (address: string) => !unread.some((module) => address.startsWith(module));
  const added = [...new Set([...repeated.keys(), ...plan.resources.map(({ address }) => withoutKeys(address))])]
    .filter((each) => isOurs(each) && !known.has(each))
    .map((each) => differenceOf(each, "resource", "in the plan", "nothing of the name"));
  return [
    ...added,
    ...[...configured].flatMap(([address, { attributes }]) =>
      repeatedOtherwise(address, attributes, repeated.get(address)),
    ),
    ...[...configuration.data].flatMap(([address, body]) => dataDifferences(address, body, repeated, plan)),
    ...plan.resources.flatMap((each) =>
      plannedOtherwise(configuration, each, configured.get(withoutKeys(each.address)), before.get(each.address)),
    ),
    ...instanceDifferences(plan, configuration),
    ...providerDifferences(json, plan, configuration),
    ...Object.entries(configuration.modules ?? {}).flatMap(([name, call]) => {
      const { source, version } = objectOf(plan.modules?.[name]);
      const repeatedCall = objectOf(objectOf(root["module_calls"])[name]);
      return [
        ...literals(`module.${name}`, objectOf(call), { source, version }),
        ...repeatedOtherwise(`module.${name}`, objectOf(call), repeatedCall),
      ];
    }),
  ];
}

/** Blocks of a plan's configuration by address, in modules too. */
function repeatedIn(module: JsonObject, before = "", found = new Map<string, JsonObject>()): Map<string, JsonObject> {
  for (const each of listOf(module["resources"]).map(objectOf))
    if (each["mode"] !== "ephemeral") found.set(`${before}${textOf(each["address"])}`, each);
  for (const [name, call] of Object.entries(objectOf(module["module_calls"])))
    repeatedIn(objectOf(objectOf(call)["module"]), `${before}module.${name}.`, found);
  return found;
}

/** Modules that a configuration calls, and that nobody has read: what is in them cannot be compared. */
const modulesUnread = ({ modules = {}, calls }: Document): readonly string[] =>
  Object.keys(modules)
    .map((name) => `module.${name}.`)
    .filter((path) => calls?.has(path) !== true);

/** Of a configuration in JSON a plan repeats every text as it stands, expressions too. */
function repeatedOtherwise(
  address: string,
  body: JsonObject,
  repeated: JsonObject | undefined,
  but: readonly string[] = [],
): readonly Difference[] {
  const expressions = repeated?.["expressions"];
  if (!isObject(expressions)) return [];
  const own = namesIn(body).filter((name) => !META.includes(name) && !but.includes(name));
  return own
    .filter((name) => expressions[name] !== undefined && !isRepeated(body[name], expressions[name]))
    .map((name) => differenceOf(address, name, constantsOf(expressions[name]), body[name]));
}

/** A constant as it stands, or blocks whose constants are; of what is not one a plan tells references alone. */
function isRepeated(configured: Json | undefined, repeated: Json | undefined): boolean {
  if (configured === null || configured === undefined || repeated === undefined) return true;
  if (Array.isArray(repeated)) {
    const [own, others] = [listOf(configured), repeated as readonly Json[]];
    return own.length === others.length && own.every((each, at) => isRepeated(each, others[at]));
  }
  if (!isObject(repeated)) return true;
  if ("constant_value" in repeated) return isDeepStrictEqual(repeated["constant_value"], configured);
  if ("references" in repeated) return true;
  const [block] = listOf(configured);
  return isObject(block) && namesIn(block).every((name) => isRepeated(block[name], repeated[name]));
}

const constantsOf = (repeated: Json | undefined): Json | undefined =>
  isObject(repeated) && "constant_value" in repeated ? repeated["constant_value"] : repeated;

/** Of a state that others keep, a plan made without a cloud says where it read a copy. */
const COPIED = ["backend", "config", "workspace", "defaults"];

function dataDifferences(
  address: string,
  body: JsonObject,
  repeated: ReadonlyMap<string, JsonObject>,
  plan: Document,
): readonly Difference[] {
  if (!/^(?:module\.[^.]+\.)*data\./.test(address)) return [];
  if (!repeated.has(address) && dataAt(plan, "", address) === undefined)
    return [differenceOf(address, "data", undefined, "configured")];
  return repeatedOtherwise(
    address,
    body,
    repeated.get(address),
    address.includes("terraform_remote_state.") ? COPIED : [],
  );
}

/** What a resource will be, where its configuration is literal. What is there and ignored stays as it is. */
function plannedOtherwise(
  configuration: Document,
  planned: RawResource,
  configured: RawResource | undefined,
  before: JsonObject | undefined,
): readonly Difference[] {
  if (configured === undefined) return [];
  const { attributes: body } = configured;
  const ignored = listOf(objectOf(body["lifecycle"])["ignore_changes"]).map((each) =>
    String(each).replace(/[.[].*$/, ""),
  );
  if (ignored.includes("all")) return [];
  const other = namesIn(body)
    .filter((name) => !META.includes(name) && !ignored.includes(name) && !fits(name, body, planned.attributes))
    .filter((name) => !isLeft(name, body[name], planned.attributes[name], before?.[name]));
  const unasked = [
    ...unaskedIn(planned.type, body, planned.attributes, before),
    ...unaskedOfProvider(configured, planned, configuration),
  ];
  return [
    ...other.map((name) => {
      const [way, one, found] = differing(name, body[name], planned.attributes[name]);
      return differenceOf(planned.address, way, found, one);
    }),
    ...unasked
      .filter(({ way }) => !ignored.includes(way.replace(/\..*$/, "")) || before === undefined)
      .map(({ way, value }) => differenceOf(planned.address, way, value, undefined)),
  ];
}

/** What AWS lets grow, and a provider therefore leaves as it finds it. */
const GROWING = ["allocated_storage", "iops", "storage_throughput"];

/** Whether a provider leaves something as it is since it takes both for the same: `8.0` of `8.0.39`, a name of its ARN. */
function isLeft(
  name: string,
  configured: Json | undefined,
  planned: Json | undefined,
  before: Json | undefined,
): boolean {
  if (before === undefined || !isDeepStrictEqual(planned, before)) return false;
  if (GROWING.includes(name)) return Number(planned) >= Number(configured);
  const [one, other] = [textOf(configured), textOf(planned)];
  return (
    one !== undefined &&
    other !== undefined &&
    one !== "" &&
    (other.startsWith(`${one}.`) || /[:/]/.test(other)) &&
    other.includes(one)
  );
}
