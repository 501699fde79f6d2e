import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { namespaces, quotaOf, rangesOf } from "../../model/cluster/namespaces.ts";
import { quantityOf } from "../../model/cluster/quantity.ts";

const COUNTED = ["pods", "requests.cpu", "requests.memory", "limits.memory"];
/** Ways out that AWS would bill and NetworkPolicies do not see. */
const NONE = ["services.nodeports", "services.loadbalancers"];

/** A loop that makes pods stops at a number, and takes nothing from other services. */
export const namespaceIsBounded = rule({
  id: "K8S-018",
  slug: "namespace-is-bounded",
  severity: "medium",
  title: "Each namespace has a quota of pods, CPU and memory, and a share for containers that ask for nothing",
  why: "A job that starts jobs, or somebody with a stolen login, otherwise fills all nodes and the bill with them.",
  fix: `Add a ResourceQuota with ${COUNTED.join(", ")}, and ${NONE.join(" and ")} "0", and a LimitRange of type Container with default memory and defaultRequest cpu and memory.`,
  appliesTo: namespaces,
  requirements: ["NSA 2.3"],
  // One pod a node is bounded by the nodes, and a quota would keep a new node without its agent.
  concerns: ({ made, pods }) => made && !(pods.length > 0 && pods.every(({ kind }) => kind === "DaemonSet")),
  check: ({ name }, estate) => {
    const hard = quotaOf(name, estate);
    const ranges = rangesOf(name, estate);
    const bounded = (field: string): boolean =>
      quantityOf(hard.get(field) ?? hard.get(field.replace("requests.", "")) ?? "") !== undefined;
    const wrong = (field: string, expected: string): readonly Objection[] => {
      const said = [objection(`ResourceQuota.spec.hard[${field}]`, hard.get(field), expected)];
      return hard.has(field) ? said : missing(estate, said);
    };
    const shares = [
      ...lacks(
        ranges.some((each) => each.in("default").has("memory")),
        "default.memory",
      ),
      ...lacks(
        ranges.some((each) => each.in("defaultRequest").has("cpu")),
        "defaultRequest.cpu",
      ),
      ...lacks(
        ranges.some((each) => each.in("defaultRequest").has("memory") || each.in("default").has("memory")),
        "defaultRequest.memory",
      ),
    ];
    return [
      ...COUNTED.filter((field) => !bounded(field)).flatMap((field) => wrong(field, "a number")),
      ...NONE.filter((field) => hard.get(field) !== "0").flatMap((field) => wrong(field, "0")),
      ...missing(estate, shares),
    ];
  },
});

const lacks = (isThere: boolean, field: string): readonly Objection[] =>
  isThere ? [] : [objection(`LimitRange.spec.limits.${field}`, undefined, "a share for who asks for nothing")];
