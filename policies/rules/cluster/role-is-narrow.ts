import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { type Grant, type Role, roles } from "../../model/cluster/bindings.ts";
import { isGuarded, powersOf, startsPods } from "../../model/cluster/powers.ts";
import type { Estate } from "../../model/estate.ts";

const VERBS = ["escalate", "bind", "impersonate"];

/** A role lists what its bearer does, and nothing that makes its bearer somebody else. */
export const roleIsNarrow = rule({
  id: "K8S-015",
  slug: "role-is-narrow",
  severity: "critical",
  title: "Roles name what they grant, and grant nothing that leads to more",
  why: "Who may read secrets, enter pods, start pods or change roles has, by one detour, all that is in the cluster.",
  fix: "Name groups, resources and verbs; secrets only get, by resourceNames; let workloads be created only where an admission policy judges them.",
  appliesTo: roles,
  requirements: [
    "CIS 5.1.2",
    "CIS 5.1.3",
    "CIS 5.1.4",
    "CIS 5.1.8",
    "CIS 5.1.10",
    "CIS 5.1.11",
    "CIS 5.1.12",
    "CIS 5.1.13",
  ],
  check: (role, estate) => [
    ...(role.aggregates ? [objection("aggregationRule", "whatever roles bear some label", "rules of its own")] : []),
    ...role.grants.flatMap((grant, index) => wrongIn(role, grant, `rules[${index}]`, estate)),
  ],
});

function wrongIn(role: Role, grant: Grant, at: string, estate: Estate): readonly Objection[] {
  const { groups, resources, verbs, names, urls } = grant;
  const wild = Object.entries({ apiGroups: groups, resources, verbs, nonResourceURLs: urls }).filter(([, list]) =>
    list.some((each) => each.includes("*")),
  );
  const powers = powersOf(grant);
  const unnamed = resources.includes("secrets") && verbs.includes("get") && names.length === 0;
  const unguarded = resources.filter((each) => startsPods(each) && !isGuarded(role, each, verbs, estate));
  return [
    ...wild.map(([field, list]) => objection(`${at}.${field}`, list, "names")),
    ...verbs
      .filter((each) => VERBS.includes(each))
      .map((each) => objection(`${at}.verbs`, each, "no verb that leads to more")),
    ...powers.map(([resource, what]) =>
      objection(`${at}.resources`, `${resource}: ${what}`, "nothing that leads to more"),
    ),
    ...(unnamed ? [objection(`${at}.resourceNames`, names, "names of secrets")] : []),
    ...missing(
      estate,
      unguarded.map((each) =>
        objection(
          `${at}.verbs`,
          `starts ${each} with any account, secret and volume`,
          "an admission policy that denies what is not declared",
        ),
      ),
    ),
  ];
}
