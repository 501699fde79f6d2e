/** One rule of Suricata as its text has it: nothing is understood yet. */
export interface RuleText {
  /** `pass`, `drop`, `reject`, `alert`. */
  readonly action: string;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly direction: string;
  readonly destination: string;
  readonly destinationPort: string;
  readonly options: readonly RuleOption[];
  /** Counted from 1. */
  readonly line: number;
}

export interface RuleOption {
  readonly keyword: string;
  readonly value: string | undefined;
}

/** What could not be read as a rule. */
export interface Unread {
  readonly line: number;
  readonly text: string;
}

/** Reads the rules of a text; a line may go on in the next after a backslash. */
export function parseSuricata(text: string): {
  readonly rules: readonly RuleText[];
  readonly unread: readonly Unread[];
} {
  const rules: RuleText[] = [];
  const unread: Unread[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let whole = lines[at]?.trim() ?? "";
    while (whole.endsWith("\\") && at + 1 < lines.length) {
      at += 1;
      whole = `${whole.slice(0, -1)} ${lines[at]?.trim() ?? ""}`;
    }
    if (whole === "" || whole.startsWith("#")) continue;
    const rule = ruleOf(whole, line);
    if (rule === undefined) unread.push({ line, text: whole });
    else rules.push(rule);
  }
  return { rules, unread };
}

function ruleOf(text: string, line: number): RuleText | undefined {
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) return undefined;
  const header = wordsOf(text.slice(0, open));
  const [action, protocol, source, sourcePort, direction, destination, destinationPort] = header;
  if (header.length !== 7 || destinationPort === undefined) return undefined;
  return {
    action: action?.toLowerCase() ?? "",
    protocol: protocol?.toLowerCase() ?? "",
    source: source ?? "",
    sourcePort: sourcePort ?? "",
    direction: direction ?? "",
    destination: destination ?? "",
    destinationPort,
    options: optionsOf(text.slice(open + 1, -1)),
    line,
  };
}

/** Words of a header; a list in brackets is one, whatever spaces it has. */
function wordsOf(header: string): readonly string[] {
  const words: string[] = [];
  let depth = 0;
  let word = "";
  for (const each of `${header} `) {
    if (each === "[") depth += 1;
    if (each === "]") depth -= 1;
    if (/\s/.test(each)) {
      if (depth === 0 && word !== "") words.push(word);
      if (depth === 0) word = "";
    } else word += each;
  }
  return words;
}

/** Options; a semicolon in quotes or after a backslash belongs to its text. */
function optionsOf(text: string): readonly RuleOption[] {
  const options: RuleOption[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const each = at === text.length ? ";" : text[at];
    if (each === "\\") at += 1;
    else if (each === '"') quoted = !quoted;
    else if (each === ";" && (!quoted || at === text.length)) {
      const option = optionOf(text.slice(from, at).trim());
      if (option !== undefined) options.push(option);
      from = at + 1;
    }
  }
  return options;
}

function optionOf(text: string): RuleOption | undefined {
  if (text === "") return undefined;
  const colon = text.indexOf(":");
  return colon < 0
    ? { keyword: text.toLowerCase(), value: undefined }
    : { keyword: text.slice(0, colon).trim().toLowerCase(), value: text.slice(colon + 1).trim() };
}
