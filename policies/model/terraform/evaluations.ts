import type { Scope } from "./block.ts";
import type { Document } from "./document.ts";

/** What texts come to where they stand: the same text in the same module of the same state, the same value. */
export class Evaluations<Result> {
  readonly #known = new Map<Document, Map<string, Map<string, Result>>>();

  once(text: string, { document, module }: Scope, work: () => Result): Result {
    const texts = within(within(this.#known, document), module);
    const known = texts.get(text);
    if (known !== undefined || texts.has(text)) return known as Result;
    const result = work();
    texts.set(text, result);
    return result;
  }
}

/** The map under a key, made where there is none. */
function within<Key, Inner, Value>(maps: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  const found = maps.get(key) ?? new Map<Inner, Value>();
  maps.set(key, found);
  return found;
}
