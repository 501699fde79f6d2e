import type { Estate } from "../estate.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import type { ClusterBalancer, ClusterListener } from "./balancers.ts";
import { Fields } from "./fields.ts";
import { listed } from "./ingress-balancers.ts";
import { type Named, named, objectsOf } from "./objects.ts";

const SERVICE = "service.beta.kubernetes.io/";
const PREFIX = `${SERVICE}aws-load-balancer-`;
const attributeOf = (name: string): string => `metadata.annotations[${PREFIX}${name}]`;
/** Classes of the AWS Load Balancer Controller and of EKS Auto Mode. */
const CLASSES = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/** A Service that becomes a load balancer of AWS, and what its annotations say of that. */
interface Told extends Named {
  readonly told: (name: string) => Value<string> | undefined;
  readonly annotations: Fields;
  /** Of the controller, which keeps it inside unless told otherwise; what came with Kubernetes puts it on the internet. */
  readonly isOfController: boolean;
  readonly isClassic: boolean;
}

/** AWS Load Balancer Controller, Service annotations; Kubernetes, Service: internal and TLS on AWS (read 2026-11-23). */
export const balancersOfServices = (estate: Estate): readonly ClusterBalancer[] =>
  objectsOf(estate, "Service", "")
    .flatMap((each) => toldOf(named(each)))
    .map((service) => ({
      ...{ at: service.at, manifest: service.manifest, name: service.told("name"), webAcl: undefined },
      generation: service.isClassic ? "classic" : "second",
      scheme: schemeOf(service),
      sources: sourcesOf(service),
      listeners: service.spec.list("ports").map((port) => listenerOf(service, port)),
      hops: hopsOf(service),
    }));

function toldOf(object: Named): readonly Told[] {
  const annotations = new Fields(object.manifest.body).in("metadata", "annotations");
  const loadBalancerClass = String(object.spec.raw["loadBalancerClass"]);
  const isOfClass = CLASSES.includes(loadBalancerClass);
  const isOfAws = isOfClass || Object.keys(annotations.raw).some((name) => name.startsWith(PREFIX));
  if (known(object.spec.text("type")) !== "LoadBalancer" || !isOfAws) return [];
  const told = (name: string): Value<string> | undefined => annotations.text(`${PREFIX}${name}`);
  const type = known(told("type"));
  const isOfController = isOfClass || type === "external" || type === "nlb-ip";
  return [{ ...object, told, annotations, isOfController, isClassic: !isOfController && type !== "nlb" }];
}

function schemeOf({ told, isOfController }: Told): ClusterBalancer["scheme"] {
  const scheme = told("scheme");
  if (scheme !== undefined)
    return { attribute: attributeOf("scheme"), isPublic: isUnknown(scheme) ? scheme : scheme === "internet-facing" };
  const internal = told("internal");
  if (isUnknown(internal)) return { attribute: attributeOf("internal"), isPublic: internal };
  return { attribute: attributeOf("scheme"), isPublic: !isOfController && (internal ?? "false") === "false" };
}

function sourcesOf({ spec, annotations }: Told): ClusterBalancer["sources"] {
  const given = spec.texts("loadBalancerSourceRanges");
  if (given.length > 0) return { attribute: "spec.loadBalancerSourceRanges", cidrs: given };
  const name = [`${SERVICE}load-balancer-source-ranges`, `${PREFIX}source-ranges`].find((each) =>
    annotations.has(each),
  );
  const text = annotations.text(name ?? "") ?? "0.0.0.0/0";
  const attribute = name === undefined ? "spec.loadBalancerSourceRanges" : `metadata.annotations[${name}]`;
  return { attribute, cidrs: isUnknown(text) ? [text] : listed(text) };
}

/** Whether TLS ends at a port: a certificate is named, and the port is among those that it is for; by default all are. */
function endsTls({ told }: Told, port: Fields): Value<boolean> {
  const [certificate, ports] = [told("ssl-cert"), told("ssl-ports") ?? "*"];
  if (certificate === undefined) return false;
  if (isUnknown(ports)) return ports;
  const named = listed(ports);
  return named.includes("*") || named.some((each) => each === port.raw["name"] || each === String(port.raw["port"]));
}

function listenerOf(service: Told, port: Fields): ClusterListener {
  const { told } = service;
  return {
    attribute: `spec.ports[${String(port.raw["name"] ?? port.raw["port"])}]`,
    port: port.number("port") ?? new Unknown("no port"),
    protocol: protocolOf(service, port, known(told("backend-protocol"))?.toLowerCase() ?? ""),
    redirects: false,
    policy: { attribute: attributeOf("ssl-negotiation-policy"), name: told("ssl-negotiation-policy") },
  };
}

function protocolOf(service: Told, port: Fields, behind: string): Value<string> {
  const transport = String(port.raw["protocol"] ?? "TCP").toUpperCase();
  const ends = endsTls(service, port);
  if (transport === "UDP" || isUnknown(ends)) return isUnknown(ends) ? ends : transport;
  const isWeb = service.isClassic && behind.startsWith("http");
  if (ends) return isWeb ? "HTTPS" : "TLS";
  return isWeb ? "HTTP" : transport;
}

/** Behind a port where TLS ends, what is not told is clear text; other ports pass on what comes in. */
function hopsOf(service: Told): ClusterBalancer["hops"] {
  const { told, spec, isClassic } = service;
  const behind = told("backend-protocol") ?? "tcp";
  const health = told("healthcheck-protocol");
  const ends = spec.list("ports").map((port) => endsTls(service, port));
  const isTls = (text: string): boolean =>
    text.toLowerCase() === "ssl" || (isClassic && text.toLowerCase() === "https");
  const hop = (name: string, speaks: Value<string>, isEncrypted: boolean) => ({
    attribute: attributeOf(name),
    speaks,
    isEncrypted,
  });
  return [
    ...(ends.every((each) => each === false)
      ? []
      : [hop("backend-protocol", behind, !isUnknown(behind) && isTls(behind))]),
    ...(health === undefined
      ? []
      : [hop("healthcheck-protocol", health, !isUnknown(health) && health.toLowerCase() !== "http")]),
  ];
}
