import { type Objection, objection, rule } from "../../engine/rule.ts";
import { administeredBy, balancerOf, type ClusterBalancer } from "../../model/cluster/balancers.ts";
import { type Ingress, ingresses } from "../../model/cluster/ingresses.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, known } from "../../model/value.ts";

/** Annotations by which whoever may write an Ingress runs code in the controller (CVE-2021-25742, CVE-2025-1974). */
const SNIPPET = /(?:-snippet|\/auth-tls-match-cn|\/mirror-(?:target|host)|\/auth-url)$/;

/** A way in through a controller: every host with a certificate, and no code of its own. */
export const ingressIsEncryptedAndPlain = rule({
  id: "K8S-021",
  slug: "ingress-is-encrypted-and-plain",
  severity: "high",
  title:
    "Every Ingress has a certificate for each of its hosts, names its hosts, brings no code, and is public only where declared",
  why: "A host without a certificate is served in clear; a snippet reads every secret that the controller can, that is all of them; a load balancer that a controller makes is a way in that nobody declared.",
  fix: "List each host below spec.tls with its secret, name hosts in every rule, drop snippet annotations; scheme internal; better a TargetGroupBinding.",
  appliesTo: ingresses,
  requirements: ["CVE-2021-25742"],
  check: (ingress, estate) => [
    ...[...ingress.annotations.keys()]
      .filter((name) => SNIPPET.test(name))
      .map((name) => objection(`metadata.annotations[${name}]`, "code for the controller", "nothing")),
    ...ingress.hosts.flatMap((host) => hostOf(ingress, host, balancerOf(estate, ingress.manifest))),
    ...publicOf(balancerOf(estate, ingress.manifest), estate),
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

function hostOf({ encrypted }: Ingress, host: string, balancer: ClusterBalancer | undefined): readonly Objection[] {
  if (host === "" || host.includes("*"))
    return [objection("spec.rules.host", host === "" ? "any host" : host, "one host")];
  // A load balancer of AWS has its certificates from ACM: what its listeners speak is judged as that of others.
  return encrypted.has(host) || balancer !== undefined
    ? []
    : [objection(`spec.tls[${host}]`, undefined, "a certificate")];
}

/** Whom a load balancer of its own lets in: nobody of the internet that no entrypoint declares, and none to administer. */
function publicOf(balancer: ClusterBalancer | undefined, { declaration }: Estate): readonly Objection[] {
  if (balancer === undefined || balancer.scheme.isPublic === false) return [];
  const { scheme, name } = balancer;
  if (declaration !== undefined) {
    const entrypoints = declaration.services.flatMap((each) => each.entrypoints);
    const isDeclared = entrypoints.some(({ loadBalancer }) => loadBalancer === known(name));
    const got = isUnknown(scheme.isPublic) ? scheme.isPublic : "internet-facing";
    return isDeclared ? [] : [objection(scheme.attribute, got, "internal: no entrypoint declares its load balancer")];
  }
  return administeredBy(balancer).map(({ attribute, got }) => objection(attribute, got, "one site's addresses"));
}
