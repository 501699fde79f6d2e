import type { Probe as Declared, Pods } from "../../services/schema/component.ts";
import type { Listener } from "../../services/schema/listener.ts";
import type { Probe } from "./kubernetes.ts";

/** How the kubelet asks: by port number, over TLS at the sidecar, or a command in the application's own container. */
function asked(path: string, listens: Pods["listens"], probe: Declared): Omit<Probe, "periodSeconds"> {
  switch (probe.kind) {
    case "exec":
      return { exec: { command: [...probe.command] } };
    case "tcp":
      return { tcpSocket: { port: reachable(path, listens, probe.on).port } };
    case "http": {
      const listener = reachable(path, listens, probe.on);
      if (listener.transport !== "tls") {
        throw new Error(
          `${path}/on: must be TLS without client certificate, which the kubelet has not; got ${listener.name} (${listener.transport})`,
        );
      }
      return { httpGet: { path: probe.path, port: listener.port, scheme: "HTTPS" } };
    }
  }
}

function reachable(path: string, listens: Pods["listens"], name: string): Listener {
  const listener = listens[name];
  if (listener === undefined || listener.transport === "loopback") {
    const known = Object.values(listens).filter(({ transport }) => transport !== "loopback");
    throw new Error(`${path}/on: must be a port of the pod: ${known.map((each) => each.name).join(", ")}; got ${name}`);
  }
  return listener;
}

const probeOf = (path: string, listens: Pods["listens"], probe: Declared): Probe => ({
  ...asked(path, listens, probe),
  periodSeconds: Math.ceil(probe.every),
  timeoutSeconds: Math.ceil(probe.timeout),
  failureThreshold: probe.failures,
});

/** The three probes of a component; `path` is where it stands in the catalogue. */
export const probesOf = (path: string, { listens, probes }: Pick<Pods, "listens" | "probes">) => ({
  startup: probeOf(`${path}/probes/startup`, listens, probes.startup),
  readiness: probeOf(`${path}/probes/readiness`, listens, probes.readiness),
  liveness: probeOf(`${path}/probes/liveness`, listens, probes.liveness),
});
