import {
  above,
  access,
  backup,
  daily,
  days,
  defineEnvironment,
  defineService,
  drill,
  edge,
  egress,
  everyMinutes,
  flow,
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
  objective,
  objects,
  page,
  passThrough,
  patroni,
  percent,
  perSecond,
  pods,
  quarterly,
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

/** A small estate with one part of each kind and no fault: a shop. Tests break one thing of a fresh one at a time. */

export const TODAY = "2026-06-01";

function makeSecrets() {
  return {
    app: secret("db-app", "the application's login", rotated(days(90))),
    backup: secret("db-backup", "reads all tables for the dump", rotated(days(90))),
    books: secret("books-app", "the ledger's login", rotated(days(90))),
    redis: secret("redis-app", "sessions", rotated(days(90))),
    signing: secret("signing-key", "signs what old orders still show", versioned(days(365))),
    carrier: secret("carrier-key", "orders parcels", reissued(days(90), "reissue-carrier-key")),
  };
}

function makeShop() {
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

function makeService() {
  const parts = makeShop();
  const { secrets, database, redis, pictures, gate, ledger, books, front, shop, site, partners, archive } = parts;
  const service = defineService({
    name: "shop-system",
    code: "shp",
    owner: "sales",
    data: "personal",
    block: 0,
    logs: { keep: days(30), audit: days(365) },
    components: [gate, ledger, front, shop],
    stores: [database, redis, pictures, books],
    entrypoints: [site, partners],
    secrets: Object.values(secrets),
    flows: [
      flow(front, shop.listens.web, "hands requests on"),
      flow(shop, database.listens.sql, "reads and writes orders"),
      flow(shop, redis.listens.redis, "keeps sessions"),
      flow(gate, ledger.listens.api, "registers orders", ["/orders/*"]),
      flow(ledger, books.listens.mysql, "reads and writes the books"),
    ],
    egress: [egress(shop, "api.carrier.example.com", "orders parcels")],
    access: [access(shop, pictures, "goods", ["read", "write"], "shows and takes pictures")],
    jobs: [parts.purge, parts.report],
    backups: parts.backups,
    drills: [drill("restore-database", "restore-postgres", quarterly("10:00"))],
    alerts: [page("BackupFailed", "TKT-7.12", above(archive, "backup-failures", 0), { for: minutes(0) })],
    objectives: [objective("availability", site, percent(99.9))],
    tracing: [shop],
  });
  return { ...parts, service };
}

const makeEnvironment = (name: string, short: string, digit: number) =>
  defineEnvironment({
    name,
    short,
    account: String(digit).repeat(12),
    region: "eu-central-1",
    copyRegion: "eu-west-1",
    cidr: `10.${digit}0.0.0/16`,
    zones: [
      { letter: "a", name: "eu-central-1a" },
      { letter: "b", name: "eu-central-1b" },
      { letter: "c", name: "eu-central-1c" },
    ],
    natPerZone: true,
    domain: { public: `${name}.example.org`, private: `${name}.internal.example.org` },
    ranges: { clients: ["198.51.100.0/24"], admins: ["203.0.113.16/28"] },
    machineImage: "ami-0d13a0000000000e1",
    ssmAgent: { version: "3.3.3050.0", sha256: "0".repeat(64) },
    machines: { small: "t4g.small", medium: "m7g.large", large: "r7g.xlarge" },
    databases: { small: "db.m6gd.large", medium: "db.m6gd.xlarge", large: "db.r6gd.2xlarge" },
    rootVolume: gib(20),
    volumeShare: 1,
    minimumReplicas: 2,
    logs: { keep: days(30), archive: days(90) },
    lock: "COMPLIANCE",
    alarmMail: "alarms@example.org",
  });

/** The shop, its parts by name, and two environments, all of them new objects. */
export function fixture() {
  const parts = makeService();
  const staging = makeEnvironment("staging", "stg", 2);
  const production = makeEnvironment("production", "prd", 3);
  const catalogue = { services: [parts.service], environments: [staging, production] };
  // Constants of the vocabulary are shared by all fixtures until they are cloned.
  return structuredClone({ ...parts, staging, production, catalogue });
}
export type Fixture = ReturnType<typeof fixture>;

/** Changes fields of a part in place, so that whatever refers to it sees the change; values may break its type. */
export function change(part: object, fields: Readonly<Record<string, unknown>>): void {
  Object.assign(part, fields);
}
