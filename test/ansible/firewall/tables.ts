import { rulesetOf, rulesetsOf } from "../../../ansible/firewall.ts";
import type { Host } from "../../../services/resolve.ts";
import { type Declared, declared } from "./declared.ts";
import { loaded, type Packet, packet, passing, shownPassing, type Table } from "./nft.ts";

/** A host of any environment by its Name tag, and what its environment declares. */
export const hostNamed = (tag: string): readonly [Declared, Host] => {
  for (const each of declared) {
    const host = each.estate.services.flatMap(({ hosts }) => hosts).find((one) => one.tag === tag);
    if (host !== undefined) return [each, host];
  }
  throw new Error(`no host ${tag}`);
};

/** Tables of all hosts of all environments, as nft reads them; by Name tag. */
export function tablesOfAll(): ReadonlyMap<string, Table> {
  const all = declared.flatMap(({ estate }) => rulesetsOf(estate));
  const read = loaded(all.map(({ text }) => text));
  return new Map(
    all.flatMap(({ host }, index) => {
      const table = read[index];
      return table === undefined ? [] : [[host.tag, table] as const];
    }),
  );
}

/** Tables by Name tag, each read when it is first asked for. */
export function tablesByTag(): (tag: string) => Table {
  const tables = new Map<string, Table>();
  return (tag) => {
    const [{ estate }, host] = hostNamed(tag);
    const table = tables.get(tag) ?? loaded([rulesetOf(estate, host)])[0];
    if (table === undefined) throw new Error(`no table of ${tag}`);
    tables.set(tag, table);
    return table;
  };
}

/** What passes a host's firewall, as text. */
export function shownIn(table: Table, tag: string, given: Partial<Packet> & Pick<Packet, "hook">): string {
  const [, { address }] = hostNamed(tag);
  const own = given.hook === "input" ? { to: address } : { from: address };
  return shownPassing(passing(table, packet({ ...own, ...given })));
}
