import { describe, expect, test } from "vitest";
import { bucketOf, flow, hostOf, originsOf } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture, fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a flow's caller is not listed",
    ({ shop, service }) => {
      change(service, {
        components: service.components.filter((each) => each !== shop),
        tracing: [],
        jobs: [],
        egress: [],
        access: [],
      });
    },
    [
      "shop-system/flows/edge->shop:8443/to: must be a listener of what shop-system lists or of the platform's endpoints: gate, ledger, edge, database, redis, pictures, books, got shop/web",
      'shop-system/flows/shop->database:5432/from: must be a component that shop-system lists: gate, ledger, edge, got "shop"',
      'shop-system/flows/shop->redis:6379/from: must be a component that shop-system lists: gate, ledger, edge, got "shop"',
      "shop-system/stores/pictures: must be reached by somebody, got nobody",
      "shop-system/secrets/signing-key: must have a consumer, got none",
      "shop-system/secrets/carrier-key: must have a consumer, got none",
    ],
  ],
  [
    "a flow leads to a listener of an unlisted store",
    ({ redis, service }) => {
      change(service, {
        stores: service.stores.filter((each) => each !== redis),
        backups: service.backups.filter(({ of }) => of !== redis),
        alerts: service.alerts.filter(({ condition }) => condition.on !== redis),
      });
    },
    [
      "shop-system/flows/shop->redis:6379/to: must be a listener of what shop-system lists or of the platform's endpoints: gate, ledger, edge, shop, database, pictures, books, got redis/redis",
    ],
  ],
  [
    "a flow leads to the cache of a Redis without one",
    ({ redis, shop, service }) => {
      change(service, { flows: [...service.flows, flow(shop, redis.listens.cache, "keeps reports")] });
    },
    [
      "shop-system/flows/shop->redis:6380/to: must be a listener of redis: redis, sentinel, exporter, node, got redis/cache",
    ],
  ],
  [
    "a part of the same name from elsewhere is meant",
    ({ service }) => {
      change(service.egress[0] ?? {}, { from: fixture().shop });
    },
    [
      'shop-system/egress/shop->api.carrier.example.com:443/from: must be a component that shop-system lists: gate, ledger, edge, shop, got another one with the name "shop"',
    ],
  ],
  [
    "a secret is not listed",
    ({ secrets, service }) => {
      change(service, { secrets: service.secrets.filter((each) => each !== secrets.carrier) });
    },
    [
      'shop-system/components/shop/environment/CARRIER_KEY: must be a secret that shop-system lists: db-app, db-dump, books-app, redis-app, signing-key, got "carrier-key"',
    ],
  ],
  [
    "an entrypoint's target is of another service",
    ({ site }) => {
      change(site, { to: fixture().front.listens.web });
    },
    ["shop-system/entrypoints/web/to: must be a listener of edge: web, metrics, got edge/web"],
  ],
  [
    "a route leads to an unlisted listener",
    ({ site }) => {
      change(site.routes[0] ?? {}, { to: fixture().shop.listens.web });
    },
    ["shop-system/entrypoints/web/routes/login/to: must be a listener of shop: web, app, metrics, got shop/web"],
  ],
  [
    "a value names an unlisted bucket, entrypoint or listener",
    ({ shop }) => {
      change(shop.environment, {
        BUCKET: bucketOf({ kind: "objects", name: "films" }),
        ORIGINS: originsOf(fixture().site),
        HOST: hostOf(fixture().redis.listens.redis),
      });
    },
    [
      'shop-system/components/shop/environment/BUCKET: must be a store that shop-system lists: database, redis, pictures, books, got "films"',
      'shop-system/components/shop/environment/ORIGINS: must be an entrypoint that shop-system lists: web, partners, got another one with the name "web"',
      "shop-system/components/shop/environment/HOST: must be a listener of redis: redis, sentinel, exporter, node, got redis/redis",
    ],
  ],
  [
    "a backup's login belongs to another store",
    ({ redis, archive }) => {
      change(archive, { account: redis.accounts.app });
    },
    [
      'shop-system/backups/archive/account: must be a login of database, got the login that may "read and write its keys"',
    ],
  ],
  [
    "a job's login belongs to no store",
    ({ secrets, report }) => {
      change(report, { account: { may: "do anything", password: secrets.app } });
    },
    [
      'shop-system/jobs/report/account: must be a login of a store that shop-system lists, got the login that may "do anything"',
    ],
  ],
  [
    "a job asks for the age of a secret that is not listed",
    ({ report, secrets }) => {
      change(report, { watches: [{ ...secrets.app }] });
    },
    [
      'shop-system/jobs/report/watches/db-app: must be a secret that shop-system lists: db-app, db-dump, books-app, redis-app, signing-key, carrier-key, got another one with the name "db-app"',
    ],
  ],
  [
    "an alert watches an unlisted backup",
    ({ database, archive, service }) => {
      change(service, { backups: service.backups.filter((each) => each !== archive) });
      change(database, { pointInTime: 0.5 });
    },
    [
      'shop-system/alerts/BackupFailed(archive)/condition/on: must be a backup that shop-system lists: books-dump, redis-copy, pictures-copy, settings, got "archive"',
      "shop-system/stores/database: must have a backup: its data cannot be made again, got none",
      "shop-system/stores/database/pointInTime: must be <= what a continuous backup keeps (0 seconds), got 0.5 seconds",
    ],
  ],
  [
    "an objective is about an unlisted entrypoint",
    ({ service }) => {
      change(service.objectives[0] ?? {}, { on: fixture().site });
    },
    [
      'shop-system/objectives/availability/on: must be an entrypoint that shop-system lists: web, partners, got another one with the name "web"',
    ],
  ],
  [
    "a store stands on an unlisted component",
    ({ books }) => {
      change(books, { on: fixture().ledger });
    },
    [
      'shop-system/stores/books/on: must be a component that shop-system lists: gate, ledger, edge, shop, got another one with the name "ledger"',
      "shop-system/flows/ledger->books:3306/to: must be encrypted: loopback is for callers on the same host, got books/mysql without TLS",
    ],
  ],
  [
    "rights are given at an unknown prefix",
    ({ service }) => {
      change(service.access[0] ?? {}, { prefix: "films" });
    },
    ['shop-system/access/shop/prefix: must be a prefix of pictures: goods, got "films"'],
  ],
  [
    "a component is a renamed copy with the listeners of another",
    ({ gate }) => {
      change(gate, { name: "door" });
    },
    [
      'shop-system/door/listens/orders/owner: must be "door", got "gate"',
      'shop-system/door/listens/upstream/owner: must be "door", got "gate"',
      'shop-system/door/listens/app/owner: must be "door", got "gate"',
      'shop-system/door/listens/node/owner: must be "door", got "gate"',
    ],
  ],
  [
    "a secret's reader is unknown",
    ({ secrets }) => {
      change(secrets.app, { readers: ["observability/nobody"] });
    },
    [
      'shop-system/secrets/db-app/readers/#0: must be a component of a service: <service>/<component>, got "observability/nobody"',
    ],
  ],
];

describe("validateCatalogue: references", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
