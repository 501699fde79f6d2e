import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type ModuleCall, withoutKeys } from "./module-calls.ts";
import type { Repetition } from "./repetition.ts";

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
  /** Calls of modules by name, those in modules by their way (`net.module.dns`): source, version, and what each is given. */
  readonly modules?: JsonObject;
  /** What modules are given and hand out, by path without keys; of a configuration, of modules that were read. */
  readonly calls?: ReadonlyMap<string, ModuleCall>;
  /** Of a plan: what would be done to each resource that is there already or will be. */
  readonly changes?: readonly Change[];
  /** Of a plan: what it does not show. */
  readonly gaps?: readonly Gap[];
  /** Of a configuration: blocks that move, import or remove. Of a plan: actions that an apply invokes. By their kind. */
  readonly others?: JsonObject;
}

/** Something that will be done, and that a plan does not show. */
export interface Gap {
  /** Nothing: the plan as a whole. */
  readonly address: string | undefined;
  readonly reason: string;
  /** It is wrong, and not only not known yet. */
  readonly isFault: boolean;
}

/** What a plan would do to a resource. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** `no-op`, `create`, `read`, `update`, `delete`, `forget`; `delete` and `create` together: it is replaced. */
  readonly actions: readonly string[];
  /** Attributes that force a replacement. */
  readonly because: readonly string[];
  /** Why it is deleted or replaced, in Terraform's words: `delete_because_no_resource_config`. */
  readonly reason?: string;
  /** What is there before and after. Absent: nothing is, or a plan does not say. */
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  /** A plan says that there is something before, and nothing after. */
  readonly ends?: true;
  /** The address that it had until now. */
  readonly previous?: string;
  /** What is taken in: its id, or nothing where that is known only later. Absent: it is not. */
  readonly importing?: { readonly id: string | undefined };
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
  /** The file that it stands in, where that is another than its document's. */
  readonly source?: string;
  /** How the modules are repeated that it stands in. */
  readonly repetitions?: readonly Repetition[];
}

/** A data source of a document, by its module and its address there; what was configured is listed without keys. */
export const dataAt = ({ data }: Document, module: string, address: string): JsonObject | undefined =>
  data.get(`${module}${address}`) ?? data.get(withoutKeys(`${module}${address}`));

/** Where a document comes from. */
export type Origin = Pick<Document, "environment" | "stack" | "source">;

/** Whether a parsed file is Terraform's JSON configuration. */
export const isConfiguration = (json: JsonObject): boolean =>
  ["resource", "terraform", "provider", "data", "module", "variable", "output", "locals"].some((name) =>
    Object.hasOwn(json, name),
  );

/** Reads `cdk.tf.json`, or any `.tf.json`. */
export function readConfiguration(json: JsonObject, origin: Origin): Document {
  const resources = labelled(json["resource"]).map(({ type, name, body }): RawResource => {
    const provider = textOf(body["provider"])?.replace(/^\$\{(.*)\}$/, "$1");
    return { address: `${type}.${name}`, type, name, module: "", provider, attributes: body };
  });
  const values = (blocks: Json | undefined, name: string): JsonObject =>
    Object.fromEntries(Object.entries(named(blocks)).map(([key, body]) => [key, objectOf(body)[name]]));
  const { import: imports, moved, removed, action } = json;
  return {
    ...origin,
    kind: "configuration",
    resources,
    data: dataOf(json),
    outputs: values(json["output"], "value"),
    locals: together(json["locals"]),
    variables: {},
    defaults: values(json["variable"], "default"),
    providers: providersOf(json["provider"]),
    settings: together(json["terraform"]),
    modules: named(json["module"]),
    others: { import: imports, moved, removed, action },
  };
}

/** Data sources, those that only checks read, and what is read or made for the time of an apply. */
function dataOf(json: JsonObject): ReadonlyMap<string, JsonObject> {
  const checked = entriesOf(json["check"]).flatMap(([check, bodies]) =>
    listOf(bodies).flatMap((body) =>
      labelled(objectOf(body)["data"]).map((each) => ({ ...each, before: `check.${check}.data` })),
    ),
  );
  const all = [
    ...labelled(json["data"]).map((each) => ({ ...each, before: "data" })),
    ...labelled(json["ephemeral"]).map((each) => ({ ...each, before: "ephemeral" })),
    ...checked,
  ];
  return new Map(all.map(({ before, type, name, body }) => [`${before}.${type}.${name}`, body]));
}

/** Files of one configuration, as one document: nothing is given twice. */
export function joined(documents: readonly Document[]): Document {
  const [first, ...others] = documents;
  if (first === undefined) throw new TypeError("no documents");
  if (others.length === 0) return first;
  const merged = (part: (document: Document) => JsonObject | undefined): JsonObject =>
    Object.fromEntries(documents.flatMap((each) => Object.entries(part(each) ?? {})));
  return {
    ...first,
    resources: documents.flatMap(({ resources, source }) => resources.map((each) => ({ ...each, source }))),
    data: new Map(documents.flatMap(({ data }) => [...data])),
    outputs: merged(({ outputs }) => outputs),
    locals: merged(({ locals }) => locals),
    defaults: merged(({ defaults }) => defaults),
    providers: new Map(documents.flatMap(({ providers }) => [...providers])),
    settings: merged(({ settings }) => settings),
    modules: merged(({ modules }) => modules),
    others: Object.fromEntries(
      Object.keys(first.others ?? {}).map((part) => [part, documents.flatMap(({ others }) => listOf(others?.[part]))]),
    ),
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
const together = (blocks: Json | undefined): JsonObject => Object.fromEntries(entriesOf(blocks));

/** Blocks with a name, each of which may stand in a list. */
const named = (blocks: Json | undefined): JsonObject =>
  Object.fromEntries(entriesOf(blocks).map(([name, bodies]) => [name, together(bodies)]));

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
