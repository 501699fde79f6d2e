import { budgets } from "../cluster/budgets.ts";
import { networkPolicies } from "../cluster/network-policies.ts";
import type { Named } from "../cluster/objects.ts";
import type { Pod } from "../cluster/pod.ts";
import { pods } from "../cluster/pods.ts";
import { isEmpty, type Selector, selectorOf, selects } from "../cluster/selector.ts";
import { type Estate, kind } from "../estate.ts";

/** An object that is for pods with some labels, and each selector in it. */
export interface Selecting extends Named {
  readonly selectors: readonly {
    readonly attribute: string;
    readonly selector: Selector;
    readonly pods: readonly Pod[];
  }[];
}

/** Policies of the network and budgets. An empty selector is for whatever pods there are, and needs none. */
export const selecting = kind<Selecting>("object that selects pods", (estate) => [
  ...estate
    .of(budgets)
    .map((budget) => ({ ...budget, selectors: [chosen(estate, budget, "spec.selector", budget.selector)] })),
  ...estate.of(networkPolicies).map((policy) => ({
    ...policy,
    selectors: [
      chosen(estate, policy, "spec.podSelector", policy.selector),
      ...(["ingress", "egress"] as const).flatMap((direction) =>
        policy[direction].flatMap((rule, index) =>
          rule
            .list(direction === "ingress" ? "from" : "to")
            .filter((peer) => peer.has("podSelector") && !peer.has("namespaceSelector"))
            .map((peer) => chosen(estate, policy, `spec.${direction}[${index}]`, selectorOf(peer.in("podSelector")))),
        ),
      ),
    ],
  })),
]);

const chosen = (estate: Estate, { namespace }: Named, attribute: string, selector: Selector) => ({
  attribute,
  selector,
  pods: isEmpty(selector)
    ? estate.of(pods)
    : estate.of(pods).filter((pod) => pod.namespace === namespace && selects(selector, pod.labels)),
});
