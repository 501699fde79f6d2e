import { isObject, type Json, type JsonObject, listOf, objectOf } from "../json.ts";
import { Unknown, type Value } from "../value.ts";

/** What a tool would still fill in before the API sees it: Helm's braces, `${NAME}` of envsubst and Flux. */
const UNFILLED = /\{\{|\$\{/;

/**
 * Fields of an object of Kubernetes, or of a part of it. Absent and null are the same. A value of another type than the
 * API has is unknown: the API would refuse it, and nobody can tell what will be there instead.
 */
export class Fields {
  readonly raw: JsonObject;

  constructor(raw: Json | undefined) {
    this.raw = objectOf(raw);
  }

  /** What stands below a path; empty where nothing does. */
  in(...path: readonly string[]): Fields {
    return path.reduce((fields, name) => new Fields(fields.raw[name]), this as Fields);
  }

  has(name: string): boolean {
    return this.raw[name] !== undefined && this.raw[name] !== null;
  }

  text(name: string): Value<string> | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" && !UNFILLED.test(value) ? value : new Unknown(JSON.stringify(value));
  }

  number(name: string): Value<number> | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === "number" ? value : new Unknown(JSON.stringify(value));
  }

  flag(name: string): Value<boolean> | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === "boolean" ? value : new Unknown(JSON.stringify(value));
  }

  /** A number of things, or a part of a whole: `1`, `25%`. */
  share(name: string): Value<Share> | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number") return { count: value };
    const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
    return percent === undefined ? new Unknown(JSON.stringify(value)) : { percent: Number(percent) };
  }

  /** A list of objects. */
  list(name: string): readonly Fields[] {
    return listOf(this.raw[name]).map((each) => new Fields(each));
  }

  /** A list of texts; what is none is written as JSON has it. */
  texts(name: string): readonly string[] {
    return listOf(this.raw[name]).map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
  }

  /** A map of texts, such as labels. */
  map(name: string): ReadonlyMap<string, string> {
    const value = this.raw[name];
    if (!isObject(value)) return new Map();
    return new Map(
      Object.entries(value).map(([key, each]) => [key, typeof each === "string" ? each : JSON.stringify(each)]),
    );
  }
}

export type Share = { readonly count: number } | { readonly percent: number };

/** How many of a whole a share is; parts are rounded up, as Kubernetes does for budgets and for surges. */
export const countOf = (share: Share, whole: number): number =>
  "count" in share ? share.count : Math.ceil((share.percent * whole) / 100);
