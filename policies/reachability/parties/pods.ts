import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Declaration, Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { objectOf, textOf } from "../../model/json.ts";
import { known } from "../../model/value.ts";
import type { Site } from "./site.ts";

const NAME = "app.kubernetes.io/name";

/** Pods by the party that they are, on the nodes that they may run on. */
export function podSites(estate: Estate, declaration: Declaration, nodes: readonly Site[]): readonly Site[] {
  const services = new Set(declaration.services.map(({ name }) => name));
  const found = new Map<string, { readonly party: Party; readonly on: Site; readonly pods: Pod[] }>();
  for (const pod of estate.of(pods)) {
    if (!services.has(pod.namespace)) continue;
    const party = `${pod.namespace}/${pod.labels.get(NAME) ?? pod.name}`;
    for (const on of nodesOf(estate, pod, nodes)) {
      const key = `${party} ${on.party}`;
      const own = found.get(key);
      if (own === undefined) found.set(key, { party, on, pods: [pod] });
      else own.pods.push(pod);
    }
  }
  return [...found.values()].map(({ party, on, pods: own }) => ({
    ...on,
    party,
    kind: "pods",
    declared: true,
    at: own[0]?.at ?? on.at,
    pods: own,
    shares: [],
  }));
}

/** Pods of the platform itself: they count as the nodes that they run on. */
export function platformPods(estate: Estate, declaration: Declaration): readonly Pod[] {
  const services = new Set(declaration.services.map(({ name }) => name));
  return estate.of(pods).filter(({ namespace }) => !services.has(namespace));
}

/** The nodes that a pod may run on: those of the pool that it selects; all where it selects none. */
export function nodesOf(estate: Estate, pod: Pod, nodes: readonly Site[]): readonly Site[] {
  const pool = textOf(pod.spec.in("nodeSelector").raw["karpenter.sh/nodepool"]);
  if (pool === undefined) return nodes;
  const manifest = estate.manifests.find(({ kind, name }) => kind === "NodePool" && name === pool);
  const template = objectOf(objectOf(objectOf(manifest?.body["spec"])["template"])["spec"]);
  const wanted = textOf(objectOf(template["nodeClassRef"])["name"]);
  return nodes.filter(({ interfaces }) => interfaces.some(({ name }) => known(name) === wanted));
}
