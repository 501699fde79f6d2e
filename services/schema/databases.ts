import type { Hosts, Size } from "./component.ts";
import { type Listens, listenersOf, loopback, metrics, peer, tls } from "./listener.ts";
import {
  type Accounts,
  type Given,
  NODE,
  type OnThreeHosts,
  type Stored,
  threeHosts,
  type WithLogins,
} from "./stored.ts";
import type { Bytes, Duration } from "./units.ts";

/** PostgreSQL by Patroni and etcd on three hosts; quorum synchronous replication. */
export interface Patroni extends OnThreeHosts {
  readonly kind: "patroni";
  readonly version: 17;
  readonly database: string;
  readonly accounts: Accounts;
  readonly pointInTime: Duration;
  /**
   * How soon the loss of a primary is acted upon; default `default`: a crashed primary is started again where it was.
   * `fast` replaces it at once, and is more easily alarmed by a slow network. Seconds of both: ansible/roles/patroni.
   */
  readonly recovery?: "default" | "fast";
  readonly listens: Listens<"sql" | "rest" | "etcdClient" | "etcdPeer" | "exporter" | "node">;
}

/** PostgreSQL as an RDS Multi-AZ DB cluster. A job of `postgresLogins` makes its logins: AWS makes an administrator only. */
export interface ManagedPostgres extends Stored {
  readonly kind: "managed-postgres";
  readonly version: 17;
  readonly database: string;
  readonly accounts: Accounts;
  readonly size: Size;
  readonly storage: Bytes;
  readonly pointInTime: Duration;
  readonly listens: Listens<"sql">;
}

/** MongoDB replica set on three hosts. */
export interface Mongo extends OnThreeHosts {
  readonly kind: "mongo";
  readonly version: 8;
  readonly database: string;
  readonly replicaSet: string;
  readonly accounts: Accounts;
  readonly listens: Listens<"mongo" | "exporter" | "node">;
}

/** MariaDB on the loopback of a component's host. */
export interface LocalMysql extends Stored {
  readonly kind: "local-mysql";
  readonly on: Hosts;
  readonly database: string;
  readonly accounts: Accounts;
  readonly listens: Listens<"mysql">;
}

export const patroni = <const Logins extends Accounts>(
  name: string,
  given: Given<Patroni, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<Patroni, Logins> => ({
  ...given,
  ...threeHosts,
  kind: "patroni",
  name,
  version: 17,
  listens: listenersOf(name, {
    sql: tls(5432),
    rest: peer(8008),
    etcdClient: peer(2379),
    etcdPeer: peer(2380),
    exporter: metrics(9187),
    node: NODE,
  }),
});

export const managedPostgres = <const Logins extends Accounts>(
  name: string,
  given: Given<ManagedPostgres, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<ManagedPostgres, Logins> => ({
  ...given,
  kind: "managed-postgres",
  name,
  version: 17,
  listens: listenersOf(name, { sql: tls(5432) }),
});

export const mongo = <const Logins extends Accounts>(
  name: string,
  given: Given<Mongo, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<Mongo, Logins> => ({
  ...given,
  ...threeHosts,
  kind: "mongo",
  name,
  version: 8,
  listens: listenersOf(name, { mongo: tls(27017), exporter: metrics(9216), node: NODE }),
});

export const localMysql = <const Logins extends Accounts>(
  name: string,
  given: Given<LocalMysql, "accounts"> & { readonly accounts: Logins },
): WithLogins<LocalMysql, Logins> => ({
  ...given,
  kind: "local-mysql",
  name,
  listens: listenersOf(name, { mysql: loopback(3306) }),
});
