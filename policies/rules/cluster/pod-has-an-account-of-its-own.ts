import { type Objection, objection, rule } from "../../engine/rule.ts";
import { accountOf, isGranted, mountsToken, shownAccount } from "../../model/cluster/accounts.ts";
import type { Fields } from "../../model/cluster/fields.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown } from "../../model/value.ts";

const HOUR = 3600;
const COMPONENT = ["app.kubernetes.io/part-of", "app.kubernetes.io/name"];

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
    ...tokenOf(pod, estate),
    ...pod.volumes.flatMap((each) => projectedOf(pod, each.name, each.source)),
  ],
});

function nameOf(pod: Pod, estate: Estate): readonly Objection[] {
  const attribute = `${pod.path}.serviceAccountName`;
  const name = accountOf(pod);
  if (name === "default") return [objection(attribute, name, "an account of its own")];
  const account = shownAccount(pod, estate);
  const component = (of: Pod): string => COMPONENT.map((label) => of.labels.get(label) ?? of.owner).join("/");
  const other = account?.pods.find((each) => component(each) !== component(pod));
  return other === undefined ? [] : [objection(attribute, `${name}, as ${other.owner} too`, "an account of its own")];
}

function tokenOf(pod: Pod, estate: Estate): readonly Objection[] {
  const mounts = mountsToken(pod, estate);
  if (!isUnknown(mounts) && (!mounts || isGranted(pod, estate))) return [];
  const got = isUnknown(mounts) ? mounts : "a token in each container";
  return [objection(`${pod.path}.automountServiceAccountToken`, got, "false, as nothing is granted to it")];
}

/** Tokens of projected volumes: an hour is the default, and ten minutes the least. */
const projectedOf = (pod: Pod, volume: string, source: Fields): readonly Objection[] =>
  source
    .list("sources")
    .filter((each) => each.has("serviceAccountToken"))
    .map((each) => each.in("serviceAccountToken"))
    .flatMap((token) => {
      const at = `${pod.path}.volumes[${volume}].projected.serviceAccountToken`;
      const lasts = token.number("expirationSeconds") ?? HOUR;
      return [
        ...(isUnknown(lasts) || lasts > HOUR ? [objection(`${at}.expirationSeconds`, lasts, `${HOUR} or less`)] : []),
        ...(token.has("audience")
          ? []
          : [objection(`${at}.audience`, undefined, "whom it is for, or it opens the cluster")]),
      ];
    });
