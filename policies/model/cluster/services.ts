import { type Estate, kind } from "../estate.ts";
import type { Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";
import { labelsAsSelector, selects } from "./selector.ts";

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: Value<number> | undefined;
  /** Number or name of a port of its pods. */
  readonly target: Value<number> | string | undefined;
  readonly protocol: string;
  readonly nodePort: Value<number> | undefined;
}

/** A Service and the pods that it sends to. */
export interface Service extends Named {
  readonly type: Value<string>;
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePort[];
  readonly pods: readonly Pod[];
}

export const services = kind<Service>("Service", (estate) => {
  const byNamespace = Map.groupBy(estate.of(pods), ({ namespace }) => namespace);
  return objectsOf(estate, "Service", "").map((manifest) => {
    const object = named(manifest);
    const { spec, namespace } = object;
    const selector = spec.map("selector");
    const chosen = labelsAsSelector(selector);
    return {
      ...object,
      type: spec.text("type") ?? "ClusterIP",
      selector,
      ports: spec.list("ports").map(portOf),
      pods:
        selector.size === 0 ? [] : (byNamespace.get(namespace) ?? []).filter(({ labels }) => selects(chosen, labels)),
    };
  });
});

function portOf(fields: Fields): ServicePort {
  const target = fields.raw["targetPort"];
  return {
    name: typeof fields.raw["name"] === "string" ? fields.raw["name"] : undefined,
    port: fields.number("port"),
    target: typeof target === "string" ? target : (fields.number("targetPort") ?? fields.number("port")),
    protocol: String(fields.raw["protocol"] ?? "TCP"),
    nodePort: fields.number("nodePort"),
  };
}

const SERVED = {};

/**
 * Pods that requests are sent to: those behind a Service with a port of which they live. A port that is named metrics
 * is none: what scrapes it tries again.
 */
export const servedPods = (estate: Estate): ReadonlySet<Pod> =>
  estate.once(SERVED, () => {
    const serving = estate.of(services).filter(({ ports }) => ports.some(({ name }) => !/metrics/.test(name ?? "")));
    return new Set(serving.flatMap((each) => each.pods));
  });
