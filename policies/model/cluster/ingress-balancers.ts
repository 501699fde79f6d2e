import type { Estate } from "../estate.ts";
import { type JsonObject, objectOf, textOf } from "../json.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { ClusterBalancer, ClusterListener } from "./balancers.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

const PREFIX = "alb.ingress.kubernetes.io/";
const attributeOf = (name: string): string => `metadata.annotations[${PREFIX}${name}]`;
const CONTROLLERS = ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"];

/** What parameters of a class say in place of an annotation (IngressClassParams, elbv2.k8s.aws and eks.amazonaws.com). */
const OF_CLASS: Readonly<Record<string, readonly string[]>> = {
  scheme: ["scheme"],
  "ssl-policy": ["sslPolicy"],
  "inbound-cidrs": ["inboundCIDRs"],
  "certificate-arn": ["certificateArn", "certificateARNs"],
  "wafv2-acl-arn": ["wafv2AclArn"],
};

/** An Ingress that becomes an application load balancer, and what is said of it by annotations and by its class. */
interface Told extends Named {
  readonly annotations: Fields;
  readonly told: (name: string) => Value<string> | undefined;
}

/** AWS Load Balancer Controller, Ingress annotations and IngressClass (read 2026-11-23). */
export function balancersOfIngresses(estate: Estate): readonly ClusterBalancer[] {
  const all = objectsOf(estate, "Ingress", "networking.k8s.io", "extensions").flatMap((each) => toldOf(estate, each));
  const groups = Map.groupBy(all, (each) => groupOf(each));
  return all.map((ingress) => {
    const { at, manifest, told } = ingress;
    const scheme = told("scheme") ?? "internal";
    const cidrs = told("inbound-cidrs") ?? "0.0.0.0/0, ::/0";
    const group = groups.get(groupOf(ingress)) ?? [ingress];
    return {
      ...{ at, manifest, generation: "second" as const, name: told("load-balancer-name") },
      scheme: { attribute: attributeOf("scheme"), isPublic: isUnknown(scheme) ? scheme : scheme === "internet-facing" },
      sources:
        told("security-groups") === undefined
          ? { attribute: attributeOf("inbound-cidrs"), cidrs: isUnknown(cidrs) ? [cidrs] : listed(cidrs) }
          : undefined,
      listeners: listenersOf(ingress, group),
      hops: hopsOf(estate, ingress),
      webAcl: {
        attribute: attributeOf("wafv2-acl-arn"),
        arn: told("wafv2-acl-arn") ?? told("wafv2-acl-name") ?? told("waf-acl-id"),
      },
    };
  });
}

export const listed = (text: string): readonly string[] =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** Ingresses of one group have one load balancer, of the others each its own. */
const groupOf = ({ annotations, namespace, name }: Told): string => {
  const group = annotations.text(`${PREFIX}group.name`);
  return group === undefined ? `${namespace}/${name}` : `group ${group}`;
};

function toldOf(estate: Estate, manifest: Parameters<typeof named>[0]): readonly Told[] {
  const object = named(manifest);
  const annotations = new Fields(manifest.body).in("metadata", "annotations");
  const chosen = object.spec.text("ingressClassName") ?? annotations.text("kubernetes.io/ingress.class");
  const shown = objectsOf(estate, "IngressClass", "networking.k8s.io").find(({ name }) => name === chosen);
  const ingressClass = new Fields(shown?.body["spec"]);
  const isAnnotated = Object.keys(annotations.raw).some((name) => name.startsWith(PREFIX));
  const controller = ingressClass.raw["controller"];
  const isAlb = shown === undefined ? isAnnotated || chosen === "alb" : CONTROLLERS.includes(String(controller));
  if (!isAlb) return [];
  const reference = ingressClass.in("parameters");
  const parameters = objectsOf(estate, "IngressClassParams", "elbv2.k8s.aws", "eks.amazonaws.com").find(
    ({ name }) => name === reference.raw["name"],
  );
  const isHidden = reference.has("name") && parameters === undefined;
  const ofClass = new Fields(parameters?.body["spec"]);
  const told = (name: string): Value<string> | undefined => {
    const said = (OF_CLASS[name] ?? []).find((each) => ofClass.has(each));
    if (said !== undefined) return ofClass.texts(said).join(",") || ofClass.text(said);
    const own = annotations.text(`${PREFIX}${name}`);
    return own ?? (isHidden && OF_CLASS[name] !== undefined ? new Unknown("parameters of its class") : undefined);
  };
  return [{ ...object, annotations, told }];
}

/** Ports that are said; else 443 where a certificate is named, and 80 in clear where none is. */
function listenersOf(ingress: Told, group: readonly Told[]): readonly ClusterListener[] {
  const { told } = ingress;
  const attribute = attributeOf("listen-ports");
  const policy = { attribute: attributeOf("ssl-policy"), name: told("ssl-policy") };
  const redirects = redirectsOf(ingress, group);
  const listener = (protocol: Value<string>, port: Value<number>): ClusterListener => ({
    ...{ attribute, port, protocol, redirects, policy },
  });
  const ports = told("listen-ports");
  if (isUnknown(ports)) return [listener(ports, ports)];
  if (ports !== undefined) {
    const wrong = new Unknown(ports);
    const pairs = pairsIn(ports);
    return pairs === undefined ? [listener(wrong, wrong)] : pairs.map(([protocol, port]) => listener(protocol, port));
  }
  const certificate = told("certificate-arn");
  if (isUnknown(certificate)) return [listener(certificate, certificate)];
  return [certificate === undefined ? listener("HTTP", 80) : listener("HTTPS", 443)];
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`. */
function pairsIn(text: string): readonly (readonly [string, number])[] | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (!Array.isArray(json)) return undefined;
    return json.flatMap((each) =>
      Object.entries(objectOf(each)).map(([name, port]) => [name.toUpperCase(), Number(port)] as const),
    );
  } catch {
    return undefined;
  }
}

/** With ssl-redirect, of any Ingress of the group, every listener of HTTP redirects and does nothing else. */
function redirectsOf({ spec, annotations }: Told, group: readonly Told[]): Value<boolean> {
  const said = group.map(({ told }) => told("ssl-redirect")).find((each) => each !== undefined);
  if (said !== undefined) return isUnknown(said) ? said : /^\d+$/.test(said);
  // Actions by annotation: the older way to redirect.
  const backends = backendsOf(spec);
  return backends.length > 0 && backends.every((each) => isRedirect(each, annotations));
}

function isRedirect(backend: Fields, annotations: Fields): boolean {
  const action = annotations.raw[`${PREFIX}actions.${nameOf(backend)}`];
  if (!isAction(backend) || typeof action !== "string") return false;
  try {
    const given = inSmall(JSON.parse(action));
    const { protocol, statuscode, port } = inSmall(given["redirectconfig"]);
    return given["type"] === "redirect" && protocol === "HTTPS" && statuscode === "HTTP_301" && String(port) === "443";
  } catch {
    return false;
  }
}

/** Both spellings of names are taken: `RedirectConfig`, `redirectConfig`. */
const inSmall = (json: unknown): JsonObject =>
  Object.fromEntries(Object.entries(objectOf(json)).map(([name, value]) => [name.toLowerCase(), value]));

/** What its Services say prevails; without a word it is HTTP, and health is asked as requests are sent. */
function hopsOf(estate: Estate, { spec, told, namespace }: Told): ClusterBalancer["hops"] {
  const services = new Map(
    objectsOf(estate, "Service", "")
      .filter((each) => (each.namespace ?? "default") === namespace)
      .map(({ name, body }) => [name, new Fields(body).in("metadata", "annotations")]),
  );
  const hops = serviceNames(backendsOf(spec)).flatMap((name) => {
    const service = services.get(name);
    const said = (what: string): Value<string> | undefined => service?.text(`${PREFIX}${what}`) ?? told(what);
    const hidden = new Unknown(`HTTP, unless Service ${name}, which is not shown, says otherwise`);
    const protocol = said("backend-protocol") ?? (service === undefined ? hidden : "HTTP");
    const health = said("healthcheck-protocol");
    return [hop("backend-protocol", protocol), ...(health === undefined ? [] : [hop("healthcheck-protocol", health)])];
  });
  // Of many paths that say the same, one is enough.
  return [...new Map(hops.map((each) => [`${each.attribute} ${each.speaks}`, each])).values()];
}

const hop = (name: string, speaks: Value<string>): ClusterBalancer["hops"][number] => ({
  attribute: attributeOf(name),
  speaks,
  isEncrypted: speaks === "HTTPS",
});

const serviceNames = (backends: readonly Fields[]): readonly string[] => [
  ...new Set(backends.filter((each) => !isAction(each)).flatMap((each) => nameOf(each) ?? [])),
];

/** Everything that an Ingress sends to, in the words of both versions. */
const backendsOf = (spec: Fields): readonly Fields[] =>
  [
    ...["defaultBackend", "backend"].map((name) => spec.in(name)),
    ...spec.list("rules").flatMap((each) =>
      each
        .in("http")
        .list("paths")
        .map((path) => path.in("backend")),
    ),
  ].filter(({ raw }) => Object.keys(raw).length > 0);

const nameOf = (backend: Fields): string | undefined =>
  textOf(backend.in("service").raw["name"] ?? backend.raw["serviceName"]);

/** Whether an annotation says what is done in place of a Service. */
const isAction = (backend: Fields): boolean =>
  (backend.in("service", "port").raw["name"] ?? backend.raw["servicePort"]) === "use-annotation";
