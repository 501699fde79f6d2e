import { existsSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../policies/engine/judge.ts";
import type { Mutation } from "../../policies/engine/mutation.ts";
import type { Suite } from "../../policies/engine/mutation-run.ts";
import type { AnyRule, RuleFacts } from "../../policies/engine/rule.ts";
import { rules } from "../../policies/generated/rules.ts";
import { reachability } from "../../policies/reachability/judge.ts";
import { mutations } from "../../policies/reachability/mutations.ts";
import { reachRules } from "../../policies/reachability/rules.ts";
import { ruleFiles } from "../generate/policies.ts";
import { UsageError } from "../options.ts";

const folder = join(import.meta.dirname, "../../policies/rules");

/**
 * Every rule with the mutations beside it, or those named: what half-written rules beside them lack is nobody's matter then.
 * Rules of reachability have theirs in one list.
 */
export async function suites(slugs: readonly string[]): Promise<readonly Suite[]> {
  const bySlug = new Map(rules.map((rule) => [rule.slug, rule]));
  const found = await Promise.all(
    wanted(slugs).map(async ({ area, slug }): Promise<readonly Suite[]> => {
      const rule = bySlug.get(slug);
      // Not in the list yet, which npm run generate will tell.
      if (rule === undefined) return [];
      const beside = join(folder, area, `${slug}.examples.ts`);
      const { mutations } = existsSync(beside)
        ? ((await import(beside)) as { readonly mutations: readonly Mutation[] })
        : { mutations: [none] };
      return [suiteOf(rule, mutations)];
    }),
  );
  const ofReachability = reachRules.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug));
  return [...found.flat(), ...ofReachability.map(reachSuiteOf)];
}

/** Throws UsageError for a name that no rule has. */
function wanted(slugs: readonly string[]): ReturnType<typeof ruleFiles> {
  const all = ruleFiles();
  const unknown = slugs.find((slug) => ![...all, ...reachRules].some((each) => each.slug === slug));
  if (unknown !== undefined) {
    throw new UsageError(`--rule: got "${unknown}", must be the name of a rule (npm run policy -- --list)`);
  }
  return all.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug));
}

/** Stands for the mutations of a rule that has none: it proves nothing, which fails. */
const none: Mutation = { title: "any mutation", apply: () => undefined };

const suiteOf = (rule: AnyRule, mutations: readonly Mutation[]): Suite => ({
  slug: rule.slug,
  mutations,
  findings: (estate) => judge(estate, [rule]).findings,
});

/** All of reachability is computed at once, and once for an estate; counted are findings of the one rule. */
const reachSuiteOf = ({ id, slug }: RuleFacts): Suite => ({
  slug,
  mutations: mutations.flatMap(([rule, mutation]) => (rule === id ? [mutation] : [])),
  findings: (estate) =>
    estate.once(reachability, () => reachability(estate)).findings.filter(({ rule }) => rule === id),
});
