import { objection, rule } from "../../engine/rule.ts";
import { clusterResources } from "../../model/cluster/cluster-resources.ts";
import { isUnknown } from "../../model/value.ts";

/** Objects of a cluster are judged as manifests: what Terraform makes in other words, nobody sees. */
export const clusterObjectIsShown = rule({
  id: "K8S-040",
  slug: "cluster-object-is-shown",
  severity: "high",
  title: "Terraform makes objects of a cluster by whole manifests only",
  why: "A release that a provider renders while it applies, or a Deployment in words of its own, is read by no rule about pods.",
  fix: "Render the release and judge it; or give kubernetes_manifest the whole object.",
  appliesTo: clusterResources,
  requirements: [],
  check: ({ type, shown }) => {
    if (isUnknown(shown)) return [objection("manifest", shown, "the whole manifest")];
    return shown ? [] : [objection("manifest", `${type} has none: what it makes is not shown`, "the whole manifest")];
  },
});
