/** Where a word ends in a text, and which one it is. */
export type Met = (word: number, end: number) => void;

/** Looks through a text, or a stretch of it. */
export type Search = (text: string, met: Met, from?: number, to?: number) => void;

/** Letters beyond ASCII are all the same: none of a word. */
const ASCII = 128;

/**
 * A search for many words at once, in capital or small letters: one step for each letter of a text, however many words there
 * are (Aho and Corasick, 1975). Expressions with as many alternatives take ten times as long.
 */
export function matcher(words: readonly string[]): Search {
  const { letters, width } = lettersOf(words);
  const trie = trieOf(words, letters, width);
  const fail = closed(trie, width);
  // A word may end within another: `key` at the end of `api_key`.
  const met = trie.ends.map((own, state) => {
    const all = [...own];
    for (let at = fail[state] ?? 0; at !== 0; at = fail[at] ?? 0) all.push(...(trie.ends[at] ?? []));
    return all;
  });
  // States are where their rows begin: few letters in few rows stay near the processor.
  const next = Uint16Array.from(trie.next, (state) => state * width);
  const accepts = new Uint8Array(next.length);
  for (const [state, own] of met.entries()) accepts[state * width] = own.length > 0 ? 1 : 0;
  return (text, report, from = 0, to = text.length) => {
    let state = 0;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      state = code < ASCII ? (next[state + (letters[code] ?? 0)] ?? 0) : 0;
      if (accepts[state] === 1) for (const word of met[state / width] ?? []) report(word, at + 1);
    }
  };
}

/** A number for each letter that words consist of, capital or small; 0 for all others. */
function lettersOf(words: readonly string[]): { readonly letters: Uint8Array; readonly width: number } {
  const letters = new Uint8Array(ASCII);
  let width = 1;
  for (const letter of new Set(words.join("").toLowerCase())) {
    letters[letter.charCodeAt(0)] = width;
    letters[letter.toUpperCase().charCodeAt(0)] = width;
    width += 1;
  }
  return { letters, width };
}

interface Trie {
  /** Row by row for each state, which one follows by each letter; 0, the start: none. */
  readonly next: number[];
  /** Words that end in each state. */
  readonly ends: number[][];
}

function trieOf(words: readonly string[], letters: Uint8Array, width: number): Trie {
  const row = new Array<number>(width).fill(0);
  const next = [...row];
  const ends: number[][] = [[]];
  for (const [index, word] of words.entries()) {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const step = state * width + (letters[word.charCodeAt(at)] ?? 0);
      state = next[step] ?? 0;
      if (state !== 0) continue;
      state = ends.push([]) - 1;
      next[step] = state;
      next.push(...row);
    }
    ends[state]?.push(index);
  }
  return { next, ends };
}

/** Where no letter of a word follows, the search goes on from the longest beginning that fits: that of each state. */
function closed({ next, ends }: Trie, width: number): readonly number[] {
  const fail = ends.map(() => 0);
  const open = [0];
  for (const state of open) {
    for (let letter = 0; letter < width; letter += 1) {
      const to = next[state * width + letter] ?? 0;
      const back = state === 0 ? 0 : (next[(fail[state] ?? 0) * width + letter] ?? 0);
      if (to === 0) next[state * width + letter] = back;
      else {
        fail[to] = back;
        open.push(to);
      }
    }
  }
  return fail;
}
