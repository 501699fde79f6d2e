import { demand, rule } from "../../engine/rule.ts";
import { clusterVersions } from "../../model/cluster/versions.ts";

/** Minor version of Kubernetes 1 that EKS supports as a standard the longest: 1.33 until 29 July, 1.34 until 2 December 2026
 * ("Amazon EKS Kubernetes release calendar" of the Amazon EKS user guide, by a copy of April 2026). */
const OLDEST = 34;

export const clusterVersionIsSupported = rule({
  id: "K8S-033",
  slug: "cluster-version-is-supported",
  severity: "medium",
  title: "Every cluster names its version of Kubernetes, one that EKS supports as a standard",
  why: "After that time it gets mended faults for six times the price, then an upgrade at an hour that nobody chose.",
  fix: `Set version to 1.${OLDEST} or newer, one minor version at a time, and upgrade before its time is over.`,
  appliesTo: clusterVersions,
  requirements: [],
  check: ({ version }) =>
    demand("version", version ?? "nothing", `1.${OLDEST} or newer`, (given) => {
      const minor = /^1\.(\d+)$/.exec(given)?.[1];
      return minor !== undefined && Number(minor) >= OLDEST;
    }),
});
