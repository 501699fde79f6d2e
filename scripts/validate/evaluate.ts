import type { StackFile } from "./estate.ts";
import { type Expression, type ForExpression, parseTemplate } from "./expression.ts";
import { type ForeignOutput, remoteOutput } from "./remote-output.ts";
import { shapeOf } from "./shapes.ts";
import { isRecord, type Json } from "./stack-json.ts";
import { subjectOf } from "./subject.ts";
import { call, items, plain, Resource, type Scope, text, type Value } from "./values.ts";

/** Evaluates the expressions of one stack with stand-ins for what only AWS knows. */
export class Evaluator {
  private readonly file: StackFile;
  private readonly foreign: ForeignOutput;

  constructor(file: StackFile, foreign: ForeignOutput) {
    this.file = file;
    this.foreign = foreign;
  }

  /** A finished output value; throws naming the first part that has no known shape. */
  output(raw: unknown): Json {
    return plain(this.raw(raw, {}));
  }

  /** A value as Terraform JSON writes it: strings are templates, lists and objects hold more values. */
  private raw(raw: unknown, scope: Scope): Value {
    if (typeof raw === "string") {
      return this.expression(parseTemplate(raw), scope);
    }
    if (Array.isArray(raw)) {
      return raw.map((item) => this.raw(item, scope));
    }
    if (isRecord(raw)) {
      return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, this.raw(item, scope)]));
    }
    if (typeof raw === "number" || typeof raw === "boolean" || raw === null) {
      return raw;
    }
    throw new Error(`unexpected ${typeof raw}`);
  }

  private expression(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "template":
        return expression.parts.map((part) => text(this.expression(part, scope))).join("");
      case "name":
        return this.name(expression.name, scope);
      case "attribute":
        return this.attribute(expression.of, expression.name, scope);
      case "index":
        return this.index(expression.of, plain(this.expression(expression.key, scope)), scope);
      case "splat":
        return items(this.instances(this.expression(expression.of, scope))).map((item) =>
          expression.each.reduce<Value>((value, name) => this.member(value, name), item),
        );
      case "list":
        return expression.items.map((item) => this.expression(item, scope));
      case "object":
        return Object.fromEntries(
          expression.entries.map(([key, value]) => [text(this.expression(key, scope)), this.expression(value, scope)]),
        );
      case "call":
        return call(
          expression.name,
          expression.args.map((argument) => this.expression(argument, scope)),
        );
      case "for":
        return this.comprehension(expression, scope);
      default:
        return expression satisfies never;
    }
  }

  private name(name: string, scope: Scope): Value {
    const value = scope[name];
    if (value === undefined) {
      throw new Error(`"${name}" names no resource`);
    }
    return value;
  }

  private attribute(of: Expression, name: string, scope: Scope): Value {
    if (of.kind === "name" && !(of.name in scope)) {
      if (of.name === "local") {
        return this.raw(this.file.json.locals?.[name], {});
      }
      if (this.file.json.resource?.[of.name]?.[name] !== undefined) {
        return new Resource(of.name, name);
      }
      throw new Error(`"${of.name}.${name}" is no resource or local value of this stack`);
    }
    const remote = remoteOutput(of, name);
    return remote === undefined
      ? this.member(this.expression(of, scope), name)
      : this.foreign(remote.stack, remote.output);
  }

  private index(of: Expression, key: Json, scope: Scope): Value {
    if (of.kind === "attribute" && typeof key === "string") {
      const remote = remoteOutput(of, key);
      if (remote !== undefined) {
        return this.foreign(remote.stack, remote.output);
      }
    }
    const value = this.expression(of, scope);
    if (value instanceof Resource && (typeof key === "string" || typeof key === "number")) {
      return new Resource(value.type, value.name, key);
    }
    const members: Readonly<Record<string, Value>> = isRecord(value) ? (value as Record<string, Value>) : {};
    const found = Array.isArray(value) ? value[Number(key)] : members[String(key)];
    if (found === undefined) {
      throw new Error(`nothing at [${JSON.stringify(key)}]`);
    }
    return found;
  }

  private member(value: Value, name: string): Value {
    if (value instanceof Resource) {
      return this.resourceAttribute(value, name);
    }
    const found = isRecord(value) ? (value as Record<string, Value>)[name] : undefined;
    if (found === undefined) {
      throw new Error(`nothing at ".${name}"`);
    }
    return found;
  }

  private comprehension({ names, of, key, value }: ForExpression, scope: Scope): Value {
    const collection = this.instances(this.expression(of, scope));
    const entries: [string | number, Value][] = Array.isArray(collection)
      ? [...collection.entries()]
      : Object.entries(collection as Record<string, Value>);
    const results = entries.map(([position, item]) => {
      const [first = "", second] = names;
      const inner: Scope =
        second === undefined ? { ...scope, [first]: item } : { ...scope, [first]: position, [second]: item };
      return [key === undefined ? "" : text(this.expression(key, inner)), this.expression(value, inner)] as const;
    });
    return key === undefined ? results.map(([, item]) => item) : Object.fromEntries(results);
  }

  /** All instances of a resource under `count` or `for_each`; any other value as it is. */
  private instances(value: Value): Value {
    if (!(value instanceof Resource)) {
      return value;
    }
    const args = this.args(value);
    const count = args["count"];
    if (typeof count === "number") {
      return Array.from({ length: count }, (_, index) => new Resource(value.type, value.name, index));
    }
    const each = this.raw(args["for_each"] ?? null, {});
    if (Array.isArray(each) || isRecord(each)) {
      const keys = Array.isArray(each) ? each.map(text) : Object.keys(each);
      return Object.fromEntries(keys.map((key) => [key, new Resource(value.type, value.name, key)]));
    }
    throw new Error(`${value.address} has no known number of instances`);
  }

  private args(resource: Resource): Readonly<Record<string, unknown>> {
    return this.file.json.resource?.[resource.type]?.[resource.name] ?? {};
  }

  /** What the stack's own JSON says of an attribute goes first; else the shape AWS gives values of that type. */
  private resourceAttribute(resource: Resource, attribute: string): Value {
    const args = this.args(resource);
    const scope = this.instanceScope(resource);
    const written = args[attribute];
    if (written !== undefined && !hasBlocks(written)) {
      return this.raw(written, scope);
    }
    const subject = subjectOf(this.file, resource, args, (raw) => this.raw(raw, scope));
    const shaped = shapeOf(subject, attribute);
    if (shaped === undefined) {
      throw new Error(`the shape of ${resource.type}'s "${attribute}" is unknown (scripts/validate/shapes.ts)`);
    }
    return shaped as Json;
  }

  private instanceScope(resource: Resource): Scope {
    const each = this.raw(this.args(resource)["for_each"] ?? null, {});
    const key = resource.key ?? "";
    return {
      count: { index: key },
      each: { key, value: isRecord(each) ? ((each as Record<string, Value>)[String(key)] ?? key) : key },
    };
  }
}

/** True for nested blocks, whose computed parts the arguments do not show. */
function hasBlocks(written: unknown): boolean {
  return isRecord(written) || (Array.isArray(written) && written.some(isRecord));
}
