import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type ModuleCall, withoutKeys } from "./module-calls.ts";

/** One state's configuration or plan, in one form whichever it was read from. */
export interface Document {
  readonly environment: string | undefined;
  readonly stack: string | undefined;
  /** The file that it was read from, as it was given. */
  readonly source: string;
  readonly kind: "configuration" | "plan";
  readonly resources: readonly RawResource[];
  /** By address: `data.aws_ami.debian`. */
  readonly data: ReadonlyMap<string, JsonObject>;
  readonly outputs: JsonObject;
  readonly locals: JsonObject;
  readonly variables: JsonObject;
  /** Settings of each provider by its name, or name and alias: `aws`, `aws.copy`. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  /** The block `terraform`: backend, versions. */
  readonly settings: JsonObject;
  /** What variables are where nobody gives them; of a plan, what they were given stands in `variables`. */
  readonly defaults?: JsonObject;
  /** Calls of modules by name: `source` and `version` of each, and what it is given. */
  readonly modules?: JsonObject;
  /** Of a plan: what its modules are given and hand out, by path without keys. */
  readonly calls?: ReadonlyMap<string, ModuleCall>;
  /** Of a plan: what would be done to each resource that is there already or will be. */
  readonly changes?: readonly Change[];
}

/** What a plan would do to a resource. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** `no-op`, `create`, `read`, `update`, `delete`; `delete` and `create` together: it is replaced. */
  readonly actions: readonly string[];
  /** Attributes that force a replacement. */
  readonly because: readonly string[];
}

/** A resource as its output has it; expressions stand in `${}`. */
export interface RawResource {
  /** As Terraform prints it: `module.net.aws_subnet.a["x"]`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** `module.net["main"].`, or nothing: what references in it are relative to. */
  readonly module: string;
  /** Name and alias of its provider: `aws.copy`. Absent: the default one. */
  readonly provider: string | undefined;
  readonly attributes: JsonObject;
}

/** A data source of a document, by its module and its address there; what was configured is listed without keys. */
export const dataAt = ({ data }: Document, module: string, address: string): JsonObject | undefined =>
  data.get(`${module}${address}`) ?? data.get(withoutKeys(`${module}${address}`));

/** Where a document comes from. */
export type Origin = Pick<Document, "environment" | "stack" | "source">;

/** Whether a parsed file is Terraform's JSON configuration. */
export const isConfiguration = (json: JsonObject): boolean =>
  ["resource", "terraform", "provider", "data", "module"].some((name) => typeof json[name] === "object");

/** Reads `cdk.tf.json`, or any `.tf.json`. */
export function readConfiguration(json: JsonObject, origin: Origin): Document {
  const resources = labelled(json["resource"]).map(({ type, name, body }): RawResource => {
    const provider = textOf(body["provider"])?.replace(/^\$\{(.*)\}$/, "$1");
    return { address: `${type}.${name}`, type, name, module: "", provider, attributes: body };
  });
  const data = new Map(labelled(json["data"]).map(({ type, name, body }) => [`data.${type}.${name}`, body]));
  const settings = together(json["terraform"]);
  const values = (blocks: Json | undefined, name: string): JsonObject =>
    Object.fromEntries(Object.entries(together(blocks)).map(([key, body]) => [key, objectOf(body)[name]]));
  return {
    ...origin,
    kind: "configuration",
    resources,
    data,
    outputs: values(json["output"], "value"),
    locals: together(json["locals"]),
    variables: {},
    defaults: values(json["variable"], "default"),
    providers: providersOf(json["provider"]),
    settings,
    modules: together(json["module"]),
  };
}

interface Labelled {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** Blocks with a type and a name. Each level may be an object or a list of objects, which mean the same. */
const labelled = (blocks: Json | undefined): readonly Labelled[] =>
  entriesOf(blocks).flatMap(([type, named]) =>
    entriesOf(named).flatMap(([name, bodies]) => listOf(bodies).map((body) => ({ type, name, body: objectOf(body) }))),
  );

const entriesOf = (blocks: Json | undefined): readonly (readonly [name: string, value: Json | undefined])[] =>
  listOf(blocks).flatMap((each) => Object.entries(objectOf(each)));

/** Blocks that may be given more than once, as one. */
const together = (blocks: Json | undefined): JsonObject => Object.assign({}, ...listOf(blocks).map(objectOf));

function providersOf(providers: Json | undefined): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [name, bodies] of entriesOf(providers)) {
    for (const body of listOf(bodies).map(objectOf)) {
      const alias = textOf(body["alias"]);
      found.set(alias === undefined ? name : `${name}.${alias}`, body);
    }
  }
  return found;
}
