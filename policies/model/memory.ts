/** What was worked out once, by the key that stands for it. Lives as long as what owns it: an estate, a run. */
export class Memory {
  readonly #known = new Map<object, unknown>();

  once<Result>(key: object, work: () => Result): Result {
    if (!this.#known.has(key)) this.#known.set(key, work());
    return this.#known.get(key) as Result;
  }
}
