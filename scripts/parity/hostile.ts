import { join } from "node:path";
import { readArtefacts } from "../../policies/artefacts/read.ts";
import { judge } from "../../policies/engine/judge.ts";
import type { AnyRule } from "../../policies/engine/rule.ts";
import { filesIn } from "../folder.ts";
import type { Table } from "./table.ts";

/** Firewalls that let the internet in to a port of administration, each in a spelling that hides it. */
export const hostileFolder = "test/policies/fixtures/hostile";

/** The rules that must catch each of them. */
const OWN = ["administration-is-not-public", "network-acl-admits-no-administration"];

/** What our rules find in one of them. */
export interface Caught {
  /** `two-halves.tf.json`. */
  readonly file: string;
  readonly found: readonly string[];
}

/** Lets our rules judge each hostile firewall. */
export function caughtByUs(root: string, rules: readonly AnyRule[]): readonly Caught[] {
  const own = rules.filter(({ slug }) => OWN.includes(slug));
  const folder = join(root, hostileFolder);
  return filesIn(folder).map((file) => ({
    file,
    found: readArtefacts(join(folder, file)).flatMap((estate) =>
      judge(estate, own)
        .findings.filter(({ outcome }) => outcome === "fail")
        .map(({ slug, resource, got }) => `${slug}: ${resource}: ${got}`),
    ),
  }));
}

/** Checks of the scanner that are after the same as those rules. */
export const hostileChecks = ({ groups }: Table): ReadonlySet<string> =>
  new Set(
    groups
      .flatMap(({ entries }) => entries)
      .filter(({ rules }) => rules.some((slug) => OWN.includes(slug)))
      .flatMap(({ checks }) => Object.keys(checks)),
  );
