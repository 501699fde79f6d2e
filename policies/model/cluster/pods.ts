import { kind } from "../estate.ts";
import { type Pod, podsOf } from "./pod.ts";

/** Every pod and every template of pods, of whatever kind of object. */
export const pods = kind<Pod>("pod", ({ manifests }) => manifests.flatMap(podsOf));
