import { objection, rule } from "../../engine/rule.ts";
import { meshSettings } from "../../model/tls/meshes.ts";

/** A mesh is believed to encrypt everything: it does what it is told, object by object. */
export const meshEncryptsAndVerifies = rule({
  id: "TLS-016",
  slug: "mesh-encrypts-and-verifies",
  severity: "high",
  title: "A service mesh lets nobody in in clear, verifies whom it calls, and ends TLS 1.2 or newer at its edge",
  why: "A PERMISSIVE workload answers whoever asks without a certificate; a rule without an authority encrypts for whoever answers.",
  fix: "PeerAuthentication STRICT; ISTIO_MUTUAL, or SIMPLE and MUTUAL with caCertificates or credentialName; httpsRedirect and minProtocolVersion in each server of a Gateway; all-authenticated for Linkerd.",
  appliesTo: meshSettings,
  requirements: [],
  check: ({ attribute, got, isSafe, expected }) => (isSafe ? [] : [objection(attribute, got, expected)]),
});
