import type { Statement } from "../../constructs/identity/policy-document.ts";
import { named } from "../outputs.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";
import { databaseStatements, type MadeDatabase, makeDatabase } from "./databases.ts";
import { type MadeObjects, makeObjects, objectsStatements } from "./objects.ts";

/** Stores that AWS runs, by name. */
export interface MadeStores {
  readonly databases: ReadonlyMap<string, MadeDatabase>;
  readonly buckets: ReadonlyMap<string, MadeObjects>;
}

/** Managed databases and buckets of a service: made before the hosts and pods whose roles get rights at them. */
export function makeStores(context: ServiceContext, groups: Groups): MadeStores {
  const { stores } = context.resolved.service;
  return {
    databases: new Map(
      stores.flatMap((store) =>
        store.kind === "managed-postgres" ? [[store.name, makeDatabase(context, groups, store)] as const] : [],
      ),
    ),
    buckets: new Map(
      stores.flatMap((store) => (store.kind === "objects" ? [[store.name, makeObjects(context, store)] as const] : [])),
    ),
  };
}

/** What a party may do with the stores that AWS runs. Throws when they are not made yet. */
export const storeStatements = (
  context: Pick<ServiceContext, "resolved" | "stores">,
  party: string,
): readonly Statement[] =>
  context.resolved.service.stores.flatMap((store) => {
    switch (store.kind) {
      case "managed-postgres":
        return databaseStatements(context, store, named(context.stores?.databases ?? {}, store.name), party);
      case "objects":
        return objectsStatements(context, store, named(context.stores?.buckets ?? {}, store.name), party);
      default:
        return [];
    }
  });
