import { listeners } from "../../schema/component.ts";
import type { Caller } from "../../schema/flow.ts";
import type { Service } from "../../schema/service.ts";
import { isHosted, peerPorts } from "../../schema/store.ts";
import { link, partyOf, type ResolvedFlow } from "./flow.ts";

/** The party that opens a connection; jobs on hosts are their host. */
export const callerOf = (caller: Caller): string =>
  caller.kind === "job" && caller.on.kind === "hosts" ? caller.on.name : caller.name;

/** The same with its service: `resident-services/purge`. */
export const callerParty = (service: Service, caller: Caller): string => partyOf(service, callerOf(caller));

/** What the product declares. */
export const declaredFlows = (service: Service): readonly ResolvedFlow[] =>
  service.flows.map(({ from, to, why }) => link(service, callerOf(from), to, why, "service"));

/** What the members of a store need of each other. */
export const memberFlows = (service: Service): readonly ResolvedFlow[] =>
  service.stores.filter(isHosted).flatMap((store) =>
    listeners(store)
      .filter((listener) => peerPorts(store).includes(listener.name))
      .map((listener) =>
        link(service, store.name, listener, `members of ${store.name} replicate and agree`, "service"),
      ),
  );
