import { isObject, type Json, type JsonObject, objectOf, textOf } from "../json.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Scope } from "./block.ts";
import { type Document, dataAt } from "./document.ts";
import { Evaluations } from "./evaluations.ts";
import { isTemplate, type Path, partsOf, pathOf } from "./expression.ts";
import { callerOf, withoutKeys } from "./module-calls.ts";
import { Resource } from "./resource.ts";

type Known = Exclude<Json, null>;

/** Expressions that lead to themselves end here. */
const DEEPEST = 40;
/** And here those that do so many times over: what one text of an honest configuration comes to takes some tens. */
const MOST_STEPS = 10_000;

/** Attributes by which one resource names another with a plain text, beside its id and ARN. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket: ["bucket"],
  aws_iam_role: ["name"],
  aws_iam_instance_profile: ["name"],
  aws_iam_user: ["name"],
  aws_kms_alias: ["name"],
  aws_db_instance: ["identifier"],
  aws_db_parameter_group: ["name"],
  aws_db_subnet_group: ["name"],
  aws_rds_cluster: ["cluster_identifier"],
  aws_rds_cluster_parameter_group: ["name"],
  aws_elasticache_parameter_group: ["name"],
  aws_eks_cluster: ["name"],
  aws_backup_vault: ["name"],
  aws_cloudwatch_log_group: ["name"],
  aws_ecr_repository: ["name"],
  aws_elb: ["name"],
  aws_cloudwatch_event_bus: ["name"],
  aws_redshift_parameter_group: ["name"],
  aws_neptune_cluster_parameter_group: ["name"],
  aws_docdb_cluster_parameter_group: ["name"],
  aws_lightsail_instance: ["name"],
  aws_launch_template: ["name"],
  aws_autoscaling_group: ["name"],
  aws_lambda_function: ["function_name"],
  aws_glue_security_configuration: ["name"],
  aws_emr_security_configuration: ["name"],
};

/** The resources of one environment, all its states together: what expressions lead to is looked up here. */
export class Graph {
  readonly resources: readonly Resource[];
  readonly documents: readonly Document[];
  readonly #byType: ReadonlyMap<string, readonly Resource[]>;
  readonly #byAddress: ReadonlyMap<Document, ReadonlyMap<string, Resource>>;
  readonly #byKey: ReadonlyMap<string, Document>;
  readonly stubs: ReadonlyMap<string, { readonly stack: string; readonly from: string }>;
  #byName: ReadonlyMap<string, Resource> | undefined;
  readonly #asked = new Set<string>();
  readonly #evaluations = new Evaluations<Value<Known> | undefined>();
  #depth = 0;
  #steps = 0;

  /** Stubs: texts that stand in plans for outputs of other states, with the expression that each is. */
  constructor(
    documents: readonly Document[],
    stubs: ReadonlyMap<string, { readonly stack: string; readonly from: string }>,
  ) {
    this.documents = documents;
    this.stubs = stubs;
    const byAddress = new Map<Document, ReadonlyMap<string, Resource>>();
    const all: Resource[] = [];
    for (const document of documents) {
      const own = document.resources.map((raw) => new Resource(raw, document, this));
      byAddress.set(document, new Map(own.map((each) => [each.address, each])));
      // One by one: there may be more than a call takes arguments.
      for (const each of own) all.push(each);
    }
    this.resources = all;
    this.#byAddress = byAddress;
    this.#byType = Map.groupBy(all, ({ type }) => type);
    this.#byKey = new Map(
      documents.flatMap((document) => {
        const key = stateKey(objectOf(objectOf(objectOf(document.settings)["backend"])["s3"]));
        return key === undefined ? [] : [[key, document] as const];
      }),
    );
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    for (const type of types) this.#asked.add(type);
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** Types that nobody has asked for yet, and how many resources there are of each: after rules have run, what none reads. */
  get unread(): ReadonlyMap<string, number> {
    const left = [...this.#byType].filter(([type]) => !this.#asked.has(type));
    return new Map(left.map(([type, resources]) => [type, resources.length]));
  }

  /** The resource that a value names: by reference, by id, by ARN or by name. Of these types where some are given. */
  find(value: Value<string> | undefined, ...types: readonly string[]): Resource | undefined {
    if (value === undefined) return undefined;
    const found = isUnknown(value) ? value.resource : this.#named(value, types);
    if (found !== undefined) this.#asked.add(found.type);
    return found === undefined || types.length === 0 || types.includes(found.type) ? found : undefined;
  }

  /** A text as it is, or what it stands for where it is a stub of a plan. */
  literal(text: string): Value<Known> {
    const stub = this.stubs.get(text);
    if (stub === undefined) return text;
    const document = this.documents.find(({ stack }) => stack === stub.stack);
    return document === undefined
      ? text
      : (this.evaluate(stub.from, { graph: this, document, module: "" }) ?? new Unknown(stub.from));
  }

  /** What a text with expressions comes to. Many rules ask the same of many resources: it is worked out once. */
  evaluate(text: string, scope: Scope): Value<Known> | undefined {
    // What others lead to depends on how far they have come, too.
    if (this.#depth > 0) return this.#evaluated(text, scope);
    this.#steps = 0;
    return this.#evaluations.once(text, scope, () => this.#evaluated(text, scope));
  }

  #evaluated(text: string, scope: Scope): Value<Known> | undefined {
    this.#steps += 1;
    if (this.#depth > DEEPEST || this.#steps > MOST_STEPS) return new Unknown(text);
    this.#depth += 1;
    try {
      const parts = partsOf(text);
      const [only] = parts;
      if (parts.length === 1 && only !== undefined && "expression" in only)
        return this.#expression(only.expression, scope);
      let whole = "";
      for (const part of parts) {
        const value = "text" in part ? part.text : this.#expression(part.expression, scope);
        if (value === undefined || isUnknown(value) || typeof value === "object") return new Unknown(text);
        whole += String(value);
      }
      return whole;
    } finally {
      this.#depth -= 1;
    }
  }

  #expression(expression: string, scope: Scope): Value<Known> | undefined {
    const text = `\${${expression}}`;
    const path = pathOf(expression);
    if (path === undefined) return new Unknown(text);
    const [first, second, third] = path;
    if (first === "local" || first === "var") {
      return this.#given(first, String(second), path.slice(2), scope);
    }
    if (first === "data") return this.#data(path, scope, text);
    if (first === "module") return this.#output(path, scope, text);
    if (first === "each" || first === "count" || first === "path") return new Unknown(text);
    const address = `${scope.module}${String(first)}.${String(second)}`;
    const keyed = typeof third === "number" ? `${address}[${third}]` : `${address}["${String(third)}"]`;
    const own = this.#byAddress.get(scope.document);
    const resource = own?.get(keyed) ?? own?.get(address);
    if (resource === undefined) return new Unknown(text);
    const steps = path.slice(own?.has(keyed) ? 3 : 2);
    return this.#attribute(resource, steps, text);
  }

  /** A local value, or a variable: of a module, what it is called with. */
  #given(kind: "local" | "var", name: string, steps: Path, scope: Scope): Value<Known> | undefined {
    const { document, module } = scope;
    const text = `\${${[kind, name, ...steps].join(".")}}`;
    if (module === "") {
      return this.#within(ownOf(kind === "local" ? document.locals : document.variables, name), steps, scope, text);
    }
    const call = document.calls?.get(withoutKeys(module));
    if (kind === "local") return this.#within(ownOf(call?.locals ?? {}, name), steps, scope, text);
    if (call === undefined) return new Unknown(text);
    return this.#within(ownOf(call.inputs, name), steps, { ...scope, module: callerOf(module) }, text);
  }

  /** What a module hands out: `module.net["main"].subnet_id`. */
  #output([, name, ...rest]: Path, scope: Scope, text: string): Value<Known> | undefined {
    const [key, ...others] = rest;
    const bare = `${scope.module}module.${String(name)}`;
    const keyed = `${bare}[${JSON.stringify(key)}].`;
    const isKeyed = scope.document.resources.some(({ module }) => module.startsWith(keyed));
    const [output, ...steps] = isKeyed ? others : rest;
    const call = scope.document.calls?.get(withoutKeys(`${bare}.`));
    if (call === undefined) return new Unknown(text);
    const module = isKeyed ? keyed : `${bare}.`;
    return this.#within(ownOf(call.outputs, String(output)), steps, { ...scope, module }, text);
  }

  /** An attribute of a resource: its value where that is given, else a reference to it. */
  #attribute(resource: Resource, steps: Path, text: string): Value<Known> | undefined {
    const [name, ...rest] = steps;
    const reference = new Unknown(text, resource, steps.join("."));
    if (typeof name !== "string") return reference;
    const given = ownOf(resource.raw.attributes, name);
    if (given === undefined || given === null) return reference;
    // One that is told its ARN leads on to what has it: the policy of a topic.
    if (IDENTITY.has(name) && !(typeof given === "string" && isTemplate(given))) return reference;
    const value = this.#within(given, rest, resource.block.scope, text);
    return value === undefined || (isUnknown(value) && value.resource === undefined) ? reference : value;
  }

  /** What stands in a value under a path. */
  #within(value: Json | undefined, steps: Path, scope: Scope, text: string): Value<Known> | undefined {
    let found: Json | undefined = value;
    for (const step of steps) {
      if (typeof found === "string") return new Unknown(text);
      if (Array.isArray(found)) found = (found as readonly Json[])[Number(step)];
      // One block is a list of one.
      else if (isObject(found)) found = typeof step === "number" ? found : ownOf(found, step);
      else return new Unknown(text);
    }
    if (found === undefined || found === null) return new Unknown(text);
    return typeof found === "string" ? (this.evaluate(found, scope) ?? new Unknown(text)) : found;
  }

  /** A data source: another state's output, or what a plan read. */
  #data([, type, name, first, ...rest]: Path, scope: Scope, text: string): Value<Known> | undefined {
    const keyed =
      typeof first === "number" ? dataAt(scope.document, scope.module, `data.${type}.${name}[${first}]`) : undefined;
    if (keyed !== undefined && rest.length > 0)
      return this.#within(ownOf(keyed, String(rest[0])), rest.slice(1), scope, text);
    const body = dataAt(scope.document, scope.module, `data.${type}.${name}`);
    if (body === undefined) return new Unknown(text);
    if (type !== "terraform_remote_state") {
      return first === undefined ? new Unknown(text) : this.#within(ownOf(body, String(first)), rest, scope, text);
    }
    const key = stateKey(objectOf(body["config"]));
    const document = key === undefined ? undefined : this.#byKey.get(key);
    if (first !== "outputs") return new Unknown(text);
    const [output, ...steps] = rest;
    // Of a state that nobody has given, what the plan has read of it.
    if (document === undefined) {
      const read = this.#within(ownOf(objectOf(body["outputs"]), String(output)), steps, scope, text);
      return typeof read === "string" ? this.literal(read) : read;
    }
    return this.#within(ownOf(document.outputs, String(output)), steps, { graph: this, document, module: "" }, text);
  }

  #named(text: string, types: readonly string[]): Resource | undefined {
    this.#byName ??= namesOf(this.resources);
    for (const type of types) {
      const found = this.#byName.get(`${type} ${text}`);
      if (found !== undefined) return found;
    }
    return this.#byName.get(text);
  }
}

/** Not what every object has by nature, such as `constructor`. */
const ownOf = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Known only after apply, and in a plan of what is there already just another spelling of the resource itself. */
const IDENTITY = new Set(["id", "arn"]);

function namesOf(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resource of resources) {
    for (const [name, text] of namesGiven(resource)) {
      found.set(`${resource.type} ${text}`, resource);
      // An ARN names one thing, and so does an id such as vpc-0a1b2c3d; other ids are names that several types share.
      if (name === "arn" || (name === "id" && /^[a-z]+-[0-9a-f]{8,}$/.test(text))) found.set(text, resource);
    }
  }
  return found;
}

/** What a resource is named by, where that is plain text. */
const namesGiven = ({ type, raw }: Resource): readonly (readonly [name: string, text: string])[] =>
  ["id", "arn", ...(NAMES[type] ?? [])].flatMap((name) => {
    const text = textOf(raw.attributes[name]);
    return text === undefined || isTemplate(text) ? [] : [[name, text] as const];
  });

/** What one state is known by to others: its bucket and key. */
function stateKey(backend: JsonObject): string | undefined {
  const key = textOf(backend["key"]);
  return key === undefined ? undefined : `${textOf(backend["bucket"]) ?? ""}/${key}`;
}
