import { administratorsOf } from "../resolve/administrators.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import { repeated } from "./duplicates.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show, showNames, showTime } from "./show.ts";

/** What stores hold, where, and who logs in. */

/** Signature Version 4 signs URLs for seven days at most. */
const LONGEST_SIGNATURE = 7 * 86_400;

function kept(path: string, store: Store): readonly Fault[] {
  switch (store.kind) {
    case "redis-sentinel": {
      const { cache, memory } = store;
      return unless(
        (cache === undefined) === (memory.cache === undefined),
        `${path}/memory/cache`,
        cache === undefined
          ? "must be absent without cache"
          : "must be given: the cache is an instance of its own (TKT-SEC.3)",
        show(memory.cache),
      );
    }
    case "local-mysql":
      return [
        ...unless(
          store.on.zones === 1,
          `${path}/on`,
          "must be hosts in one zone: each host would have a database of its own",
          `${store.on.name} in ${store.on.zones} zones`,
        ),
        ...apart(path, store.on.dataVolume),
      ];
    case "local-redis":
      return apart(path, store.on.dataVolume);
    case "objects": {
      const { signedFor } = store;
      if (signedFor === undefined) return [];
      return unless(
        signedFor <= LONGEST_SIGNATURE,
        `${path}/signedFor`,
        `must be <= ${showTime(LONGEST_SIGNATURE)}: S3 signs for no longer`,
        showTime(signedFor),
      );
    }
    default:
      return [];
  }
}

const apart = (path: string, volume: number | undefined) =>
  unless(
    volume !== undefined,
    `${path}/on/dataVolume`,
    "must be given: data lies apart from the root volume",
    "nothing",
  );

/** One login, one secret: whoever may read does not thereby hold what lets write (BRK-SEC.12). */
const logins = (service: Service): readonly Fault[] =>
  service.stores.flatMap((store) =>
    repeated(
      ("accounts" in store ? Object.entries(store.accounts) : []).map(([login, { password }]) => ({
        value: password.name,
        path: `${service.name}/stores/${store.name}/accounts/${login}/password`,
        by: `login ${login}`,
      })),
    ),
  );

/**
 * AWS makes an administrator and no login: a job makes them, one of which owns what migrations make. What runs all the
 * time has a login of its own, so nobody else is told where the administrator's password lies.
 */
const managedLogins = (service: Service): readonly Fault[] =>
  service.stores.flatMap((store) => {
    const logins = store.kind === "managed-postgres" ? Object.entries(store.accounts) : [];
    if (logins.length === 0) return [];
    const path = `${service.name}/stores/${store.name}/accounts`;
    const owners = logins.filter(([, { role }]) => role === "owner").map(([login]) => login);
    const told = administratorsOf(service, store);
    const jobs = service.jobs.map(({ name }) => `${service.name}/${name}`);
    return [
      ...unless(owners.length === 1, path, 'must hold one login with role "owner"', showNames(owners)),
      ...unless(
        told.length === 1 && told.every((party) => jobs.includes(party)),
        path,
        "must be made by one job, as postgresLogins declares it, and nobody else may hold the administrator",
        showNames(told),
      ),
    ];
  });

/** The audit stream outlives the logs it is kept apart from (MUN-3.13). */
const logs = ({ name, logs: { keep, audit } }: Service): readonly Fault[] =>
  unless(audit >= keep, `${name}/logs/audit`, `must be >= keep (${showTime(keep)}) (MUN-3.13)`, showTime(audit));

/** Rights at a prefix are told once each. */
const rights = (service: Service): readonly Fault[] =>
  service.access.flatMap(({ from, may }) =>
    unless(
      new Set(may).size === may.length,
      `${service.name}/access/${from.name}/may`,
      "must name each right once",
      showNames(may),
    ),
  );

export const stores: Check = ({ services }) =>
  services.flatMap((service) => [
    ...service.stores.flatMap((store) => kept(`${service.name}/stores/${store.name}`, store)),
    ...logins(service),
    ...managedLogins(service),
    ...logs(service),
    ...rights(service),
  ]);
