import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { type Container, staysOn } from "../../model/cluster/container.ts";
import { isClear, type Listener, letsIn, listenersOf, serversOf, wideWords } from "../../model/cluster/listeners.ts";
import { policiesOf } from "../../model/cluster/network-policies.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown } from "../../model/value.ts";

/** Between pods as between hosts nothing travels in clear. */
export const podListensWithTls = rule({
  id: "K8S-031",
  slug: "pod-listens-with-tls",
  severity: "high",
  title: "Every port of a pod that others may reach speaks TLS, and what is behind it listens on loopback",
  why: "Pods of one node share its network: whoever breaks into one of them reads passwords and personal data of the others in passing.",
  fix: "Put NGINX beside the program as a sidecar with `listen <port> ssl`, list its ports on the sidecar alone, and let the program listen on 127.0.0.1.",
  appliesTo: pods,
  requirements: ["NOD-1.1", "MUN-2.3", "MUN-SEC.3"],
  concerns: (pod, estate) => pod.runs === "on" && letsIn(pod, estate),
  check: (pod, estate) => {
    const runsNginx = pod.containers.filter((each) => serversOf(pod, each, estate).length > 0);
    const listeners = listenersOf(pod, estate).filter(
      ({ container }) => runsNginx.length === 0 || runsNginx.includes(container),
    );
    const clear = listeners.filter(isClear).map(clearOf);
    // A policy in another file may close it.
    const isJudged = policiesOf(pod, estate).some(({ closes }) => closes.includes("ingress"));
    return [
      ...(isJudged ? clear : missing(estate, clear)),
      ...(runsNginx.length === 0 ? [] : besideOf(pod, runsNginx, estate)),
    ];
  },
});

const clearOf = ({ container, port, listed, encrypted }: Listener): Objection =>
  objection(
    `${container.path}.ports[${port}]`,
    isUnknown(encrypted) ? encrypted : `clear text${listed ? "" : ", and not listed"}`,
    "TLS",
  );

/** Containers beside NGINX: nobody but NGINX reaches them. */
const besideOf = (pod: Pod, runsNginx: readonly Container[], estate: Estate): readonly Objection[] =>
  pod.containers
    .filter((each) => staysOn(each) && !runsNginx.includes(each))
    .flatMap((each) => [
      ...each.ports.map(({ port }) =>
        objection(`${each.path}.ports[${String(port)}]`, "a port beside the sidecar", "ports of the sidecar alone"),
      ),
      ...wideWords(pod, each, estate).map((word) =>
        objection(`${each.path}.command`, `${word}, all addresses`, "127.0.0.1"),
      ),
    ]);
