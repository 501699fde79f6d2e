import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import {
  days,
  gib,
  hours,
  job,
  localRedis,
  mib,
  onDemand,
  patroni,
  reissued,
  rotated,
  scrapeToken,
  secret,
  text,
  versioned,
} from "../../../services/define.ts";
import { resolve, resolveEstate } from "../../../services/resolve.ts";
import type { Service } from "../../../services/schema/service.ts";
import { containers, machines, shop, small, unit } from "./small.ts";

const key = secret("key", "signs orders", rotated(days(90)));
const consumers = (service: Partial<Service>): readonly string[] | undefined =>
  resolve(shop({ secrets: [key], ...service }), small).secrets[0]?.consumers;
const night = { why: "works at night", command: ["work"], schedule: onDemand, limit: hours(1) } as const;

describe("a secret", () => {
  test("has its full name, why, rotation and readers", () => {
    const api = machines("api", { units: [unit({ KEY: key })] });

    expect(resolve(shop({ secrets: [key], components: [api] }), small).secrets).toEqual([
      {
        name: "key",
        fullName: "test/shop/key",
        why: "signs orders",
        rotation: "platform",
        rotationDays: 90,
        consumers: ["shop/api"],
      },
    ]);
  });

  test("is rotated in whole days, rounded up, by whom it says", () => {
    const secrets = [
      secret("one", "signs orders", rotated(hours(36))),
      secret("two", "opens the gate", reissued(days(30), "restore-gate")),
      secret("three", "encrypts orders", versioned(days(365))),
    ];

    expect(
      resolve(shop({ secrets }), small).secrets.map(({ rotation, rotationDays }) => [rotation, rotationDays]),
    ).toEqual([
      ["platform", 2],
      ["runbook", 30],
      ["versioning", 365],
    ]);
  });
});

describe("readers of a secret are", () => {
  test("hosts whose environment file, other files, or file of one secret name it", () => {
    const empty = unit({});
    const by = (each: ReturnType<typeof unit>) =>
      consumers({ components: [machines("api", { units: [empty, each] })] });

    expect(by(unit({ KEY: key }))).toEqual(["shop/api"]);
    expect(by(unit({ URL: text`https://app:${key}@localhost` }))).toEqual(["shop/api"]);
    expect(by({ ...empty, files: { "/opt/shop/config.yaml": { "tls.key": key } } })).toEqual(["shop/api"]);
    expect(by({ ...empty, secretFiles: { "/opt/shop/key.pem": key } })).toEqual(["shop/api"]);
    expect(by(empty)).toEqual([]);
  });

  test("pods whose environment names it, and jobs that inherit it", () => {
    const site = containers("site", { environment: { KEY: key } });
    const [inheriting, other] = [
      job("inheriting", { ...night, on: site }),
      job("other", { ...night, on: site, environment: {} }),
    ];

    expect(consumers({ components: [site, containers("quiet")], jobs: [inheriting, other] })).toEqual([
      "shop/site",
      "shop/inheriting",
    ]);
  });

  const accounts = { app: { may: "all", password: key } };

  test("the members of a store whose login it opens", () => {
    const database = patroni("database", {
      why: "orders",
      address: 8,
      size: "small",
      dataVolume: gib(20),
      accounts,
      database: "shop",
      pointInTime: days(30),
    });

    expect(consumers({ stores: [database] })).toEqual(["shop/database"]);
  });

  test("the hosts that hold such a store on their loopback", () => {
    const api = machines("api");
    const queue = localRedis("queue", { why: "orders", on: api, holds: ["orders"], memory: mib(64), accounts });

    expect(consumers({ components: [api], stores: [queue] })).toEqual(["shop/api"]);
  });

  test("whoever runs a job that logs in with it: its hosts, or the job itself on pods", () => {
    const [api, site] = [machines("api"), containers("site")];
    const account = accounts.app;

    expect(consumers({ components: [api], jobs: [job("drain", { ...night, on: api, account })] })).toEqual([
      "shop/api",
    ]);
    expect(consumers({ components: [site], jobs: [job("drain", { ...night, on: site, account })] })).toEqual([
      "shop/drain",
    ]);
  });

  test("parties of the platform that it names", () => {
    const token = scrapeToken();
    const api = machines("api", { units: [unit({ TOKEN: token })] });

    expect(consumers({ secrets: [token], components: [api] })).toEqual(["shop/api", "observability/prometheus"]);
  });

  test("each named once, however often they use it", () => {
    const api = machines("api", { units: [unit({ KEY: key, URL: text`${key}` }), unit({ KEY: key })] });

    expect(consumers({ components: [api] })).toEqual(["shop/api"]);
  });

  test("never those who hold another secret of the same words", () => {
    const twin = secret("other", "signs orders", rotated(days(90)));

    expect(consumers({ components: [machines("api", { units: [unit({ KEY: twin })] })] })).toEqual([]);
  });
});

test.each(catalogue.environments)(
  "every secret in $name has a name of its own and at least one reader that exists",
  (environment) => {
    const { services } = resolveEstate(catalogue, environment);
    const all = services.flatMap(({ secrets }) => secrets);
    const parties = new Set(
      services.flatMap(({ service }) =>
        [...service.components, ...service.stores, ...service.jobs].map(({ name }) => `${service.name}/${name}`),
      ),
    );

    expect(new Set(all.map(({ fullName }) => fullName)).size).toBe(all.length);
    expect(all.filter(({ consumers: readers }) => readers.length === 0)).toEqual([]);
    expect(all.flatMap(({ consumers: readers }) => readers).filter((reader) => !parties.has(reader))).toEqual([]);
    expect(all.filter(({ fullName }) => !fullName.startsWith(`${environment.name}/`))).toEqual([]);
  },
);
