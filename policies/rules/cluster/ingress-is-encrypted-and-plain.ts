import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Ingress, ingresses } from "../../model/cluster/ingresses.ts";

/** Annotations by which whoever may write an Ingress runs code in the controller (CVE-2021-25742, CVE-2025-1974). */
const SNIPPET = /(?:-snippet|\/auth-tls-match-cn|\/mirror-(?:target|host)|\/auth-url)$/;

/** A way in through a controller: every host with a certificate, and no code of its own. */
export const ingressIsEncryptedAndPlain = rule({
  id: "K8S-021",
  slug: "ingress-is-encrypted-and-plain",
  severity: "high",
  title: "Every Ingress has a certificate for each of its hosts, names its hosts, and brings no code",
  why: "A host without a certificate is served in clear; a snippet reads every secret that the controller can, that is all of them.",
  fix: "List each host below spec.tls with its secret, name hosts in every rule, drop snippet annotations; better a TargetGroupBinding.",
  appliesTo: ingresses,
  requirements: ["CVE-2021-25742"],
  check: (ingress) => [
    ...[...ingress.annotations.keys()]
      .filter((name) => SNIPPET.test(name))
      .map((name) => objection(`metadata.annotations[${name}]`, "code for the controller", "nothing")),
    ...ingress.hosts.flatMap((host) => hostOf(ingress, host)),
    ...(ingress.annotations.get("nginx.ingress.kubernetes.io/ssl-redirect") === "false"
      ? [
          objection(
            "metadata.annotations[nginx.ingress.kubernetes.io/ssl-redirect]",
            "false",
            "true: clear text is only redirected",
          ),
        ]
      : []),
  ],
});

function hostOf({ encrypted }: Ingress, host: string): readonly Objection[] {
  if (host === "" || host.includes("*"))
    return [objection("spec.rules.host", host === "" ? "any host" : host, "one host")];
  return encrypted.has(host) ? [] : [objection(`spec.tls[${host}]`, undefined, "a certificate")];
}
