import { type Objection, objection, rule } from "../../engine/rule.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { trustOf } from "../../model/identity/identities.ts";
import { podIdentities } from "../../model/identity/pod-identities.ts";
import type { Value } from "../../model/value.ts";
import { shown } from "../../model/value.ts";

/** The association and the role's trust name the same service account, or the pod starts without credentials. */
export const podGetsTheRoleThatTrustsIt = rule({
  id: "IAM-024",
  slug: "pod-gets-the-role-that-trusts-it",
  severity: "medium",
  title: "A service account is given the role that trusts just it",
  why: "Where both differ, pods get no credentials and fail when they first need a secret: at the next restart.",
  fix: "Name the same namespace and service account in the association and in the role's trust.",
  appliesTo: podIdentities,
  requirements: [],
  concerns: ({ role }) => role !== undefined,
  check: ({ namespace, serviceAccount, role }) => {
    const differs = (attribute: string, tag: string, value: Value<string> | undefined): readonly Objection[] => {
      const trusted = (role === undefined ? [] : trustOf(role)).flatMap(
        (each) => exactly(each, `aws:requesttag/${tag}`) ?? [],
      );
      const agrees = trusted.length === 0 || trusted.some((each) => String(each) === String(value));
      return agrees ? [] : [objection(attribute, value, `${shown(trusted)}, as the role's trust says`)];
    };
    return [
      ...differs("namespace", "kubernetes-namespace", namespace),
      ...differs("service_account", "kubernetes-service-account", serviceAccount),
    ];
  },
});
