import { describe, expect, test } from "vitest";
import {
  access,
  backup,
  bucketOf,
  daily,
  days,
  execProbe,
  files,
  gib,
  hostOf,
  hours,
  httpProbe,
  https,
  job,
  loopback,
  managedPostgres,
  metrics,
  minutes,
  objects,
  onDemand,
  patroni,
  rotated,
  rotationCheck,
  secret,
  text,
  web,
} from "../../../services/define.ts";
import { resolve, resolveEstate } from "../../../services/resolve.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import { administratorOf, type Values } from "../../../services/schema/value.ts";
import { containers, machines, shop, small } from "./small.ts";

/** What the platform gives or takes by itself, without the service's name before each id. */
const given = (service: Service): readonly string[] =>
  resolve(service, small)
    .flows.filter(({ origin }) => origin === "platform")
    .map(({ id, transport }) => `${id.slice("shop/".length)} ${transport}`);

const listener = (owner: { readonly listens: Readonly<Record<string, Listener>> }, name: string): Listener => {
  const found = owner.listens[name];
  if (found === undefined) throw new Error(`no port "${name}"`);
  return found;
};

const names = (party: string) => [
  `${party}->platform/resolver:53/udp link-local`,
  `${party}->platform/resolver:53 link-local`,
];
const endpoint = (party: string, group: string) => `${party}->platform/endpoint-${group}:443 tls`;
const ofHost = (party: string) => [
  ...names(party),
  `${party}->platform/lease:67/udp link-local`,
  `${party}->platform/time:123/udp link-local`,
  `${party}->platform/host-identity:80 link-local`,
  ...["management", "secrets", "telemetry", "certificates", "storage"].map((group) => endpoint(party, group)),
  `${party}->observability/loki:3100 tls`,
];
const kubelet = "platform/cluster->nodes:10250 mtls";
const ofNodes = [
  ...names("nodes"),
  "nodes->platform/time:123/udp link-local",
  "nodes->platform/host-identity:80 link-local",
  endpoint("nodes", "registry"),
  endpoint("nodes", "storage"),
  "nodes->platform/cluster:443 tls",
  "nodes->observability/loki:3100 tls",
  kubelet,
];
const scraped = (party: string, port: number) => `observability/prometheus->${party}:${port} tls`;

describe("hosts get from the platform", () => {
  test("names, time, credentials, Session Manager, secrets, telemetry, certificates, packages, logs - and nothing else", () => {
    const api = machines("api");

    expect(given(shop({ components: [api] }))).toEqual([
      ...ofHost("api"),
      scraped("api", 9100), // node exporter
      scraped("api", 443), // health
    ]);
  });

  test("the same where they hold a store, and its exporter is scraped", () => {
    const database = patroni("database", {
      why: "orders",
      address: 4,
      size: "small",
      dataVolume: gib(20),
      accounts: {},
      database: "shop",
      pointInTime: days(30),
    });

    expect(given(shop({ stores: [database] }))).toEqual([
      ...ofHost("database"),
      scraped("database", 9187),
      scraped("database", 9100),
    ]);
  });

  test("[TKT-4.1] a scrape of each metrics port, and of no other", () => {
    const api = machines("api", {
      listens: { web: https(443), admin: https(9443), app: metrics(9101), nginx: metrics(9113) },
      health: execProbe(["/bin/true"]),
    });

    expect(given(shop({ components: [api] })).slice(ofHost("api").length)).toEqual([
      scraped("api", 9101),
      scraped("api", 9113),
      scraped("api", 9100),
    ]);
  });

  test("no probe from outside of a port on loopback", () => {
    const api = machines("api", { listens: { inner: loopback(8000) }, health: httpProbe("/health", "inner") });

    expect(given(shop({ components: [api] }))).toEqual([...ofHost("api"), scraped("api", 9100)]);
  });

  test("one flow where the metrics port also answers for health, with both reasons", () => {
    const api = machines("api", { listens: { app: metrics(9101) }, health: httpProbe("/health", "app") });
    const flows = resolve(shop({ components: [api] }), small).flows.filter(({ port }) => port === 9101);

    expect(flows.map(({ why }) => why)).toEqual(["metrics (TKT-4.1); probes health (MUN-3.7)"]);
  });

  test("a way for traces only where the component sends them", () => {
    const [api, quiet] = [machines("api"), machines("quiet", { address: 8 })];
    const flows = given(shop({ components: [api, quiet], tracing: [api] }));

    expect(flows.filter((flow) => flow.includes("tempo"))).toEqual(["api->observability/tempo:4317 tls"]);
  });
});

describe("pods get from the platform", () => {
  const key = secret("key", "signs orders", rotated(days(90)));
  const bucket = objects("pictures", {
    why: "pictures of goods",
    noncurrent: days(30),
    prefixes: { full: { why: "as uploaded" } },
    signedFor: minutes(5),
  });
  const withValues = (values: Values) => given(shop({ components: [containers("site", { environment: values })] }));

  test("names, and for their nodes time, images, the cluster and logs", () => {
    expect(withValues({ LEVEL: "info" })).toEqual([...names("site"), ...ofNodes]);
  });

  test("[NOD-2.3] secrets with the credentials to read them, on the node that mounts them and not in the pod, once one is named", () => {
    const wanted = [
      ...names("site"),
      ...ofNodes.slice(0, -1),
      "nodes->platform/pod-identity:80 link-local",
      endpoint("nodes", "identity"),
      endpoint("nodes", "secrets"),
      kubelet,
    ];

    expect(withValues({ KEY: key })).toEqual(wanted);
    expect(withValues({ URL: text`https://app:${key}@localhost` })).toEqual(wanted);
  });

  test("parameters with the credentials to read them, once a database is named whose host only apply knows", () => {
    const orders = managedPostgres("orders", {
      why: "orders",
      size: "small",
      storage: gib(20),
      accounts: {},
      database: "shop",
      pointInTime: days(30),
    });
    const mounted = [
      ...ofNodes.slice(0, -1),
      "nodes->platform/pod-identity:80 link-local",
      endpoint("nodes", "identity"),
    ];
    const named = (values: Values) =>
      given(shop({ components: [containers("site", { environment: values })], stores: [orders] }));

    expect(named({ HOST: hostOf(orders.listens.sql) })).toEqual([
      ...names("site"),
      ...mounted,
      endpoint("nodes", "management"),
      kubelet,
    ]);
    expect(named({ ADMINISTRATOR: administratorOf(orders) })).toEqual([
      ...names("site"),
      ...mounted,
      endpoint("nodes", "secrets"),
      endpoint("nodes", "management"),
      kubelet,
    ]);
  });

  test("no parameters for a host that has a name of ours", () => {
    const back = machines("back");
    const site = containers("site", { environment: { BACK: hostOf(listener(back, "web")) } });

    expect(given(shop({ components: [site] }))).toEqual([...names("site"), ...ofNodes]);
  });

  test("storage with credentials, once they may use a bucket", () => {
    const [site, other] = [containers("site"), containers("other")];
    const service = shop({
      components: [site, other],
      stores: [bucket],
      access: [access(site, bucket, "full", ["read"], "shows pictures")],
    });

    expect(given(service)).toEqual([
      ...names("site"),
      "site->platform/pod-identity:80 link-local",
      endpoint("site", "storage"),
      ...names("other"),
      ...ofNodes.slice(0, -1),
      endpoint("nodes", "identity"),
      kubelet,
    ]);
  });

  test("no storage for knowing the bucket's name alone", () => {
    expect(withValues({ BUCKET: bucketOf(bucket) })).toEqual([...names("site"), ...ofNodes]);
  });

  test("a probe of the port behind an entrypoint, and of no other", () => {
    const [edge, site] = [containers("edge"), containers("site")];
    const entrypoint = web("way-in", {
      why: "the shop",
      host: "shop",
      to: listener(edge, "web"),
      health: "/health",
      body: gib(1),
      routes: [],
    });

    expect(given(shop({ components: [edge, site], entrypoints: [entrypoint] })).slice(-1)).toEqual([
      scraped("edge", 8443),
    ]);
    expect(given(shop({ components: [edge, site] })).filter((flow) => flow.startsWith("observability/"))).toEqual([]);
  });
});

describe("jobs get from the platform", () => {
  const site = containers("site");
  const shared = { why: "works at night", command: ["work"], schedule: onDemand, limit: hours(1) } as const;

  test("on hosts: what their host has, and no party of their own", () => {
    const api = machines("api");

    expect(given(shop({ components: [api], jobs: [job("night", { ...shared, on: api })] }))).toEqual(
      given(shop({ components: [api] })),
    );
  });

  test("on pods: what their own values need, beside those of the component", () => {
    const key = secret("key", "signs orders", rotated(days(90)));
    const night = job("night", { ...shared, on: site, environment: { KEY: key } });

    expect(given(shop({ components: [site], jobs: [night] }))).toEqual([
      ...names("site"),
      ...names("night"),
      ...ofNodes.slice(0, -1),
      "nodes->platform/pod-identity:80 link-local",
      endpoint("nodes", "identity"),
      endpoint("nodes", "secrets"),
      kubelet,
    ]);
  });

  test("storage, where they write a backup or read one back", () => {
    const dump = job("dump", { ...shared, on: site });
    const copies = backup("copies", {
      why: "orders",
      of: files("shared", { why: "orders", path: "/srv", uid: 2_000 }),
      by: "archive",
      job: dump,
      schedule: daily("01:00"),
      limit: hours(1),
      keep: { for: days(30) },
      recoveryPoint: hours(26),
      recoveryTime: hours(1),
    });
    const check = job("check", { ...shared, on: site, verifies: copies });
    const flows = given(shop({ components: [site], jobs: [dump, check], backups: [copies] }));

    expect(flows.filter((flow) => flow.includes("endpoint-storage") && !flow.startsWith("nodes"))).toEqual([
      endpoint("dump", "storage"),
      endpoint("check", "storage"),
    ]);
  });
});

test("who asks for the age of secrets gets credentials and the way to ask", () => {
  const key = secret("key", "signs orders", rotated(days(80)));
  const site = containers("site", { environment: { KEY: key } });
  const flows = given(shop({ components: [site], secrets: [key], jobs: [rotationCheck({ key }, site)] }));

  expect(flows.filter((flow) => flow.startsWith("rotation-check->"))).toEqual([
    ...names("rotation-check"),
    "rotation-check->platform/pod-identity:80 link-local",
    endpoint("rotation-check", "secrets"),
  ]);
});

describe("the cluster gets from the platform", () => {
  test("names, images, credentials, certificates, its own API, logs - and Prometheus gets its list of pods", () => {
    const { flows } = resolveEstate({ environments: [small], services: [] }, small);

    expect(flows.map(({ id, transport, origin }) => `${id.slice("platform/".length)} ${transport} ${origin}`)).toEqual(
      [
        "cluster->resolver:53/udp link-local",
        "cluster->resolver:53 link-local",
        "cluster->time:123/udp link-local",
        "cluster->host-identity:80 link-local",
        "cluster->pod-identity:80 link-local",
        "cluster->endpoint-identity:443 tls",
        "cluster->endpoint-registry:443 tls",
        "cluster->endpoint-storage:443 tls",
        "cluster->endpoint-certificates:443 tls",
        "cluster->endpoint-tokens:443 tls",
        "cluster->cluster:443 tls",
        "cluster->cluster:10250 mtls",
        "cluster->cluster:10251 tls",
        "cluster->observability/loki:3100 tls",
        "observability/prometheus->cluster:443 tls",
      ].map((line) => `${line} platform`),
    );
  });
});
