import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Fields } from "../../model/cluster/fields.ts";
import { pods } from "../../model/cluster/pods.ts";

/** Below are users of nodes and of base images (CKV_K8S_40, NSA Kubernetes Hardening Guide). */
const LOWEST = 10_000;

/** A process that breaks out is nobody on the node. */
export const containerRunsAsAUserOfItsOwn = rule({
  id: "K8S-002",
  slug: "container-runs-as-a-user-of-its-own",
  severity: "high",
  title: "Every container runs as a numbered user and group that no node has",
  why: "Root in a container is root on what it breaks out to; a low number is some user of the node; a user left to the image changes with the image.",
  fix: `Set runAsNonRoot true, runAsUser and runAsGroup to ${LOWEST} or more in the pod's securityContext, and override neither.`,
  appliesTo: pods,
  requirements: ["CIS 5.2.7"],
  check: ({ containers, spec, volumes, path: at }) => [
    ...groupsOf(
      spec.in("securityContext"),
      `${at}.securityContext`,
      volumes.some(({ kind }) => kind === "hostPath"),
    ),
    ...containers.flatMap(({ path, security }) => [
      ...demand(`${path}.securityContext.runAsNonRoot`, security.nonRoot, "true", (each) => each),
      ...demand(
        `${path}.securityContext.runAsUser`,
        security.user ?? "whatever user the image names",
        `${LOWEST} or more`,
        (each) => Number(each) >= LOWEST,
      ),
      ...demand(
        `${path}.securityContext.runAsGroup`,
        security.group ?? "whatever group the image names, root if none",
        `${LOWEST} or more`,
        (each) => Number(each) >= LOWEST,
      ),
    ]),
  ],
});

/** Groups beside its own: of its volumes, and others, by which a pod that is given a folder of the node reads it. */
const groupsOf = (security: Fields, at: string, readsNode: boolean): readonly Objection[] => [
  ...demand(`${at}.fsGroup`, security.number("fsGroup") ?? LOWEST, `${LOWEST} or more`, (each) => each >= LOWEST),
  ...security
    .texts("supplementalGroups")
    .filter((each) => !(Number(each) >= LOWEST) && !(readsNode && each === "0"))
    .map((each) => objection(`${at}.supplementalGroups`, each, `${LOWEST} or more`)),
];
