import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import { type Fault, unless } from "./fault.ts";
import { showNames, showTime } from "./show.ts";

const DAY = 86_400;
/** Days that RDS keeps automated backups at most. */
const RDS_LONGEST = 35;

/** What a store holds that nobody could make again. */
function durable(store: Store): boolean {
  switch (store.kind) {
    case "redis-sentinel":
      return store.durable.length > 0;
    case "local-redis":
      // Work on its way: hours later a copy would only repeat what has been done. Its append-only file outlives a restart.
      return false;
    case "objects":
      return store.expires === undefined;
    default:
      return true;
  }
}

function pointInTime(service: Service, store: Store): readonly Fault[] {
  const path = `${service.name}/stores/${store.name}/pointInTime`;
  if (store.kind === "managed-postgres") {
    const days = store.pointInTime / DAY;
    return unless(
      Number.isInteger(days) && days <= RDS_LONGEST,
      path,
      `must be 1 to ${RDS_LONGEST} whole days: RDS keeps no more`,
      showTime(store.pointInTime),
    );
  }
  if (store.kind !== "patroni") return [];
  const kept = service.backups
    .filter(({ of, continuous }) => of === store && continuous !== undefined)
    .map(({ keep }) => ("for" in keep ? keep.for : keep.daily * DAY));
  const longest = Math.max(0, ...kept);
  return unless(
    store.pointInTime <= longest,
    path,
    `must be <= what a continuous backup keeps (${showTime(longest)})`,
    showTime(store.pointInTime),
  );
}

/** One copy of personal data at least survives the loss of a region; not every program can make it. */
function away(service: Service, store: Store): readonly Fault[] {
  const copies = service.backups.filter(({ of }) => of === store);
  return unless(
    service.data !== "personal" || copies.length === 0 || copies.some(({ offsite }) => offsite),
    `${service.name}/stores/${store.name}`,
    "must have a backup with offsite true: its data is personal (MUN-4.15)",
    `none of ${showNames(copies.map(({ name }) => name))}`,
  );
}

/** AWS Backup finds a store by a tag, which has one value. */
function selected(service: Service, store: Store): readonly Fault[] {
  const copies = service.backups.filter(({ of, by }) => of === store && by === "snapshot");
  return unless(
    copies.length <= 1,
    `${service.name}/stores/${store.name}`,
    "must have at most one backup by snapshot",
    showNames(copies.map(({ name }) => name)),
  );
}

/** What a service's stores demand of its backups: each has one if it must, far enough back, elsewhere too. */
export const coverage = (service: Service): readonly Fault[] =>
  service.stores.flatMap((store) => [
    ...unless(
      !durable(store) || service.backups.some(({ of }) => of === store),
      `${service.name}/stores/${store.name}`,
      "must have a backup: its data cannot be made again",
      "none",
    ),
    ...selected(service, store),
    ...pointInTime(service, store),
    ...away(service, store),
  ]);
