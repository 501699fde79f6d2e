import { objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { attachments } from "../../model/identity/attachments.ts";
import { boundaryOf, openWays } from "../../model/identity/boundaries.ts";
import { type Identity, isPipeline, isTakenByPeople, namedIdentity, trustOf } from "../../model/identity/identities.ts";
import { isAdministrativePolicy, isKnownPolicy, isOfAws, readsAllData } from "../../model/identity/managed-policies.ts";
import { isUnknown, shown, Unknown, type Value } from "../../model/value.ts";

/** Only the pipeline may be an administrator, and only within a boundary that it cannot lift. */
export const administratorIsBounded = rule({
  id: "IAM-002",
  slug: "administrator-is-bounded",
  severity: "critical",
  title:
    "Nobody has an administrative policy of AWS but a pipeline within a boundary that holds, and no program one that reads all data",
  why: "AdministratorAccess in the hands of people, hosts or pods ends every other control, the record of it included.",
  fix: "Give named actions instead. A pipeline needs permissions_boundary with a policy that denies the ways around it.",
  appliesTo: attachments,
  requirements: [],
  check({ attribute, policy, holders }, estate) {
    const unseen = unseenIn(policy, estate);
    if (unseen !== undefined)
      return [objection(attribute, unseen, "a policy that outputs show, or that AWS is known to keep")];
    if (isUnknown(policy)) return [];
    const programs = holders.filter(isOfServices);
    if (readsAllData(policy) && programs.length > 0) {
      const got = `${policy} of ${namesOf(programs)}, which services take`;
      return [objection(attribute, got, "named actions on named resources: it reads everybody's data")];
    }
    if (!isAdministrativePolicy(policy)) return [];
    const unbounded = holders.filter((holder) => !isBoundedPipeline(holder, estate));
    if (holders.length > 0 && unbounded.length === 0) return [];
    const who = namesOf(unbounded);
    return [
      objection(
        attribute,
        `${policy} of ${who === "" ? "someone" : who}`,
        "named actions; whole services only for a pipeline whose boundary it cannot lift",
      ),
    ];
  },
});

const namesOf = (holders: readonly Identity[]): string =>
  holders.map(({ type, name, at }) => `${type} ${isUnknown(name) ? at.resource : shown(name)}`).join(", ");

/** Whether programs have it, and neither people nor pipelines: what nobody asked for, nobody reviews either. */
const isOfServices = (holder: Identity): boolean => trustOf(holder).length > 0 && !isTakenByPeople(holder);

/** What nobody knows of a policy. One of ours is judged where it is written. */
function unseenIn(policy: Value<string>, estate: Estate): Unknown | undefined {
  if (isUnknown(policy)) return policy.resource === undefined ? policy : undefined;
  if (isOfAws(policy)) return isKnownPolicy(policy) ? undefined : new Unknown(`${policy}, which no table has`);
  return namedIdentity(estate, policy, "aws_iam_policy") === undefined ? new Unknown(policy) : undefined;
}

function isBoundedPipeline(holder: Identity, estate: Estate): boolean {
  const boundary = boundaryOf(estate, holder);
  return (
    isPipeline(holder) && boundary !== undefined && !isUnknown(boundary.document) && openWays(boundary).length === 0
  );
}
