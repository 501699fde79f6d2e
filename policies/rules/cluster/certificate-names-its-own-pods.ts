import { objection, rule } from "../../engine/rule.ts";
import { type PodCertificate, podCertificates } from "../../model/cluster/certificates.ts";
import { isUnknown, Unknown, type Value } from "../../model/value.ts";

const LABEL = "app.kubernetes.io/name";

/** By the name in its certificate a program is known to all others, as flows know its pods by their label. */
export const certificateNamesItsOwnPods = rule({
  id: "K8S-046",
  slug: "certificate-names-its-own-pods",
  severity: "critical",
  title: "A certificate of the private authority names the component whose pods bear it, and nobody else",
  why: "With the name of another service in its certificate, a program is let in wherever that one is, and answers in its place.",
  fix: `commonName component.namespace and dnsNames component.namespace.svc, where component is the label ${LABEL} of the pods that mount it.`,
  appliesTo: podCertificates,
  needsDeclaration: true,
  // A public authority asks for proof of each name.
  concerns: ({ issuerGroup }) => issuerGroup.startsWith("awspca."),
  requirements: [],
  check: (certificate, { declaration }) => {
    const services = new Set(declaration?.services.map(({ name }) => name));
    return [
      ...certificate.names.flatMap((name) => {
        const [component = "", ...rest] = name.split(".");
        const where = rest.join(".");
        if (!isOwn(component, where, certificate.namespace, services)) {
          return [objection("spec.dnsNames, commonName", name, `a name in ${certificate.namespace}`)];
        }
        return bearersOf(certificate)
          .filter((each) => each !== component)
          .map((each) => objection("spec.dnsNames, commonName", isUnknown(each) ? each : name, `${each}.${where}`));
      }),
      ...certificate.otherNames.map((each) => objection(`spec.${each}`, certificate.spec.raw[each], "no such name")),
    ];
  },
});

/** Programs of the platform live in a namespace each: `log-shipper.platform` in log-shipper. */
const isOwn = (component: string, where: string, namespace: string, services: ReadonlySet<string>): boolean =>
  [namespace, `${namespace}.svc`, `${namespace}.svc.cluster.local`].includes(where) ||
  (component === namespace && /^[a-z0-9-]+$/.test(where) && !services.has(where));

/** Labels of the pods that mount it. */
const bearersOf = ({ bearers }: PodCertificate): readonly Value<string>[] => [
  ...new Set(bearers.map(({ labels, name }) => labels.get(LABEL) ?? new Unknown(`pods of ${name} without ${LABEL}`))),
];
