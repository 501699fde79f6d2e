import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Binding, type BoundSubject, bindings, enteredGroups, roles } from "../../model/cluster/bindings.ts";
import type { Estate } from "../../model/estate.ts";
import { Unknown } from "../../model/value.ts";

/** Roles of every cluster that hold secrets, or all of it; `view` does not. */
const MIGHTY = /^(?:cluster-admin|admin|edit|system:.*)$/;
/** Whoever asks, whoever logs in, and whoever no rule holds. */
const ANYBODY = /^system:(?:anonymous|unauthenticated|authenticated|masters|serviceaccounts(?::.*)?)$/;

/** Somebody with a name gets a role that is shown, where it is needed. */
export const bindingIsNarrow = rule({
  id: "K8S-016",
  slug: "binding-is-narrow",
  severity: "critical",
  title: "Bindings give roles that are shown to subjects with a name of their own",
  why: "A role for everybody who is logged in is one for every pod; cluster-admin is above all other rules of this cluster.",
  fix: "Bind a role of this repository to one group or one service account, in its namespace; never default accounts and groups of the system.",
  appliesTo: bindings,
  requirements: ["CIS 5.1.1", "CIS 5.1.5", "CIS 5.1.7"],
  check: (binding, estate) => [
    ...roleOf(binding, estate),
    ...(binding.subjects.length === 0 ? [objection("subjects", undefined, "somebody")] : []),
    ...binding.subjects.flatMap((each) => subjectOf(each, estate)),
  ],
});

function roleOf({ role, namespace, everywhere }: Binding, estate: Estate): readonly Objection[] {
  const { kind, name } = role;
  if (MIGHTY.test(name)) return [objection("roleRef.name", name, "a role that names what it grants")];
  const shown = estate
    .of(roles)
    .find(
      (each) => each.kind === kind && each.name === name && (kind === "ClusterRole" || each.namespace === namespace),
    );
  if (shown === undefined && name !== "view")
    return [objection("roleRef.name", new Unknown(`${kind} ${name} is not shown`), "a role that is shown")];
  const reads = shown?.grants.some(({ resources }) => resources.includes("secrets")) === true;
  return everywhere && reads
    ? [objection("roleRef.name", `${name}: secrets of all namespaces`, "a RoleBinding in each namespace that needs it")]
    : [];
}

function subjectOf({ kind, name }: BoundSubject, estate: Estate): readonly Objection[] {
  const at = `subjects[${name}]`;
  if (kind === "ServiceAccount" ? name === "default" : ANYBODY.test(name))
    return [objection(at, `${kind} ${name}`, "somebody with a name of their own")];
  const entered = enteredGroups(estate);
  if (kind === "ServiceAccount" || entered === undefined) return [];
  // Whom nobody lets into the cluster today may be let in tomorrow, by another who knows nothing of this.
  if (kind === "User") return [objection(at, `User ${name}`, "a group that an access entry gives")];
  return entered.has(name)
    ? []
    : [objection(at, new Unknown(`no access entry gives ${name}`), "a group that one gives")];
}
