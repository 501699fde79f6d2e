import type { Hosts } from "../../../services/schema/component.ts";
import type { HostedStore } from "../../../services/schema/store.ts";
import type { GroupPlace, HostPlace, HostRole, Variables } from "../role.ts";

/** Where the volume apart from the root is mounted. */
export const DATA_FOLDER = "/srv/data";

/**
 * Days on which zones install updates by themselves: never two zones in one night, so that no store loses two members.
 * Their hour (`baseline_update_time`) is after the limit of the last backup of the night: the restart of a store or of Python
 * ends no copy. It is ours to choose: NOD-5.6 gives a month.
 */
const UPDATE_DAYS: Readonly<Record<string, string>> = { a: "Tue", b: "Wed", c: "Thu" };

/** What the kernel must do for a store that forks to write: refuse no memory that it will not touch. */
const kernelNeeds = ({ kind }: Hosts | HostedStore): Variables =>
  kind === "redis-sentinel" ? { "vm.overcommit_memory": 1 } : {};

/** Kernel settings of a group's hosts, besides those of every host. */
const sysctls = ({ group, resolved }: GroupPlace): Variables => ({
  ...kernelNeeds(group),
  ...(resolved.service.stores.some((store) => store.kind === "local-redis" && store.on === group)
    ? { "vm.overcommit_memory": 1 }
    : {}),
});

/** What every host is, whatever runs on it. */
export const baseline: HostRole = {
  name: "baseline",
  groupVars: (place) => ({
    baseline_repository_key: place.estate.environment.packageKey,
    baseline_sysctls: sysctls(place),
    baseline_data_folder: place.group.dataVolume === undefined ? undefined : DATA_FOLDER,
    baseline_ssm_agent_version: place.estate.environment.ssmAgent.version,
    baseline_ssm_agent_sha256: place.estate.environment.ssmAgent.sha256,
  }),
  hostVars: ({ host }: HostPlace) => ({
    baseline_update_day: UPDATE_DAYS[host.zone.letter],
  }),
};
