import type { Report } from "../../policies/report/report.ts";
import { entriesFor } from "../../policies/waivers/entry.ts";
import { UsageError } from "../options.ts";

/** Addresses that a refusal names. */
const MOST = 5;

/** Entries that accept what a rule, by id or name, finds at an address. Throws UsageError when it finds nothing there. */
export function entries(
  report: Report,
  { rule, address }: { readonly rule: string; readonly address: string },
): string {
  const known = report.rules.find(({ id, slug }) => id === rule || slug === rule);
  if (known === undefined) throw new UsageError(`--waive: got "${rule}", which is no rule (see --list)`);
  const found = report.findings.filter((each) => each.rule === known.id);
  const here = found.filter(({ resource }) => resource === address);
  if (here.length > 0) return entriesFor(here);
  const others = [...new Set(found.map(({ resource }) => resource))];
  const where = others.length === 0 ? "nothing anywhere" : `something at ${others.slice(0, MOST).join(", ")}`;
  const more = others.length > MOST ? ` and ${others.length - MOST} more` : "";
  throw new UsageError(`--waive: ${known.id} finds nothing at "${address}", and ${where}${more}`);
}
