import { isObject, type Json, type JsonObject, listOf } from "../json.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Document } from "./document.ts";
import { isTemplate } from "./expression.ts";
import type { Graph } from "./graph.ts";

/** Where expressions of a block are at home. */
export interface Scope {
  readonly graph: Graph;
  readonly document: Document;
  readonly module: string;
}

/**
 * Attributes of a resource or of a block in it. Whatever their spelling: `"443"` is 443, one block is a list of one, null
 * is absent. A value of another type than asked for is unknown, since nobody can tell what it will be.
 */
export class Block {
  readonly raw: JsonObject;
  readonly scope: Scope;
  /** Set in a block that stands for blocks nobody knows: all that it is asked is unknown. */
  readonly #unknown: Unknown | undefined;

  constructor(raw: JsonObject, scope: Scope, unknown?: Unknown) {
    this.raw = raw;
    this.scope = scope;
    this.#unknown = unknown;
  }

  /** Names of what is given; null counts as not given. */
  get names(): readonly string[] {
    return Object.keys(this.raw).filter((name) => name !== "//" && this.raw[name] !== null);
  }

  /** Whether the block stands for blocks nobody knows. */
  get isUnknown(): boolean {
    return this.#unknown !== undefined;
  }

  /** Whether something is given; an empty list is nothing. */
  has(name: string): boolean {
    const given = this.raw[name];
    return this.isUnknown || (given !== undefined && given !== null && !(Array.isArray(given) && given.length === 0));
  }

  text(name: string): Value<string> | undefined {
    const value = this.value(name);
    if (value === undefined || isUnknown(value) || typeof value === "string") return value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : new Unknown(JSON.stringify(value));
  }

  number(name: string): Value<number> | undefined {
    const value = this.value(name);
    if (value === undefined || isUnknown(value) || typeof value === "number") return value;
    const read = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
    return Number.isNaN(read) ? new Unknown(JSON.stringify(value)) : read;
  }

  flag(name: string): Value<boolean> | undefined {
    const value = this.value(name);
    if (value === undefined || isUnknown(value) || typeof value === "boolean") return value;
    if (value === "true" || value === 1 || value === "1") return true;
    return value === "false" || value === 0 || value === "0" ? false : new Unknown(JSON.stringify(value));
  }

  /** A list of texts; a list that is unknown as a whole is one unknown text. Absent: empty. */
  texts(name: string): readonly Value<string>[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (isUnknown(value)) return [value];
    return listOf(value).map((each) => {
      const text = this.#resolved(each);
      if (text === undefined || isUnknown(text) || typeof text === "string") return text ?? "";
      return typeof text === "object" ? new Unknown(JSON.stringify(text)) : String(text);
    });
  }

  /** A map of texts. Absent: empty; one that is unknown as a whole: unknown. */
  map(name: string): Value<ReadonlyMap<string, Value<string>>> {
    const value = this.value(name);
    if (value === undefined) return new Map();
    if (isUnknown(value)) return value;
    const body = isObject(value) ? value : {};
    const block = new Block(body, this.scope);
    return new Map(block.names.map((key) => [key, block.text(key) ?? ""]));
  }

  /** Blocks of a name: none, one, or many. Blocks that nobody knows are one, of which everything is unknown. */
  blocks(name: string): readonly Block[] {
    if (this.#unknown !== undefined) return [new Block({}, this.scope, this.#unknown)];
    const dynamic = listOf(this.raw["dynamic"]).some((each) => isObject(each) && each[name] !== undefined);
    const unknown = dynamic ? [new Block({}, this.scope, new Unknown(`dynamic "${name}"`))] : [];
    const given = listOf(this.raw[name]).map((each) => {
      const value = typeof each === "string" ? this.#resolved(each) : each;
      if (isUnknown(value)) return new Block({}, this.scope, value);
      return isObject(value)
        ? new Block(value, this.scope)
        : new Block({}, this.scope, new Unknown(JSON.stringify(value)));
    });
    return [...given, ...unknown];
  }

  /** The first block of a name. */
  block(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  /** Anything, resolved at its top: for documents in documents. */
  value(name: string): Value<Exclude<Json, null>> | undefined {
    if (this.#unknown !== undefined) return this.#unknown;
    return this.#resolved(this.raw[name]);
  }

  #resolved(raw: Json | undefined): Value<Exclude<Json, null>> | undefined {
    if (raw === undefined || raw === null) return undefined;
    if (typeof raw !== "string") return raw;
    return isTemplate(raw) ? this.scope.graph.evaluate(raw, this.scope) : this.scope.graph.literal(raw);
  }
}
