import { demand, rule } from "../../engine/rule.ts";
import { clusterVersions } from "../../model/cluster/versions.ts";
import { isMaintained, maintainedText } from "../../model/maintained.ts";

const supported = maintainedText("kubernetes");

export const clusterVersionIsSupported = rule({
  id: "K8S-033",
  slug: "cluster-version-is-supported",
  severity: "medium",
  title: "Every cluster names its version of Kubernetes, one that EKS supports as a standard",
  why: "After that time it gets mended faults for six times the price, then an upgrade at an hour that nobody chose.",
  fix: `Set version to ${supported}, one minor version at a time, and upgrade before its time is over.`,
  appliesTo: clusterVersions,
  requirements: [],
  check: ({ version }) =>
    demand(
      "version",
      version ?? "nothing",
      supported,
      (given) => /^\d+\.\d+$/.test(given) && isMaintained("kubernetes", given),
    ),
});
