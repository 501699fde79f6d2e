import { Memory } from "../memory.ts";
import type { Directive } from "./parse.ts";

/** Blocks that settings are inherited through; others (`map`, `upstream`, `types`) are data of theirs. */
const CONTEXTS: ReadonlySet<string> = new Set(["http", "stream", "mail", "server", "location", "if", "limit_except"]);

const ALL = {};

/** Replaces `include` by what it names. */
export type Expand = (include: Directive) => readonly Directive[];

/**
 * A block with its place in the tree. NGINX inherits alike whether a directive is one value or a list of them
 * (`add_header`, `proxy_set_header`, `limit_req`): the innermost block that sets any of that name decides, and what outer
 * ones set is then lost altogether.
 */
export class Context {
  /** `main`, `http`, `server`, `location`, ... */
  readonly kind: string;
  readonly directive: Directive | undefined;
  readonly parent: Context | undefined;
  readonly children: readonly Context[];
  /** What was worked out of this block and those around it. */
  readonly memory = new Memory();
  readonly #own = new Map<string, Directive[]>();

  constructor(
    directives: readonly Directive[],
    expand: Expand,
    directive?: Directive | undefined,
    parent?: Context | undefined,
  ) {
    this.kind = directive?.name ?? "main";
    this.directive = directive;
    this.parent = parent;
    const children: Context[] = [];
    for (const each of directives.flatMap((one) => (one.name === "include" ? expand(one) : [one]))) {
      const same = this.#own.get(each.name);
      if (same === undefined) this.#own.set(each.name, [each]);
      else same.push(each);
      if (each.block !== undefined && CONTEXTS.has(each.name)) {
        children.push(new Context(each.block, expand, each, this));
      }
    }
    this.children = children;
  }

  /** Directives of a name that stand in this very block: for what is not inherited (`proxy_pass`, `return`, `alias`). */
  own(name: string): readonly Directive[] {
    return this.#own.get(name) ?? [];
  }

  /** Names of what stands in this very block. */
  get names(): readonly string[] {
    return [...this.#own.keys()];
  }

  /** Directives of a name that are in force here. */
  inForce(name: string): readonly Directive[] {
    return this.#own.get(name) ?? this.parent?.inForce(name) ?? [];
  }

  /** The words of a directive that stands once, in force here. */
  words(name: string): readonly string[] | undefined {
    return this.inForce(name).at(-1)?.words;
  }

  /** Its first word, or NGINX' default. */
  word<Default>(name: string, byDefault: Default): string | Default {
    return this.words(name)?.[0] ?? byDefault;
  }

  /** `on` or `off`, or NGINX' default. */
  isOn(name: string, byDefault: boolean): boolean {
    const word = this.words(name)?.[0];
    return word === undefined ? byDefault : word.toLowerCase() === "on";
  }

  /** Headers that answers get here: `add_header`, joined with outer ones where `add_header_inherit merge` says so. */
  addedHeaders(): readonly Directive[] {
    const own = this.own("add_header");
    const inherit = this.word("add_header_inherit", "on");
    if (inherit === "off") return own;
    if (own.length > 0 && inherit !== "merge") return own;
    return [...own, ...(this.parent?.addedHeaders() ?? [])];
  }

  /** This block and all in it. */
  get all(): readonly Context[] {
    return this.memory.once(ALL, () => [this, ...this.children.flatMap((child) => child.all)]);
  }

  /** Blocks of a kind that stand at any depth. */
  below(kind: string): readonly Context[] {
    return this.all.filter((each) => each.kind === kind && each !== this);
  }

  /** As it is written: `location ^~ /files/`; a server by its names. */
  get title(): string {
    if (this.kind === "server") return `server ${this.own("server_name")[0]?.words.join(" ") || "without a name"}`;
    return [this.kind, ...(this.directive?.words ?? [])].join(" ");
  }
}
