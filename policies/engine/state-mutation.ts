import { Estate, type StalePlan } from "../model/estate.ts";
import type { Document } from "../model/terraform/document.ts";
import type { Loose, Mutation } from "./mutation.ts";

/** Parts of a state that are not resources. */
type StatePart = "settings" | "providers" | "modules" | "data" | "changes";

/** Changes a part of the first state that it can change: what it returns takes the part's place. */
export const onState = (
  part: StatePart,
  title: string,
  change: (copy: Loose, document: Document) => Loose,
): Mutation => ({
  title,
  apply(estate) {
    const { documents, stubs } = estate.terraform;
    for (const before of documents) {
      const text = JSON.stringify(plain(before[part]));
      const after = change(JSON.parse(text), before);
      if (JSON.stringify(after) === text) continue;
      const changed = { ...before, [part]: before[part] instanceof Map ? new Map(Object.entries(after)) : after };
      return {
        estate: rebuilt(estate, { stubs, documents: documents.map((each) => (each === before ? changed : each)) }),
        changed: `${before.stack ?? before.source} ${part}`,
      };
    }
    return undefined;
  },
});

/** Says of a plan that its configuration has changed since. */
export const withStalePlan = (title: string, stale: StalePlan): Mutation => ({
  title,
  apply: (estate) => ({
    estate: rebuilt(estate, {
      documents: estate.terraform.documents,
      stubs: estate.terraform.stubs,
      stalePlans: [...estate.stalePlans, stale],
    }),
    changed: stale.source,
  }),
});

const plain = (part: Loose): Loose => (part instanceof Map ? Object.fromEntries(part) : (part ?? {}));

interface Parts {
  readonly documents: readonly Document[];
  readonly stubs: Estate["terraform"]["stubs"];
  readonly stalePlans?: readonly StalePlan[];
}

const rebuilt = (estate: Estate, { documents, stubs, stalePlans = estate.stalePlans }: Parts): Estate => {
  const { environment, declaration, manifests, hosts, memory } = estate;
  return new Estate({ environment, declaration, manifests, hosts, documents, stubs, stalePlans, memory });
};
