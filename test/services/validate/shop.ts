import {
  backup,
  daily,
  days,
  edge,
  everyMinutes,
  gib,
  hosts,
  hours,
  httpProbe,
  https,
  job,
  localMysql,
  loopback,
  membersOf,
  metrics,
  mib,
  millicores,
  minutes,
  mtls,
  objects,
  passThrough,
  patroni,
  percent,
  perSecond,
  pods,
  redisSentinel,
  reissued,
  rotated,
  secret,
  tcpProbe,
  text,
  versioned,
  web,
  weekly,
} from "../../../services/define.ts";

/** What the shop is made of: one part of each kind. */

function makeSecrets() {
  return {
    app: secret("db-app", "the application's login", rotated(days(90))),
    backup: secret("db-dump", "reads all tables for the dump", rotated(days(90))),
    books: secret("books-app", "the ledger's login", rotated(days(90))),
    redis: secret("redis-app", "sessions", rotated(days(90))),
    signing: secret("signing-key", "signs what old orders still show", versioned(days(365))),
    carrier: secret("carrier-key", "orders parcels", reissued(days(90), "reissue-carrier-key")),
  };
}

/** Parts of the shop by name, not yet a service. */
export function makeShop() {
  const secrets = makeSecrets();
  const database = patroni("database", {
    why: "orders and customers",
    address: 4,
    size: "medium",
    dataVolume: gib(100),
    database: "shop",
    pointInTime: days(30),
    accounts: {
      app: { may: "read and write rows", password: secrets.app },
      backup: { may: "read all rows", password: secrets.backup },
    },
  });
  const redis = redisSentinel("redis", {
    why: "sessions",
    address: 8,
    size: "small",
    dataVolume: gib(20),
    durable: ["sessions"],
    memory: { durable: gib(1) },
    accounts: { app: { may: "read and write its keys", password: secrets.redis } },
  });
  const pictures = objects("pictures", {
    why: "pictures of goods",
    noncurrent: days(30),
    prefixes: { goods: { why: "as uploaded" } },
    signedFor: minutes(5),
  });
  const gate = hosts("gate", {
    why: "takes orders of partners over mutual TLS",
    tier: "dmz",
    zones: 2,
    address: 4,
    size: "small",
    listens: { orders: mtls(8001), upstream: loopback(8000), app: metrics(9101) },
    health: tcpProbe("orders"),
    units: [
      {
        name: "gate",
        user: "gate",
        directory: "/opt/gate",
        exec: "/opt/gate/bin/serve --host 127.0.0.1 --port 8000",
        runtime: "python3.13",
        environment: { path: "/opt/gate/.env", values: { TLS_KEY: "/etc/gate/tls/tls.key" } },
      },
    ],
  });
  const ledger = hosts("ledger", {
    why: "keeps the books",
    tier: "app",
    zones: 1,
    single: { reason: "its database listens on loopback only", until: "2027-05-31" },
    address: 4,
    size: "medium",
    dataVolume: gib(50),
    listens: { api: mtls(8443) },
    health: tcpProbe("api"),
    units: [
      {
        name: "ledger",
        user: "ledger",
        directory: "/opt/ledger",
        exec: "/opt/ledger/bin/serve",
        runtime: "node24",
        environment: { path: "/opt/ledger/.env", values: { BOOKS_PASSWORD: secrets.books } },
      },
    ],
  });
  const books = localMysql("books", {
    why: "what was sold",
    on: ledger,
    database: "books",
    accounts: { app: { may: "read and write rows", password: secrets.books } },
  });
  const front = edge({ why: "ends TLS from the load balancer" });
  const shop = pods("shop", {
    why: "serves customers",
    image: "shop",
    deploy: "blue-green",
    replicas: { min: 2, max: 6, cpu: percent(70) },
    resources: { cpu: millicores(500), memory: mib(512) },
    listens: { web: https(8443), app: loopback(8000), metrics: metrics(9102) },
    probes: {
      startup: httpProbe("/health", "web"),
      readiness: httpProbe("/health", "web"),
      liveness: httpProbe("/health", "web"),
    },
    environment: {
      DATABASE_URL: text`postgresql://app:${secrets.app}@${membersOf(database.listens.sql)}/shop?sslmode=verify-full`,
      REDIS_PASSWORD: secrets.redis,
      SIGNING_KEY: secrets.signing,
      CARRIER_KEY: secrets.carrier,
      PAGE_SIZE: 20,
    },
  });
  const site = web("web", {
    why: "the shop",
    host: "shop",
    to: front.listens.web,
    health: "/health",
    body: mib(1),
    routes: [
      { class: "login", paths: ["/login"], rate: perSecond(1), burst: 5, connections: 5, methods: ["POST"] },
      { class: "other", paths: ["/*"], rate: perSecond(20), burst: 40, connections: 20 },
    ],
  });
  const partners = passThrough("partners", {
    why: "orders of partners",
    host: "partners",
    audience: "clients",
    to: gate.listens.orders,
    health: "/health",
    routes: [{ class: "orders", paths: ["/orders"], rate: perSecond(5), burst: 10, connections: 5 }],
    body: mib(1),
    idle: minutes(1),
    clientAuthority: "broker",
  });
  const copied = { limit: hours(1), keep: { for: days(30) }, recoveryPoint: hours(25), recoveryTime: hours(4) };
  const archive = backup("archive", {
    ...copied,
    why: "base backups and log of the database",
    of: database,
    by: "pgbackrest",
    account: database.accounts.backup,
    schedule: daily("01:00"),
    continuous: minutes(1),
    recoveryPoint: minutes(5),
  });
  const dump = backup("books-dump", {
    ...copied,
    why: "the books",
    of: books,
    by: "mysqldump",
    schedule: daily("02:00"),
  });
  const backups = [
    archive,
    dump,
    backup("redis-copy", { ...copied, why: "sessions", of: redis, by: "redis-snapshot", schedule: daily("02:00") }),
    backup("pictures-copy", { ...copied, why: "pictures", of: pictures, by: "file-sync", schedule: daily("03:00") }),
    backup("settings", {
      ...copied,
      why: "settings as they stood",
      of: { on: ledger, paths: ["/opt/ledger/.env"] },
      by: "archive",
      material: "keys",
      schedule: daily("04:00"),
    }),
  ];
  const purge = job("purge", {
    why: "forgets old orders",
    on: ledger,
    command: ["/opt/ledger/bin/purge"],
    schedule: weekly("sunday", "04:00"),
    after: dump,
    limit: hours(1),
  });
  const report = job("report", {
    why: "counts what was sold",
    on: shop,
    command: ["report"],
    schedule: everyMinutes(30),
    limit: minutes(10),
  });
  return {
    secrets,
    database,
    redis,
    pictures,
    gate,
    ledger,
    books,
    front,
    shop,
    site,
    partners,
    archive,
    dump,
    backups,
    purge,
    report,
  };
}
