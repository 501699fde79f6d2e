import { Fields } from "../cluster/fields.ts";
import { type Named, named, objectsOf } from "../cluster/objects.ts";
import { pods } from "../cluster/pods.ts";
import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { atLeast, protocolOf } from "./protocols.ts";

/** One thing that a service mesh is told about how its proxies speak. */
export interface MeshSetting {
  readonly at: Place;
  readonly attribute: string;
  readonly got: Value<string>;
  /** Whether what it says is encrypted and verified. */
  readonly isSafe: boolean;
  readonly expected: string;
}

/** Istio and Linkerd: who is let in in clear, how others are called, and what stands at the edge. */
export const meshSettings = kind<MeshSetting>("setting of a mesh", (estate) => [
  ...objectsOf(estate, "PeerAuthentication", "security.istio.io").map(named).flatMap(admissionsOf),
  ...objectsOf(estate, "DestinationRule", "networking.istio.io").map(named).flatMap(callsOf),
  ...objectsOf(estate, "Gateway", "networking.istio.io").map(named).flatMap(serversOf),
  ...annotated(estate),
]);

const setting = (
  { at }: { readonly at: Place },
  attribute: string,
  got: Value<string>,
  isSafe: (text: string) => boolean,
  expected: string,
): MeshSetting => ({ at, attribute, got, isSafe: !isUnknown(got) && isSafe(got), expected });

/** Istio, PeerAuthentication: UNSET is what stands above it, and PERMISSIVE in the end (read 2026-11-23). */
function admissionsOf(object: Named): readonly MeshSetting[] {
  const { spec } = object;
  const inherited = new Unknown("what is said for the namespace or the mesh, which is PERMISSIVE if nothing is");
  const mode = (fields: Fields): Value<string> => {
    const said = fields.text("mode") ?? "UNSET";
    return said === "UNSET" ? inherited : said;
  };
  const isStrict = (text: string): boolean => text === "STRICT";
  const whole = spec.has("mtls") || !spec.has("portLevelMtls");
  return [
    ...(whole ? [setting(object, "spec.mtls.mode", mode(spec.in("mtls")), isStrict, "STRICT")] : []),
    ...Object.keys(spec.in("portLevelMtls").raw).map((port) =>
      setting(object, `spec.portLevelMtls.${port}.mode`, mode(spec.in("portLevelMtls", port)), isStrict, "STRICT"),
    ),
  ];
}

/** Each place of a DestinationRule that may say how to call. */
function callsOf(object: Named): readonly MeshSetting[] {
  const policies = [
    ["spec.trafficPolicy", object.spec.in("trafficPolicy")] as const,
    ...object.spec
      .list("subsets")
      .map((each, index) => [`spec.subsets[${index}].trafficPolicy`, each.in("trafficPolicy")] as const),
  ];
  return policies.flatMap(([path, policy]) => [
    ...callOf(object, path, policy),
    ...policy
      .list("portLevelSettings")
      .flatMap((each, index) => callOf(object, `${path}.portLevelSettings[${index}]`, each)),
  ]);
}

/**
 * Istio, ClientTLSSettings, and messages IST0128 and IST0129 of its analysis (read 2026-11-23): without an authority, SIMPLE
 * and MUTUAL verify by that of the proxy or by none, as the release has it.
 */
function callOf(object: Named, path: string, policy: Fields): readonly MeshSetting[] {
  if (!policy.has("tls")) return [];
  const tls = policy.in("tls");
  const mode = tls.text("mode") ?? "DISABLE";
  const expected = "ISTIO_MUTUAL, or TLS with an authority that is named";
  const isOwn = mode === "ISTIO_MUTUAL" || mode === "DISABLE" || isUnknown(mode);
  const isNamed = tls.has("caCertificates") || tls.has("credentialName");
  const skips = tls.flag("insecureSkipVerify") ?? false;
  return [
    setting(object, `${path}.tls.mode`, mode, (text) => text !== "DISABLE", expected),
    ...(skips === false
      ? []
      : [setting(object, `${path}.tls.insecureSkipVerify`, isUnknown(skips) ? skips : "true", () => false, "false")]),
    ...(isOwn || isNamed
      ? []
      : [
          setting(
            object,
            `${path}.tls.caCertificates`,
            new Unknown(`${mode} without an authority`),
            () => false,
            expected,
          ),
        ]),
  ];
}

/** Istio, ServerTLSSettings (read 2026-11-23): without a version it begins at TLS 1.2. */
const serversOf = (object: Named): readonly MeshSetting[] =>
  object.spec.list("servers").flatMap((server, index) => {
    const path = `spec.servers[${index}]`;
    const protocol = server.in("port").text("protocol") ?? new Unknown("no protocol");
    const tls = server.in("tls");
    if (isUnknown(protocol)) return [setting(object, `${path}.port.protocol`, protocol, () => false, "HTTPS or TLS")];
    switch (protocol.toUpperCase()) {
      case "HTTPS":
      case "TLS": {
        const version = tls.text("minProtocolVersion") ?? "TLS_AUTO";
        return [setting(object, `${path}.tls.minProtocolVersion`, version, isModern, "TLSV1_2 or newer")];
      }
      case "HTTP":
      case "HTTP2": {
        const redirects = tls.flag("httpsRedirect") ?? false;
        const got = isUnknown(redirects) ? redirects : `${protocol}, ${redirects ? "redirected" : "served"}`;
        return [setting(object, `${path}.tls.httpsRedirect`, got, () => redirects === true, "true")];
      }
      default:
        return [setting(object, `${path}.port.protocol`, protocol, () => false, "HTTPS or TLS")];
    }
  });

/** `TLSV1_2`, or what the proxy takes by itself. */
function isModern(text: string): boolean {
  const version = protocolOf(text);
  return text === "TLS_AUTO" || (version !== undefined && atLeast(version, "TLSv1.2"));
}

const LINKERD = "config.linkerd.io/default-inbound-policy";

/** Linkerd, Authorization Policy (read 2026-11-23): callers that show no certificate come in where a default lets them. */
function annotated(estate: Estate): readonly MeshSetting[] {
  const namespaces = objectsOf(estate, "Namespace", "").map((manifest) => ({
    at: named(manifest).at,
    path: "metadata",
    annotations: new Fields(manifest.body).in("metadata").map("annotations"),
  }));
  return [...namespaces, ...estate.of(pods)].flatMap(({ at, path, annotations }) => {
    const policy = annotations.get(LINKERD);
    const attribute = `${path.replace(/spec$/, "metadata")}.annotations[${LINKERD}]`;
    return policy === undefined
      ? []
      : [
          setting(
            { at },
            attribute,
            policy,
            (text) => /^(?:all|cluster)-authenticated$|^deny$/.test(text),
            "all-authenticated, cluster-authenticated or deny",
          ),
        ];
  });
}
