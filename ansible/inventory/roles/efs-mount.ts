import { filesParameter } from "../../../services/names.ts";
import type { Files } from "../../../services/schema/files.ts";
import { parameterMarker } from "../markers.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";

/** Shared files that a group reaches by a declared flow. */
const reached = ({ resolved, group }: GroupPlace): readonly Files[] =>
  resolved.service.stores.filter(
    (store): store is Files =>
      store.kind === "files" &&
      resolved.flows.some(
        ({ from, to }) =>
          from === `${resolved.service.name}/${group.name}` && to === `${resolved.service.name}/${store.name}`,
      ),
  );

const mount = ({ resolved }: GroupPlace, store: Files): Variables => {
  const fact = (name: Parameters<typeof filesParameter>[3]) =>
    parameterMarker(filesParameter(resolved.environment, resolved.service, store, name));
  return {
    name: store.name,
    path: store.path,
    uid: store.uid,
    // Only apply knows them.
    file_system: fact("file-system"),
    access_point: fact("access-point"),
  };
};

/** Shared files, mounted over TLS in the host's own role, on the hosts that have a flow to them. */
export const efsMount: HostRole = {
  name: "efs_mount",
  groupVars: (place) => {
    const stores = reached(place);
    return stores.length === 0 ? undefined : { efs_mount_stores: stores.map((store) => mount(place, store)) };
  },
};
