import { kind } from "../estate.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

/** An Ingress: what a controller in the cluster lets in. */
export interface Ingress extends Named {
  readonly annotations: ReadonlyMap<string, string>;
  /** Of its rules; one without a name is for all hosts, and so is a default backend. */
  readonly hosts: readonly string[];
  /** Hosts that have a certificate. */
  readonly encrypted: ReadonlySet<string>;
}

export const ingresses = kind<Ingress>("Ingress", (estate) =>
  objectsOf(estate, "Ingress", "networking.k8s.io", "extensions").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const hosts = spec.list("rules").map(({ raw }) => (typeof raw["host"] === "string" ? raw["host"] : ""));
    const isDefault = spec.has("defaultBackend") || spec.has("backend");
    return {
      ...object,
      annotations: new Fields(manifest.body).in("metadata").map("annotations"),
      hosts: isDefault || hosts.length === 0 ? [...hosts, ""] : hosts,
      encrypted: new Set(
        spec
          .list("tls")
          .filter((each) => each.has("secretName"))
          .flatMap((each) => each.texts("hosts")),
      ),
    };
  }),
);
