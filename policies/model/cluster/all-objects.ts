import { kind } from "../estate.ts";
import { type Named, named } from "./objects.ts";

/** Every object of every release. */
export const allObjects = kind<Named>("object", ({ manifests }) => manifests.map(named));
