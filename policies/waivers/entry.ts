import { stringify } from "yaml";
import type { Finding } from "../engine/judge.ts";
import { fingerprintOf } from "./waiver.ts";

/** Entries for `waivers.yaml` that accept findings of one rule at one address: one for each environment and stack. */
export function entriesFor(findings: readonly Finding[]): string {
  const groups = Map.groupBy(findings, ({ environment, stack }) => JSON.stringify([environment, stack]));
  const entries = [...groups.values()].flatMap((found) => {
    const [first] = found;
    if (first === undefined) return [];
    const { rule, environment, stack, resource: address } = first;
    return [
      {
        rule,
        ...(environment === undefined ? {} : { environment }),
        ...(stack === undefined ? {} : { stack }),
        address,
        reason: "<why this is right for now, and what will end it>",
        owner: "<who answers for it>",
        until: "<last day, yyyy-mm-dd>",
        fingerprint: fingerprintOf(found),
      },
    ];
  });
  return stringify(entries, { lineWidth: 0 });
}
