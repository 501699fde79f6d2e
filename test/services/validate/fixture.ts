import {
  above,
  access,
  days,
  defineEnvironment,
  defineService,
  drill,
  egress,
  flow,
  gib,
  hostAlerts,
  minutes,
  objective,
  page,
  percent,
  quarterly,
} from "../../../services/define.ts";
import { makeShop } from "./shop.ts";

/** A small estate with one part of each kind and no fault: a shop. Tests break one thing of a fresh one at a time. */

export const TODAY = "2026-06-01";

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
    alerts: [
      page("BackupFailed", "TKT-7.12", above(archive, "backup-failures", 0), { for: minutes(0) }),
      ...hostAlerts(gate, ledger, database, redis),
    ],
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
    repository: "example-org/platform",
    region: "eu-central-1",
    copyRegion: "eu-west-1",
    cidr: `10.${digit}0.0.0/16`,
    zones: [
      { letter: "a", name: "eu-central-1a" },
      { letter: "b", name: "eu-central-1b" },
      { letter: "c", name: "eu-central-1c" },
    ],
    gatewaysPerZone: true,
    domain: { public: `${name}.example.org`, private: `${name}.internal.example.org` },
    ranges: { clients: ["198.51.100.0/24"], admins: ["203.0.113.16/28"] },
    cloudFrontPrefixList: "pl-a3a144ca",
    cdnKeys: [{ name: "first", publicKey: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n" }],
    machineImage: "ami-0d13a0000000000e1",
    ssmAgent: { version: "3.3.3050.0", sha256: "0".repeat(64) },
    packageKey: "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n=JOOU\n-----END PGP PUBLIC KEY BLOCK-----\n",
    machines: { small: "t4g.small", medium: "m7g.large", large: "r7g.xlarge" },
    databases: { small: "db.m6gd.large", medium: "db.m6gd.xlarge", large: "db.r6gd.2xlarge" },
    rootVolume: gib(20),
    volumeShare: 1,
    minimumReplicas: 2,
    logs: { keep: days(30), archive: days(90) },
    lock: "COMPLIANCE",
    mailKeysZone: "dkim.amazonses.com",
    alarmMail: "alarms@example.org",
    pagerMail: "pager@example.org",
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
