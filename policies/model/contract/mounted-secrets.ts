import { Fields } from "../cluster/fields.ts";
import { objectsOf } from "../cluster/objects.ts";
import type { Pod } from "../cluster/pod.ts";
import { pods } from "../cluster/pods.ts";
import type { Party } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A pod that mounts secrets of the manager of secrets, and their names there. */
export interface MountsSecrets {
  readonly at: Place;
  readonly party: Party;
  readonly secrets: readonly { readonly attribute: string; readonly name: string }[];
}

export const mountsSecrets = kind<MountsSecrets>("pod that mounts secrets", (estate) =>
  estate.of(pods).flatMap((pod) => {
    const secrets = mountedBy(pod, estate);
    const party = `${pod.namespace}/${pod.labels.get("app.kubernetes.io/name") ?? pod.name}`;
    return secrets.length === 0 ? [] : [{ at: pod.at, party, secrets }];
  }),
);

/** The provider for AWS takes its objects as a text in YAML, one name a line. */
const OBJECT = /^[ \t]*(?:-[ \t]+)?objectName:[ \t]*["']?([^"'\s#]+)/gm;

const mountedBy = (pod: Pod, estate: Estate): MountsSecrets["secrets"] =>
  pod.volumes
    .filter(({ kind: each }) => each === "csi")
    .flatMap(({ name: volume, source }) => {
      const named = source.in("volumeAttributes").raw["secretProviderClass"];
      const found = objectsOf(estate, "SecretProviderClass", "secrets-store.csi.x-k8s.io").find(
        ({ name, namespace }) => name === named && (namespace ?? "default") === pod.namespace,
      );
      const text = new Fields(found?.body["spec"]).in("parameters").raw["objects"];
      if (typeof text !== "string") return [];
      const attribute = `${pod.path}.volumes[${volume}]`;
      return [...text.matchAll(OBJECT)].map(([, name = ""]) => ({ attribute, name }));
    });
