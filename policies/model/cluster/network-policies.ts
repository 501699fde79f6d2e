import { type Estate, kind } from "../estate.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { isEmpty, type Selector, selectorOf, selects } from "./selector.ts";

export type Direction = "ingress" | "egress";

/** A NetworkPolicy: whom it is for, and which directions it closes but for its rules. */
export interface NetworkPolicy extends Named {
  readonly selector: Selector;
  readonly closes: readonly Direction[];
  readonly ingress: readonly Fields[];
  readonly egress: readonly Fields[];
  /** Closes both directions of every pod of its namespace, and opens nothing. */
  readonly deniesAll: boolean;
}

export const networkPolicies = kind<NetworkPolicy>("NetworkPolicy", (estate) =>
  objectsOf(estate, "NetworkPolicy", "networking.k8s.io", "extensions").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const selector = selectorOf(spec.in("podSelector"));
    const [ingress, egress] = [spec.list("ingress"), spec.list("egress")];
    const closes = closedBy(spec, egress.length > 0);
    return {
      ...object,
      ...{ selector, closes, ingress, egress },
      deniesAll: isEmpty(selector) && closes.length === 2 && ingress.length === 0 && egress.length === 0,
    };
  }),
);

/** Without policyTypes: ingress, and egress where there are rules for it. */
function closedBy(spec: Fields, hasEgress: boolean): readonly Direction[] {
  if (!spec.has("policyTypes")) return hasEgress ? ["ingress", "egress"] : ["ingress"];
  const types = spec.texts("policyTypes");
  return [
    ...(types.includes("Ingress") ? (["ingress"] as const) : []),
    ...(types.includes("Egress") ? (["egress"] as const) : []),
  ];
}

const BY_NAMESPACE = {};

/** Policies that are for a pod. */
export function policiesOf(pod: Pod, estate: Estate): readonly NetworkPolicy[] {
  const byNamespace = estate.once(BY_NAMESPACE, () =>
    Map.groupBy(estate.of(networkPolicies), ({ namespace }) => namespace),
  );
  return (byNamespace.get(pod.namespace) ?? []).filter(({ selector }) => selects(selector, pod.labels));
}
