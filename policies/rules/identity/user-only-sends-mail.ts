import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { attachedTo } from "../../model/identity/attachments.ts";
import { type Identity, identities } from "../../model/identity/identities.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { memberships } from "../../model/identity/memberships.ts";
import { reachOfAll } from "../../model/identity/reach.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** SMTP of Amazon SES knows no roles: the one thing that a user is for. */
export const userOnlySendsMail = rule({
  id: "IAM-013",
  slug: "user-only-sends-mail",
  severity: "high",
  title: "A user sends mail of named senders and does nothing else",
  why: "People and machines take roles, which end by themselves; a user's keys work until someone finds them.",
  fix: "Make it a role. For SMTP allow ses:SendRawEmail on the sender's identity, and no more.",
  appliesTo: identities,
  requirements: [],
  concerns: ({ type }) => type === "user",
  check: (user, estate) => [...whatItMay(user, estate), ...attachmentsOf(user, estate), ...groupsOf(user, estate)],
});

function whatItMay(user: Identity, estate: Estate): readonly Objection[] {
  const own = estate.of(identityPolicies).filter(({ holders }) => holders.includes(user));
  const grants = own.flatMap(allowedIn);
  if (own.every(({ document }) => !isUnknown(document)) && grants.length === 0) {
    return [objection("name", "a user that may do nothing itself", "a role; a user only where it sends mail by SMTP")];
  }
  return [
    ...own.flatMap(({ document, at }) =>
      isUnknown(document) ? [objection("policy", document, "a policy that outputs show", at)] : [],
    ),
    ...grants.flatMap(([path, { actions, resources }]) => {
      const more = actions.patterns.filter(
        (each) => isUnknown(each) || !/^ses:send(?:raw|templated)?email$/i.test(each),
      );
      if (actions.except || more.length > 0)
        return [objection(path, actions.except ? "everything but a few" : more, "ses:SendRawEmail")];
      return reachOfAll(resources) === "some"
        ? []
        : [objection(path, `as anyone: ${shown(resources?.patterns)}`, "named senders")];
    }),
  ];
}

/** What a group may, each of its members may. */
const groupsOf = (user: Identity, estate: Estate): readonly Objection[] =>
  estate
    .of(memberships)
    .filter((each) => each.user === user)
    .map(({ at, attribute, groups }) => {
      const unseen = groups.find((each) => isUnknown(each) && each.resource === undefined);
      return objection(attribute, unseen ?? groups, "no group: it sends mail, and does no more", at);
    });

const attachmentsOf = (user: Identity, estate: Estate): readonly Objection[] =>
  attachedTo(estate, user)
    .filter(({ policy }) => !(isUnknown(policy) && policy.resource !== undefined))
    .map(({ at, attribute, policy }) => objection(attribute, policy, "a policy of its own that lets it send mail", at));
