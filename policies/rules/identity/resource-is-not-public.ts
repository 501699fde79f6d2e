import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { accountOf, isForeign, isWholeAccount } from "../../model/identity/accounts.ts";
import {
  admitsOthers,
  narrows,
  sourcesOf,
  strangeOrganizations,
  strangeSourceBuckets,
} from "../../model/identity/conditions.ts";
import { coversService, isAdministrative } from "../../model/identity/reach.ts";
import { allowedBy, resourcePolicies } from "../../model/identity/resource-policies.ts";
import { standingOf } from "../../model/identity/standing.ts";
import type { Principal, Statement } from "../../model/policy-statement.ts";
import { isUnknown, shown, type Value } from "../../model/value.ts";

/** Who may use a resource is someone of this account, or named: never anyone. */
export const resourceIsNotPublic = rule({
  id: "IAM-014",
  slug: "resource-is-not-public",
  severity: "critical",
  title:
    "No policy of a resource lets in anyone, or another account that nobody declared, nor gives anybody all that can be done with it",
  why: "A bucket, key, queue, topic, secret or image that anyone may use is on the internet, whatever networks say.",
  fix: "Name roles of this account. For a principal of * demand aws:PrincipalOrgID, aws:PrincipalAccount, aws:PrincipalArn or an endpoint.",
  appliesTo: resourcePolicies,
  requirements: ["TKT-7.4", "BRK-25.6"],
  check(policy, estate) {
    const { document, attribute, of } = policy;
    if (isUnknown(document)) return [objection(attribute, document, `a policy of the ${of} that outputs show`)];
    return allowedBy(policy).flatMap(([path, statement]) => {
      // What a device may do follows from its certificate, and what stands without principals is its carrier's.
      if (statement.principals === undefined) return isAdministrative(statement) ? [everything(path, statement)] : [];
      if (statement.principals.except)
        return [objection(`${path}.NotPrincipal`, "everyone but a few", "named principals")];
      const isWhole = coversService(statement.actions) && !SINGLE.has(of) && statement.principals.all.some(isSomeone);
      return [
        ...statement.principals.all.flatMap((each) => against(each, statement, path, estate)),
        ...(isWhole ? [everything(path, statement)] : []),
      ];
    });
  },
});

/** Where calling is all that can be done; and keys, of which IAM-016 says the same. */
const SINGLE: ReadonlySet<string> = new Set(["interface", "service", "key"]);

/** A policy of a resource grants by itself, changes of that policy included; an account shares out what it is given. */
const isSomeone = ({ who }: Principal): boolean => !isWholeAccount(who);

const everything = (path: string, { actions }: Statement): Objection =>
  objection(
    `${path}.${actions.except ? "NotAction" : "Action"}`,
    `${actions.except ? "everything but " : ""}${shown(actions.patterns)}`,
    "named actions: all of them change the policy itself, too",
  );

function against({ type, who }: Principal, statement: Statement, path: string, estate: Estate): readonly Objection[] {
  const attribute = `${path}.Principal`;
  const sources = sourcesOf(statement).filter((each) => accountOf(each) !== undefined);
  const strangers = [
    ...sources.filter((each) => isForeign(estate, each)),
    ...strangeOrganizations(statement, estate),
    ...strangeSourceBuckets(statement, estate),
  ];
  if (strangers.length > 0) return [objection(attribute, `whoever acts for ${strangers.join(", ")}`, "this account")];
  if (type === "Service" && !isUnknown(who) && who !== "*") return ofSources(sources, attribute, estate);
  const standing = standingOf(who, estate);
  const expected = "named principals, or a condition that only ours can meet";
  if (standing === "anyone")
    return narrows(statement, estate)
      ? ofSources(sources, attribute, estate)
      : [objection(attribute, "anyone", expected)];
  if (standing === "ours" || (admitsOthers(statement, estate) && (!isUnknown(standing) || isAccount(who)))) return [];
  return isUnknown(standing)
    ? [objection(attribute, standing, "principals that outputs show")]
    : [objection(attribute, `${who}, of another account`, "principals of this account")];
}

const isAccount = (who: Value<string>): boolean => !isUnknown(who) && accountOf(who) !== undefined;

/** Those for whom a service, or anyone, acts: which of them are ours, nobody may say. */
const ofSources = (sources: readonly string[], attribute: string, estate: Estate): readonly Objection[] =>
  sources
    .map((each) => standingOf(each, estate))
    .filter(isUnknown)
    .slice(0, 1)
    .map((each) => objection(attribute, each, "this account"));
