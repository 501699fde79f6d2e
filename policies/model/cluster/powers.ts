import type { Estate } from "../estate.ts";
import { guardsOf } from "./admission.ts";
import type { Grant, Role } from "./bindings.ts";

const READS = ["get", "list", "watch"];
const WRITES = ["create", "update", "patch", "delete", "deletecollection"];
const MAKES = ["create", "update", "patch"];
/** Who may do this may do anything, or be anybody (Kubernetes documentation, RBAC good practices, 2026-11). */
const POWERS: readonly (readonly [resource: RegExp, verbs: readonly string[], what: string])[] = [
  [/^secrets$/, ["list", "watch"], "reads all secrets"],
  [/^pods\/(?:exec|attach|portforward|proxy|ephemeralcontainers)$/, [...READS, ...WRITES], "enters pods"],
  [/^nodes\/proxy$/, [...READS, ...WRITES], "commands nodes"],
  [/^nodes$/, WRITES, "changes nodes"],
  [/^services\/status$/, ["update", "patch"], "takes over addresses (CVE-2020-8554)"],
  [/^services\/proxy$/, [...READS, ...WRITES], "speaks as the cluster"],
  [/^serviceaccounts\/token$/, ["create"], "makes tokens of any account"],
  [/^(?:cluster)?role(?:binding)?s$/, WRITES, "grants itself more"],
  [
    /^(?:validating|mutating)(?:webhookconfiguration|admissionpolic(?:y|ie)s?(?:binding)?)s?$/,
    WRITES,
    "changes what is admitted",
  ],
  [/^certificatesigningrequests\/approval$|^signers$/, ["approve", "sign", ...WRITES], "makes itself a certificate"],
  [/^persistentvolumes$/, ["create", "update", "patch"], "mounts folders of nodes"],
  [/networkpolic(?:y|ies)$/, WRITES, "lifts what closes the network"],
  [/^(?:certificates|certificaterequests|(?:\w*cluster)?issuers)$/, MAKES, "makes itself a certificate"],
  [/^(?:ingress(?:es|classes|classparams)|targetgroupbindings|gateways|\w+routes)$/, MAKES, "lets others in to pods"],
  [
    /^(?:secretproviderclasses|(?:cluster)?(?:external|push)secrets|(?:cluster)?secretstores)$/,
    MAKES,
    "reads other secrets",
  ],
  [/^serviceaccounts$/, MAKES, "gives an account a role of AWS"],
  [/^podidentityassociations$/, MAKES, "gives an account a role of AWS"],
  [/^(?:resourcequotas|limitranges)$/, WRITES, "lifts limits"],
];
const WORKLOADS = [
  "pods",
  "deployments",
  "daemonsets",
  "statefulsets",
  "replicasets",
  "replicationcontrollers",
  "jobs",
  "cronjobs",
];

/** What a grant leads to beyond itself: resources, each with what its bearer could then do. */
export const powersOf = ({ resources, verbs }: Grant): readonly (readonly [resource: string, what: string])[] =>
  resources.flatMap((each) =>
    POWERS.filter(([resource, of]) => resource.test(each) && verbs.some((verb) => of.includes(verb))).map(
      ([, , what]) => [each, what] as const,
    ),
  );

/** Whether pods are made of what a resource says. */
export const startsPods = (resource: string): boolean => WORKLOADS.includes(resource);

/** Whether an admission policy judges each way by which pods would be started. */
export function isGuarded(
  { kind, namespace }: Role,
  resource: string,
  verbs: readonly string[],
  estate: Estate,
): boolean {
  const operations = [
    ...(verbs.includes("create") ? ["CREATE"] : []),
    ...(verbs.includes("update") || verbs.includes("patch") ? ["UPDATE"] : []),
  ];
  const where = kind === "Role" ? namespace : undefined;
  return operations.every((each) => guardsOf(estate, resource, each, where).length > 0);
}
