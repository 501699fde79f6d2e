import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Listener, listenersOf } from "../../model/cluster/listeners.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { declaredPods } from "../../model/contract/declared-pods.ts";
import { calledPorts } from "../../model/contract/flows.ts";
import { admits } from "../../model/contract/openings.ts";
import { isSentTo } from "../../model/contract/pod-ports.ts";
import { upstreamPorts } from "../../model/contract/upstreams.ts";
import type { DeclaredPort } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";

/** What the catalogue says of a component is what its pods, its Service and its policies say. */
export const declaredPortIsServedByItsPods = rule({
  id: "ONE-006",
  slug: "declared-port-is-served-by-its-pods",
  severity: "high",
  title:
    "Each declared port of pods is listed by them, spoken as declared, let in, and sent to by their Service; they list no other",
  why: "Firewalls are made from what is declared: a port that only the pod knows is closed, and one that only the catalogue knows stands open for nobody.",
  fix: "Declare the port on the component (services/products), and let chart and NGINX take it from there.",
  appliesTo: declaredPods,
  requirements: ["NOD-1.1", "MUN-2.4", "MUN-SEC.3"],
  needsDeclaration: true,
  check: ({ part, pods, service }, estate) => {
    if (pods.length === 0)
      return [objection(`component ${part.name}`, "no pods", `pods labelled ${part.name} in namespace ${service}`)];
    const called = calledPorts(estate, `${service}/${part.name}`);
    return pods.flatMap((pod) => wrongOf(pod, part.ports, called, estate).map((each) => ({ ...each, at: pod.at })));
  },
});

type Ports = ReadonlySet<number>;

function wrongOf(pod: Pod, ports: readonly DeclaredPort[], called: Ports, estate: Estate): readonly Objection[] {
  const listeners = listenersOf(pod, estate);
  const open = ports.filter(({ transport }) => transport !== "loopback");
  const upstream = upstreamPorts(pod, estate);
  return [
    ...open.flatMap((port) => {
      const listener = listeners.find((each) => each.port === port.port && each.listed);
      return [...spokenOf(pod, port, listener), ...(called.has(port.port) ? reachedOf(pod, port, estate) : [])];
    }),
    ...ports
      .filter(({ name, transport, port }) => name === "app" && transport === "loopback" && !upstream.includes(port))
      .map(({ port }) =>
        objection(`${pod.path} proxy_pass`, upstream, `127.0.0.1:${port}, where the program is declared`),
      ),
    ...listeners
      .filter(({ port }) => !open.some((each) => each.port === port))
      .map(({ container, port }) =>
        objection(`${container.path}.ports[${port}]`, "not declared", open.map((each) => each.port).join(", ")),
      ),
  ];
}

function spokenOf(
  pod: Pod,
  { name, port, transport }: DeclaredPort,
  listener: Listener | undefined,
): readonly Objection[] {
  const at = `${pod.path} port ${name} ${port}`;
  if (listener === undefined) return [objection(at, "no container lists it", "a containerPort")];
  const asks = listener.server?.context.word("ssl_verify_client", "off") ?? "off";
  const got = listener.encrypted === false ? "clear text" : listener.encrypted;
  return [
    ...(got === true ? [] : [objection(at, got, transport)]),
    ...(transport === "mtls" && asks !== "on"
      ? [objection(`${at} ssl_verify_client`, asks, "on: mutual TLS is declared")]
      : []),
  ];
}

/** Of a port that somebody calls; the kubelet, which only asks for health, needs neither policy nor Service. */
function reachedOf(pod: Pod, { name, port }: DeclaredPort, estate: Estate): readonly Objection[] {
  const at = `${pod.path} port ${name} ${port}`;
  return [
    ...(admits(estate, pod, "ingress", port)
      ? []
      : [objection(`${at} NetworkPolicy`, "lets nobody in", "whom a flow is declared for")]),
    ...(isSentTo(estate, pod, port)
      ? []
      : [objection(`${at} Service`, "none sends to it", `a Service with port ${port}`)]),
  ];
}
