import { Fields } from "../cluster/fields.ts";
import { objectsOf } from "../cluster/objects.ts";
import type { Pod } from "../cluster/pod.ts";
import type { Estate } from "../estate.ts";
import { objectOf } from "../json.ts";

/** What a pod names and cannot start without. */
export interface Reference {
  readonly attribute: string;
  /** `ConfigMap`, `Secret`, `SecretProviderClass`, ... */
  readonly kind: string;
  readonly name: string;
  /** An entry of it. */
  readonly key?: string;
}

/** Everything that a pod names; what it may do without is left out. */
export function referencesOf(pod: Pod): readonly Reference[] {
  const { path, spec } = pod;
  const account = spec.raw["serviceAccountName"];
  const pool = spec.map("nodeSelector").get("karpenter.sh/nodepool");
  return [
    ...(typeof account === "string" && account !== "default"
      ? [{ attribute: `${path}.serviceAccountName`, kind: "ServiceAccount", name: account }]
      : []),
    ...(pool === undefined ? [] : [{ attribute: `${path}.nodeSelector`, kind: "NodePool", name: pool }]),
    ...pod.volumes.flatMap(({ name, kind, source }) => ofVolume(`${path}.volumes[${name}]`, kind, source)),
    ...pod.containers.flatMap(({ path: at, variables, variablesFrom }) => [
      ...variablesFrom.map(({ kind, name }) => ({
        attribute: `${at}.envFrom[${name}]`,
        kind: kind === "secret" ? "Secret" : "ConfigMap",
        name,
      })),
      ...variables.flatMap((each) => {
        const attribute = `${at}.env[${each.name}]`;
        const from = each.secret ?? each.configMap;
        if (from === undefined || from.optional) return [];
        return [
          { attribute, kind: each.secret === undefined ? "ConfigMap" : "Secret", name: from.name, key: from.key },
        ];
      }),
    ]),
  ];
}

function ofVolume(attribute: string, kind: string, source: Fields): readonly Reference[] {
  if (source.raw["optional"] === true) return [];
  const named = (of: string, name: unknown): readonly Reference[] => [{ attribute, kind: of, name: String(name) }];
  switch (kind) {
    case "configMap":
      return named("ConfigMap", source.raw["name"]);
    case "secret":
      return named("Secret", source.raw["secretName"]);
    case "persistentVolumeClaim":
      return named("PersistentVolumeClaim", source.raw["claimName"]);
    case "projected":
      return source
        .list("sources")
        .flatMap((each) => [
          ...(each.has("configMap") ? ofVolume(attribute, "configMap", each.in("configMap")) : []),
          ...(each.has("secret") ? named("Secret", each.in("secret").raw["name"]) : []),
        ]);
    case "csi": {
      const provider = source.in("volumeAttributes").raw["secretProviderClass"];
      return provider === undefined ? [] : named("SecretProviderClass", provider);
    }
    default:
      return [];
  }
}

const SHOWN = {};

/** What is shown, by `kind namespace/name`: its entries, or nothing where any may be there. */
const shownObjects = (estate: Estate): ReadonlyMap<string, ReadonlySet<string> | undefined> =>
  estate.once(SHOWN, () => {
    const shown = new Map<string, ReadonlySet<string> | undefined>();
    for (const { kind, name, namespace, body } of estate.manifests) {
      const keys = [...Object.keys(objectOf(body["data"])), ...Object.keys(objectOf(body["stringData"]))];
      shown.set(`${kind} ${namespace ?? ""}/${name}`, kind === "ConfigMap" ? new Set(keys) : undefined);
    }
    for (const { namespace, body } of objectsOf(estate, "Certificate", "cert-manager.io")) {
      const secret = new Fields(body["spec"]).raw["secretName"];
      shown.set(`Secret ${namespace ?? ""}/${String(secret)}`, new Set(["tls.crt", "tls.key", "ca.crt"]));
    }
    for (const { namespace, body } of objectsOf(estate, "SecretProviderClass", "secrets-store.csi.x-k8s.io")) {
      for (const made of new Fields(body["spec"]).list("secretObjects")) {
        const keys = made.list("data").map(({ raw }) => String(raw["key"]));
        shown.set(`Secret ${namespace ?? ""}/${String(made.raw["secretName"])}`, new Set(keys));
      }
    }
    return shown;
  });

const OF_THE_CLUSTER = new Set(["NodePool"]);

/** Whether a reference leads to something: `absent`, `without` the entry, or there. */
export function lookUp({ kind, name, key }: Reference, pod: Pod, estate: Estate): "there" | "absent" | "without" {
  const namespace = OF_THE_CLUSTER.has(kind) ? "" : (pod.manifest.namespace ?? "");
  const shown = shownObjects(estate);
  const address = `${kind} ${namespace}/${name}`;
  if (!shown.has(address)) return "absent";
  const keys = shown.get(address);
  return key === undefined || keys === undefined || keys.has(key) ? "there" : "without";
}

const MAKERS = {};

/** Classes of the Secrets Store driver that would make a Secret; it does so when a pod mounts one of them. */
export const makersOf = (secret: string, pod: Pod, estate: Estate): readonly string[] =>
  estate
    .once(MAKERS, () => {
      const made = objectsOf(estate, "SecretProviderClass", "secrets-store.csi.x-k8s.io").flatMap(
        ({ name, namespace, body }) =>
          new Fields(body["spec"])
            .list("secretObjects")
            .map(({ raw }) => ({ name, secret: `${namespace ?? ""}/${String(raw["secretName"])}` })),
      );
      return Map.groupBy(made, (each) => each.secret);
    })
    .get(`${pod.manifest.namespace ?? ""}/${secret}`)
    ?.map(({ name }) => name) ?? [];
