import { httpProbe, type Pods, pods, tcpProbe } from "./component.ts";
import { https, metrics } from "./listener.ts";
import { mib, millicores, percent, seconds } from "./units.ts";

/** Image of NGINX at the edge; every TLS sidecar runs it too. */
export const EDGE_IMAGE = "edge";

/** Answered by the edge itself: a fault behind it must not take its own answers away. */
export const EDGE_HEALTH = "/edge-health";

/**
 * NGINX pods between a load balancer and the pods of a service: always the load balancer's target.
 * They hold rate and body limits, response headers, the error envelope and the switch between blue and green.
 */
export const edge = (
  given: Pick<Pods, "why"> & Partial<Pick<Pods, "replicas" | "scratch" | "longestRequest">>,
): Pods<"web" | "metrics"> =>
  pods("edge", {
    why: given.why,
    image: EDGE_IMAGE,
    replicas: given.replicas ?? { min: 3, max: 6, cpu: percent(70) },
    resources: { cpu: millicores(250), memory: mib(128) },
    listens: { web: https(8443), metrics: metrics(9113) },
    probes: {
      startup: tcpProbe("web", { every: seconds(2), failures: 30 }),
      readiness: httpProbe(EDGE_HEALTH, "web", { every: seconds(5) }),
      liveness: httpProbe(EDGE_HEALTH, "web"),
    },
    ...(given.longestRequest === undefined ? {} : { longestRequest: given.longestRequest }),
    // Bodies wait here until the component behind takes them.
    scratch: given.scratch ?? { "/tmp": mib(64) },
  });
