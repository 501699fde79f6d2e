import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Direction, type NetworkPolicy, networkPolicies } from "../../model/cluster/network-policies.ts";
import type { Estate } from "../../model/estate.ts";
import { limitless } from "../../model/limitless.ts";
import { openedBy } from "../../model/network-policies.ts";
import { Unknown } from "../../model/value.ts";

const DIRECTIONS: readonly Direction[] = ["ingress", "egress"];

/** A policy that lets everybody through closes its pod in name alone. */
export const networkPolicyNamesItsPeers = rule({
  id: "K8S-045",
  slug: "network-policy-names-its-peers",
  severity: "critical",
  title: "What a NetworkPolicy opens has a limit: named peers, and neither the internet nor every pod of the cluster",
  why: "One rule without peers undoes the denial of its namespace: the pod is as open as if there were no policy, and looks closed.",
  fix: "Name in each rule the pods, namespaces or blocks of addresses that it is for, and their ports.",
  appliesTo: networkPolicies,
  requirements: ["CIS 5.3.2", "NOD-5.2"],
  check: (policy, estate) => DIRECTIONS.flatMap((direction) => objectionsTo(estate, policy, direction)),
});

const objectionsTo = (estate: Estate, policy: NetworkPolicy, direction: Direction): readonly Objection[] => [
  ...limitless(estate, policy, direction).map(({ opening, got, isNarrowedPerhaps }): Objection => {
    const said = objection(`spec.${opening.path}`, got, "named peers");
    // Whether a firewall on the way out holds it to names, manifests do not show.
    return isNarrowedPerhaps ? { ...said, outcome: "unknown" } : said;
  }),
  ...openedBy(estate, policy, direction).flatMap(({ path, unknown }) =>
    unknown.map((each) => objection(`spec.${path}`, new Unknown(each), "peers and ports that are shown")),
  ),
];
