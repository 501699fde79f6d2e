import type { Account, Accounts } from "../../../services/schema/stored.ts";
import { type Exporter, exportersOf, redisAddress, redisInstances } from "../exporters.ts";
import { secretMarker } from "../markers.ts";
import { scrapers, tlsFiles } from "../observability.ts";
import type { GroupPlace, HostPlace, HostRole, Variables } from "../role.ts";

/** Where the role nginx answers with its counters, on loopback. */
export const NGINX_STATUS = "http://127.0.0.1:8099/stub_status";

/** Logins that exporters may have, by the words of the products. */
const LOGINS = ["monitor", "broker_exporter"] as const;

/** The exporter's login at a store. Throws with the path for a store without one. */
function loginOf({ resolved }: GroupPlace, store: { readonly name: string; readonly accounts: Accounts }) {
  const name = LOGINS.find((login) => store.accounts[login] !== undefined);
  const account: Account | undefined = name && store.accounts[name];
  if (name === undefined || account === undefined) {
    const path = `${resolved.service.name}/stores/${store.name}/accounts`;
    throw new Error(`${path}: must hold one of ${LOGINS.join(", ")} for the exporter, got none`);
  }
  return { user: name, password: secretMarker(resolved, account.password) };
}

/** What an exporter is told. An application answers on its metrics port itself. */
function told(place: GroupPlace, exporter: Exporter): readonly Variables[] {
  const { kind } = exporter;
  const common = { name: kind, port: exporter.listener.port };
  switch (kind) {
    case "application":
      return [];
    case "node":
      return [common];
    case "nginx":
      return [{ ...common, status: NGINX_STATUS }];
    case "postgres": {
      const { store } = exporter;
      return [{ ...common, ...loginOf(place, store), database: store.database, server_port: store.listens.sql.port }];
    }
    case "redis":
      return [{ ...common, ...loginOf(place, exporter.store) }];
    case "mysqld":
      return [{ ...common, ...loginOf(place, exporter.store), server_port: exporter.store.listens.mysql.port }];
    case "mongodb": {
      const { store } = exporter;
      return [{ ...common, ...loginOf(place, store), database: store.database, server_port: store.listens.mongo.port }];
    }
  }
}

/** Addresses of each Redis on a host, with its name. */
const redisOf = ({ resolved, group, host }: HostPlace): readonly string[] | undefined =>
  exportersOf(resolved.service, group)
    .flatMap((exporter) => (exporter.kind === "redis" ? [exporter.store] : []))
    .map((store) => redisInstances(store).map((each) => redisAddress(each, host)))
    .at(0);

/** The repository of the database's archive, where pgBackRest keeps one. */
const archived = ({ resolved, group }: GroupPlace): boolean | undefined =>
  resolved.service.backups.some(({ by, of }) => by === "pgbackrest" && of === group) || undefined;

/**
 * An exporter for every metrics port that the catalogue declares (TKT-4.4 to TKT-4.6, NOD-4.6, TKT-5.11), over TLS, for
 * Prometheus alone. Every host has the first: that of the node.
 */
export const metricsExporters: HostRole = {
  name: "metrics_exporters",
  groupVars: (place) => ({
    metrics_exporters_tls: tlsFiles(place),
    metrics_exporters_scrapers: scrapers(place.estate),
    metrics_exporters_wanted: exportersOf(place.resolved.service, place.group).flatMap((each) => told(place, each)),
    metrics_exporters_archive: archived(place),
  }),
  hostVars: (place) => ({ metrics_exporters_redis: redisOf(place) }),
};
