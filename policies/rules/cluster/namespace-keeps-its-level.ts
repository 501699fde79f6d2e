import { missing, objection, rule } from "../../engine/rule.ts";
import { guardsOf } from "../../model/cluster/admission.ts";
import { levelOf, namespaces } from "../../model/cluster/namespaces.ts";

const LABEL = "pod-security.kubernetes.io/enforce";

/** A label holds as long as nobody takes it away. */
export const namespaceKeepsItsLevel = rule({
  id: "K8S-039",
  slug: "namespace-keeps-its-level",
  severity: "medium",
  title: "An admission policy keeps the label by which a namespace enforces Pod Security",
  why: "A tool that makes its own namespace, or one edit of it, takes the label off; from then on every pod is admitted, and nobody is told.",
  fix: `A ValidatingAdmissionPolicy on namespaces UPDATE that compares ${LABEL} of object and oldObject, bound with Deny to all.`,
  appliesTo: namespaces,
  requirements: ["CIS 5.2.1"],
  concerns: (namespace) => namespace.made && levelOf(namespace, "enforce") !== undefined,
  check: ({ name }, estate) => {
    const keeping = guardsOf(estate, "namespaces", "UPDATE", name).filter(({ validations }) =>
      validations.some(
        ({ text, outcome, reads }) => text.includes(LABEL) && outcome === "varies" && reads.has("object"),
      ),
    );
    return keeping.length > 0
      ? []
      : missing(estate, [objection(`metadata.labels[${LABEL}]`, "may be taken off", "a policy that keeps it")]);
  },
});
