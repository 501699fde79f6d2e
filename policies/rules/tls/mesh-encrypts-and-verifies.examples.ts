import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object } from "../cluster/examples/workloads.ts";

const SECURITY = "security.istio.io/v1";
const NETWORK = "networking.istio.io/v1";
const LINKERD = "config.linkerd.io/default-inbound-policy";
const PEERS = "PeerAuthentication/shop/web spec";
const CALLS = "DestinationRule/shop/web spec";
const EDGE = "Gateway/shop/web spec";

const peers = (spec: JsonObject): JsonObject => object(SECURITY, "PeerAuthentication", "web", { spec });
const calls = (trafficPolicy: JsonObject, more: JsonObject = {}): JsonObject =>
  object(NETWORK, "DestinationRule", "web", { spec: { host: "web", trafficPolicy, ...more } });
const edge = (...servers: readonly JsonObject[]): JsonObject =>
  object(NETWORK, "Gateway", "web", { spec: { servers } });
const server = (protocol: string, tls: JsonObject): JsonObject => ({ port: { number: 443, protocol }, tls });

export const examples: Examples = {
  good: [
    {
      title: "certificates both ways, inside and at the edge",
      manifests: [
        peers({ mtls: { mode: "STRICT" } }),
        calls({ tls: { mode: "ISTIO_MUTUAL" } }),
        edge(
          server("HTTPS", { mode: "SIMPLE", minProtocolVersion: "TLSV1_3" }),
          server("HTTP", { httpsRedirect: true }),
        ),
      ],
    },
    {
      title: "a service outside, verified; passed through; the default version",
      manifests: [
        calls({
          portLevelSettings: [{ port: { number: 443 }, tls: { mode: "SIMPLE", caCertificates: "/etc/ca.pem" } }],
        }),
        edge(server("TLS", { mode: "PASSTHROUGH" })),
      ],
    },
    {
      title: "callers with a certificate, by Linkerd",
      manifests: [deployment(), namespaceOf("all-authenticated")],
    },
  ],
  bad: [
    {
      title: "callers in clear, for all ports or for one",
      manifests: [
        peers({ mtls: { mode: "PERMISSIVE" } }),
        peers({ mtls: { mode: "STRICT" }, portLevelMtls: { "8080": { mode: "DISABLE" } } }),
      ],
      finds: [`${PEERS}.mtls.mode`, `${PEERS}.portLevelMtls.8080.mode`],
    },
    {
      title: "calls in clear, of a subset too, and without verification",
      manifests: [
        calls(
          { tls: { mode: "DISABLE" } },
          { subsets: [{ trafficPolicy: { tls: { mode: "SIMPLE", credentialName: "ca", insecureSkipVerify: true } } }] },
        ),
      ],
      finds: [`${CALLS}.trafficPolicy.tls.mode`, `${CALLS}.subsets[0].trafficPolicy.tls.insecureSkipVerify`],
    },
    {
      title: "an edge of clear text, of an old version, of bytes",
      manifests: [edge(server("HTTP", {}), server("HTTPS", { minProtocolVersion: "TLSV1_1" }), server("TCP", {}))],
      finds: [
        `${EDGE}.servers[0].tls.httpsRedirect`,
        `${EDGE}.servers[1].tls.minProtocolVersion`,
        `${EDGE}.servers[2].port.protocol`,
      ],
    },
    {
      title: "callers without a certificate, by Linkerd",
      manifests: [namespaceOf("all-unauthenticated")],
      finds: [`Namespace/shop metadata.annotations[${LINKERD}]`],
    },
  ],
  unknown: [
    {
      title: "what the mesh says for all",
      manifests: [peers({ mtls: { mode: "UNSET" } })],
      finds: [`${PEERS}.mtls.mode`],
    },
    {
      title: "TLS without an authority",
      manifests: [calls({ tls: { mode: "SIMPLE" } })],
      finds: [`${CALLS}.trafficPolicy.tls.caCertificates`],
    },
    {
      title: "a protocol that is still to be filled in",
      manifests: [edge(server("{{ .Values.protocol }}", {}))],
      finds: [`${EDGE}.servers[0].port.protocol`],
    },
  ],
};

function namespaceOf(policy: string): JsonObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", annotations: { [LINKERD]: policy } } };
}

export const mutations: readonly Mutation[] = [
  onObject("PriorityClass", "let callers in in clear", () => peers({ mtls: { mode: "PERMISSIVE" } })),
  onObject("PriorityClass", "call without verification", () => calls({ tls: { mode: "SIMPLE" } })),
  onObject("PriorityClass", "serve clear text at the edge of a mesh", () => edge(server("HTTP", {}))),
  onObject("Namespace", "let callers in without a certificate", (body) => ({
    ...body,
    metadata: { ...body.metadata, annotations: { [LINKERD]: "cluster-unauthenticated" } },
  })),
];
