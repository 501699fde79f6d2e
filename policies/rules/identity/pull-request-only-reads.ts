import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { attachedTo } from "../../model/identity/attachments.ts";
import { type Identity, identities } from "../../model/identity/identities.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { isReadingPolicy } from "../../model/identity/managed-policies.ts";
import { admitsPullRequests, changingIn, unreadable } from "../../model/identity/pull-requests.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** Whoever may open a pull request runs code with this role: it changes nothing and reads no secret. */
export const pullRequestOnlyReads = rule({
  id: "IAM-022",
  slug: "pull-request-only-reads",
  severity: "critical",
  title: "The role of pull requests changes nothing and reads neither secrets nor data",
  why: "Code of a pull request runs before anyone has reviewed it, with all that its role may do.",
  fix: "Allow descriptions only; deny reading secrets, parameters' history, objects but the states, and decrypting with other keys.",
  appliesTo: identities,
  requirements: [],
  concerns: admitsPullRequests,
  check: (role, estate) => [...written(role, estate), ...attachedOf(role, estate)],
});

const written = (role: Identity, estate: Estate): readonly Objection[] =>
  estate
    .of(identityPolicies)
    .filter(({ holders }) => holders.includes(role))
    .flatMap((policy) =>
      allowedIn(policy).flatMap(([path, statement]) =>
        changingIn(statement).map((action) =>
          objection(`${path}.Action`, action, "actions that change nothing", policy.at),
        ),
      ),
    );

function attachedOf(role: Identity, estate: Estate): readonly Objection[] {
  const found = attachedTo(estate, role);
  const open = found.some(({ policy }) => isReadingPolicy(policy)) ? unreadable(role, estate) : [];
  return [
    ...found
      .filter(({ policy }) => !isReadingPolicy(policy) && !(isUnknown(policy) && policy.resource !== undefined))
      .map(({ at, attribute, policy }) => objection(attribute, policy, "a policy that only reads", at)),
    ...(open.length === 0 ? [] : [objection("policy", `reads data: ${shown(open)}`, "these denied")]),
  ];
}
