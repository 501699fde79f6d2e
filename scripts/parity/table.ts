import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parseDocument } from "yaml";

/** Why no rule of ours judges what a check judges. */
export type Without = "declined" | "elsewhere" | "not-held";

/** What the table says of some checks: the rules that judge the same, or why none does. */
export interface Entry {
  /** Slugs; none where `without` says why. */
  readonly rules: readonly string[];
  readonly note?: string;
  readonly without?: Without;
  readonly why?: string;
  /** Names by id. */
  readonly checks: Readonly<Record<string, string>>;
}

/** Resources that the scanner fails while our rules pass them, and why. */
export interface Disagreement {
  readonly check: string;
  /** `stack/address`, with `*` for any text. */
  readonly resources: string;
  readonly why: string;
}

/** `policies/parity.yaml`. */
export interface Table {
  readonly scanner: { readonly name: string; readonly version: string; readonly listed: string };
  readonly groups: readonly { readonly subject: string; readonly entries: readonly Entry[] }[];
  readonly disagreements: readonly Disagreement[];
}

/** Reads the committed table. Throws an error with every fault of its form. */
export function readTable(root: string): Table {
  const document = parseDocument(readFileSync(join(root, "policies/parity.yaml"), "utf8"));
  const [fault] = document.errors;
  if (fault !== undefined) throw new Error(`policies/parity.yaml: ${fault.message.split("\n")[0]}`);
  const content: unknown = document.toJS();
  const ajv = new Ajv2020({ allErrors: true });
  const schema = JSON.parse(readFileSync(join(root, "policies/parity.schema.json"), "utf8"));
  if (!ajv.validate(schema, content)) {
    throw new Error(`policies/parity.yaml: ${ajv.errorsText(ajv.errors, { dataVar: "" })}`);
  }
  const table = content as Table;
  return {
    ...table,
    groups: table.groups.map(({ subject, entries }) => ({
      subject,
      entries: entries.map((entry) => ({ ...entry, rules: entry.rules ?? [] })),
    })),
  };
}

/** Every entry, by the checks that it is about. */
export const entriesOf = ({ groups }: Table): ReadonlyMap<string, Entry> =>
  new Map(
    groups.flatMap(({ entries }) => entries.flatMap((entry) => Object.keys(entry.checks).map((id) => [id, entry]))),
  );

/** What is wrong with a table: rules that are not, checks that stand twice, explanations that can never be needed. */
export function faultsOf(table: Table, slugs: ReadonlySet<string>): readonly string[] {
  const entries = table.groups.flatMap((group) => group.entries);
  const ids = entries.flatMap(({ checks }) => Object.keys(checks));
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const texts = [
    ...entries.flatMap(({ note, why }) => [note ?? "", why ?? ""]),
    ...table.disagreements.map((d) => d.why),
  ];
  // Three words or more with hyphens between them: names of rules alone are written so here.
  const named = texts.flatMap((text) => text.match(/\b[a-z0-9]+(?:-[a-z0-9]+){2,}\b/g) ?? []);
  const known = entriesOf(table);
  return [
    ...twice.map((id) => `${id} stands twice`),
    ...[...new Set([...entries.flatMap(({ rules }) => rules), ...named])]
      .filter((slug) => !slugs.has(slug))
      .map((slug) => `there is no rule ${slug}`),
    ...table.disagreements
      .filter(({ check }) => (known.get(check)?.rules ?? []).length === 0)
      .map(({ check }) => `${check} is explained for resources, but has no rule that it could disagree with`),
  ];
}
