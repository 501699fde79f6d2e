import { demand, missing, type Objection, objection, rule } from "../../engine/rule.ts";
import {
  accountOf,
  isGranted,
  mountsToken,
  type ProjectedToken,
  projectedTokens,
  sharesAccountWith,
  shownAccount,
} from "../../model/cluster/accounts.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown } from "../../model/value.ts";

const HOUR = 3600;
/** By these names the cluster itself takes a token. */
const OF_THE_CLUSTER = /^(?:https:\/\/)?kubernetes(?:\.default|$)|^(?:https:\/\/)?oidc\.eks\.|^api$/;

/** By it the token is changed into a role of AWS (docs of EKS on IAM roles for service accounts, 2026-11-23). */
const OF_ROLES = /^(?:https:\/\/)?sts(?:\.[\w-]+)*\.amazonaws\.com(?:\.cn)?\/?$/i;

/** What one pod may do, no other may; and what may do nothing has no token that somebody could try. */
export const podHasAnAccountOfItsOwn = rule({
  id: "K8S-014",
  slug: "pod-has-an-account-of-its-own",
  severity: "high",
  title: "Each component runs as a service account of its own, without a token unless it is granted something",
  why: "A token in a pod is what an intruder takes first; a shared account gives each of its pods the cloud role of the others.",
  fix: "Make a ServiceAccount for the component, automountServiceAccountToken false on it and on the pod; project a token of an hour for an audience where one is needed.",
  appliesTo: pods,
  requirements: ["CIS 5.1.5", "CIS 5.1.6", "NOD-2.3", "NOD-SEC.3"],
  check: (pod, estate) => [
    ...nameOf(pod, estate),
    ...roleOf(pod, estate),
    ...tokenOf(pod, estate),
    ...projectedTokens(pod).flatMap((token) => [...projectedOf(token), ...roleTokenOf(token, pod, estate)]),
  ],
});

/** A role of another account is judged by nobody here. */
function roleOf(pod: Pod, estate: Estate): readonly Objection[] {
  const account = shownAccount(pod, estate);
  const own = estate.declaration?.account;
  if (account?.role === undefined || own === undefined) return [];
  const attribute = "metadata.annotations[eks.amazonaws.com/role-arn]";
  return demand(attribute, account.role, `a role of ${own}`, (each) =>
    each.startsWith(`arn:aws:iam::${own}:role/`),
  ).map((each) => ({ ...each, at: account.at }));
}

function nameOf(pod: Pod, estate: Estate): readonly Objection[] {
  const attribute = `${pod.path}.serviceAccountName`;
  const name = accountOf(pod);
  if (name === "default") return [objection(attribute, name, "an account of its own")];
  const other = sharesAccountWith(pod, estate);
  return other === undefined ? [] : [objection(attribute, `${name}, as ${other.owner} too`, "an account of its own")];
}

function tokenOf(pod: Pod, estate: Estate): readonly Objection[] {
  const mounts = mountsToken(pod, estate);
  if (!isUnknown(mounts) && (!mounts || isGranted(pod, estate))) return [];
  const got = isUnknown(mounts) ? mounts : "a token in each container";
  return [objection(`${pod.path}.automountServiceAccountToken`, got, "false, as nothing is granted to it")];
}

const projectedOf = ({ path, lasts, audience }: ProjectedToken): readonly Objection[] => [
  ...(isUnknown(lasts) || lasts > HOUR ? [objection(`${path}.expirationSeconds`, lasts, `${HOUR} or less`)] : []),
  ...(audience === undefined || OF_THE_CLUSTER.test(audience)
    ? [objection(`${path}.audience`, audience, "whom it is for, or it opens the cluster")]
    : []),
];

/** EKS gives a pod what its account is associated with: a token for roles is of use for others alone, unless one is named. */
const roleTokenOf = ({ path, audience }: ProjectedToken, pod: Pod, estate: Estate): readonly Objection[] =>
  audience === undefined || !OF_ROLES.test(audience) || shownAccount(pod, estate)?.role !== undefined
    ? []
    : missing(estate, [objection(`${path}.audience`, audience, "none for roles, as its account names no role")]);
