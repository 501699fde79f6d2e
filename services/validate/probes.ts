import type { Component, Probe } from "../schema/component.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show, showNames, showTime } from "./show.ts";

/** Health checks that can be asked, and that answer before the next. */

function asked(path: string, component: Component, probe: Probe): readonly Fault[] {
  // The kubelet waits for an answer; a load balancer takes no time-out beyond its interval.
  const onTime = unless(
    component.kind === "pods" || probe.timeout <= probe.every,
    `${path}/timeout`,
    `must be <= every (${showTime(probe.every)})`,
    showTime(probe.timeout),
  );
  if (probe.kind === "exec") return onTime;
  const listener = Object.values(component.listens).find(({ name }) => name === probe.on);
  if (listener === undefined) {
    const known = showNames(Object.keys(component.listens));
    return [
      ...onTime,
      { path: `${path}/on`, rule: `must be a listener of ${component.name}: ${known}`, got: show(probe.on) },
    ];
  }
  return [
    ...onTime,
    ...unless(listener.protocol === "tcp", `${path}/on`, "must be a TCP listener", show(probe.on)),
    // The kubelet comes from the node, without a client certificate.
    ...unless(
      component.kind === "hosts" ||
        (listener.transport !== "loopback" && (probe.kind === "tcp" || listener.transport === "tls")),
      `${path}/on`,
      "must be a listener that the kubelet can reach: TLS without client certificate",
      `${probe.on} (${listener.transport})`,
    ),
    ...(probe.kind === "http"
      ? [
          ...unless(/^\/\S*$/.test(probe.path), `${path}/path`, 'must begin with "/"', show(probe.path)),
          ...unless(
            listener.speaks === "http" || listener.transport === "loopback",
            `${path}/on`,
            "must be a listener that speaks HTTP",
            show(probe.on),
          ),
        ]
      : []),
  ];
}

export const probes: Check = ({ services }) =>
  services.flatMap((service) =>
    service.components.flatMap((component) => {
      const path = `${service.name}/components/${component.name}`;
      return component.kind === "hosts"
        ? asked(`${path}/health`, component, component.health)
        : (["startup", "readiness", "liveness"] as const).flatMap((name) =>
            asked(`${path}/probes/${name}`, component, component.probes[name]),
          );
    }),
  );
