import { objection, rule } from "../../engine/rule.ts";
import { namesGiven } from "../../model/cluster/given-names.ts";

/** Keys that somebody copies once and that are right for ever. */
const STATIC =
  /^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|(?:.*_)?ADMIN_API_KEY|GOOGLE_APPLICATION_CREDENTIALS|AZURE_CLIENT_SECRET)$/i;

/** Pods have the role of their account, and people log in. */
export const podHoldsNoStaticKey = rule({
  id: "K8S-023",
  slug: "pod-holds-no-static-key",
  severity: "high",
  title: "No pod is given access keys of a cloud or an API key of an administrator, not even as a secret",
  why: "Such a key works from everywhere and for whoever copies it; a pod's own role ends with the pod, and an administrator's login says who did it.",
  fix: "Associate the service account with a role (Pod Identity); let administrators log in by the identity provider.",
  appliesTo: namesGiven,
  requirements: ["NOD-2.3", "NOD-SEC.1", "MUN-1.1", "MUN-SEC.1"],
  check: ({ names }) =>
    names
      .filter(({ name }) => STATIC.test(name))
      .map(({ name, attribute }) => objection(attribute, name, "a role of the pod's own, or a login")),
});
