import { type Estate, kind } from "../estate.ts";
import { isUnknown, type Value } from "../value.ts";
import { bindings } from "./bindings.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";

/** A ServiceAccount and the pods that run as it. */
export interface Account extends Named {
  readonly automounts: Value<boolean>;
  /** Secrets with tokens that do not expire. */
  readonly secrets: readonly string[];
  readonly pods: readonly Pod[];
}

export const accounts = kind<Account>("ServiceAccount", (estate) => {
  const byAccount = Map.groupBy(estate.of(pods), (pod) => `${pod.namespace}/${accountOf(pod)}`);
  return objectsOf(estate, "ServiceAccount", "").map((manifest) => {
    const object = named(manifest);
    const body = new Fields(manifest.body);
    return {
      ...object,
      automounts: body.flag("automountServiceAccountToken") ?? true,
      secrets: body.list("secrets").map((each) => String(each.raw["name"])),
      pods: byAccount.get(`${object.namespace}/${object.name}`) ?? [],
    };
  });
});

/** The name of the account that a pod runs as. `serviceAccount` is its old name. */
export function accountOf({ spec }: Pod): string {
  const name = spec.text("serviceAccountName") ?? spec.text("serviceAccount") ?? "default";
  return isUnknown(name) ? name.expression : name;
}

const BY_NAME = {};

/** The account that a pod runs as, where it is shown. */
export const shownAccount = (pod: Pod, estate: Estate): Account | undefined =>
  estate
    .once(BY_NAME, () => new Map(estate.of(accounts).map((each) => [`${each.namespace}/${each.name}`, each])))
    .get(`${pod.namespace}/${accountOf(pod)}`);

/** Whether the token of a pod's account lies in each of its containers: what the pod says wins. */
export const mountsToken = (pod: Pod, estate: Estate): Value<boolean> =>
  pod.spec.flag("automountServiceAccountToken") ?? shownAccount(pod, estate)?.automounts ?? true;

const GRANTED = {};

/** Whether anything is granted to the account of a pod, so that a token is of use to it. */
export const isGranted = (pod: Pod, estate: Estate): boolean =>
  estate
    .once(
      GRANTED,
      () =>
        new Set(
          estate
            .of(bindings)
            .flatMap(({ namespace, subjects }) =>
              subjects
                .filter(({ kind: each }) => each === "ServiceAccount")
                .map((each) => `${each.namespace ?? namespace}/${each.name}`),
            ),
        ),
    )
    .has(`${pod.namespace}/${accountOf(pod)}`);
