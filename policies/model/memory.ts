/** What was worked out once, by the key that stands for it. Lives as long as what owns it: an estate, a run. */
export class Memory {
  readonly #known = new Map<object, unknown>();

  once<Result>(key: object, work: () => Result): Result {
    if (!this.#known.has(key)) this.#known.set(key, work());
    return this.#known.get(key) as Result;
  }

  /** The same of a text: what a key stands for is worked out of nothing else. */
  ofText<Result>(key: object, text: string, work: () => Result): Result {
    const known = this.once(key, () => new Map<string, Result>());
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const found = work();
    known.set(text, found);
    return found;
  }

  /** The same where the same text in a file of another form is read in another way. */
  ofForm<Result>(key: object, form: string, text: string, work: () => Result): Result {
    const forms = this.once(key, () => new Map<string, object>());
    const known = forms.get(form) ?? {};
    forms.set(form, known);
    return this.ofText(known, text, work);
  }
}
