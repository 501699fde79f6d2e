import {
  days,
  defineEnvironment,
  defineService,
  gib,
  hosts,
  httpProbe,
  https,
  mib,
  millicores,
  percent,
  pods,
} from "../../../services/define.ts";
import type { Hosts, Pods } from "../../../services/schema/component.ts";
import type { Port } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import type { Values } from "../../../services/schema/value.ts";

/** A small environment and small services, so that a test can say whole values. */

export const small = defineEnvironment({
  name: "test",
  short: "tst",
  account: "444444444444",
  repository: "example-org/platform",
  region: "eu-central-1",
  copyRegion: "eu-west-1",
  cidr: "10.99.0.0/16",
  zones: [
    { letter: "a", name: "eu-central-1a" },
    { letter: "b", name: "eu-central-1b" },
    { letter: "c", name: "eu-central-1c" },
  ],
  gatewaysPerZone: false,
  domain: { public: "test.example.org", private: "test.internal.example.org" },
  ranges: { clients: ["198.51.100.0/24"], admins: ["203.0.113.16/28"] },
  cloudFrontPrefixList: "pl-a3a144ca",
  cdnKeys: [],
  machineImage: "ami-0123456789abcdef0",
  ssmAgent: { version: "3.3.0.0", sha256: "0".repeat(64) },
  packageKey: "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n=JOOU\n-----END PGP PUBLIC KEY BLOCK-----\n",
  machines: { small: "t4g.small", medium: "t4g.medium", large: "t4g.large" },
  databases: { small: "db.m6gd.large", medium: "db.m6gd.xlarge", large: "db.r6gd.2xlarge" },
  rootVolume: gib(20),
  volumeShare: 0.5,
  minimumReplicas: 1,
  logs: { keep: days(30), archive: days(90) },
  lock: "GOVERNANCE",
  mailKeysZone: "dkim.amazonses.com",
  alarmMail: "alarms@test.example.org",
  pagerMail: "pager@test.example.org",
});

/** A service named `shop` in block 3. */
export const shop = (given: Partial<Service> = {}): Service =>
  defineService({
    name: "shop",
    code: "shp",
    owner: "sales",
    data: "internal",
    block: 3,
    logs: { keep: days(30), audit: days(30) },
    ...given,
  });

type Given<T> = Partial<T> & { readonly listens?: Readonly<Record<string, Port>> };

/** Hosts in two zones with HTTPS on 443 (and the node exporter's 9100). */
export const machines = (
  name: string,
  given: Given<Pick<Hosts, "tier" | "zones" | "address" | "dataVolume" | "units" | "health">> = {},
): Hosts =>
  hosts(name, {
    why: "serves customers",
    tier: "app",
    zones: 2,
    address: 4,
    size: "small",
    units: [],
    health: httpProbe("/health", "web"),
    ...given,
    listens: given.listens ?? { web: https(443) },
  });

/** One systemd unit with these values in its environment file. */
export const unit = (values: Values): Hosts["units"][number] => ({
  name: "shop",
  user: "shop",
  directory: "/opt/shop",
  exec: "/opt/shop/serve",
  runtime: "none",
  environment: { path: "/opt/shop/.env", values },
});

/** Pods with HTTPS on 8443. */
export const containers = (name: string, given: Given<Pick<Pods, "environment">> = {}): Pods =>
  pods(name, {
    why: "serves customers",
    image: name,
    replicas: { min: 2, max: 4, cpu: percent(70) },
    resources: { cpu: millicores(100), memory: mib(64) },
    probes: {
      startup: httpProbe("/health", "web"),
      readiness: httpProbe("/health", "web"),
      liveness: httpProbe("/health", "web"),
    },
    ...given,
    listens: given.listens ?? { web: https(8443) },
  });
