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
  /** The role of AWS that it gives its pods by its annotation. */
  readonly role: Value<string> | undefined;
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
      role: body.in("metadata", "annotations").text("eks.amazonaws.com/role-arn"),
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

/** A token of a projected volume. */
export interface ProjectedToken {
  readonly path: string;
  /** Seconds; an hour where nothing is said. */
  readonly lasts: Value<number>;
  readonly audience: string | undefined;
}

/** Tokens that a pod asks for itself, in projected volumes. */
export const projectedTokens = ({ volumes, path }: Pod): readonly ProjectedToken[] =>
  volumes.flatMap(({ name, source }) =>
    source
      .list("sources")
      .filter((each) => each.has("serviceAccountToken"))
      .map((each) => each.in("serviceAccountToken"))
      .map((token) => ({
        path: `${path}.volumes[${name}].projected.serviceAccountToken`,
        lasts: token.number("expirationSeconds") ?? 3600,
        audience: token.has("audience") ? String(token.raw["audience"]) : undefined,
      })),
  );

const COMPONENT = ["app.kubernetes.io/part-of", "app.kubernetes.io/name"];

/** A pod of another component that runs as the same account. */
export function sharesAccountWith(pod: Pod, estate: Estate): Pod | undefined {
  const component = (of: Pod): string => COMPONENT.map((label) => of.labels.get(label) ?? of.owner).join("/");
  return shownAccount(pod, estate)?.pods.find((each) => component(each) !== component(pod));
}

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
