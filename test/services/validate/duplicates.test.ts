import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture, fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "two services share name, code and block",
    ({ catalogue }) => {
      catalogue.services.push({
        ...fixture().service,
        components: [],
        stores: [],
        entrypoints: [],
        flows: [],
        egress: [],
        access: [],
        secrets: [],
        jobs: [],
        backups: [],
        drills: [],
        alerts: [],
        objectives: [],
        tracing: [],
      });
    },
    [
      'shop-system/name: must be unique, got "shop-system", which shop-system has',
      'shop-system/code: must be unique, got "shp", which shop-system has',
      'shop-system/block: must be unique, got "0", which shop-system has',
    ],
  ],
  [
    "two environments share an account",
    ({ staging, production }) => {
      change(production, { account: staging.account });
    },
    ['environments/production/account: must be unique, got "222222222222", which staging has'],
  ],
  [
    "two environments share a domain",
    ({ staging, production }) => {
      change(production, { domain: staging.domain });
    },
    [
      'environments/production/domain/public: must be unique, got "staging.example.org", which staging has',
      'environments/production/domain/private: must be unique, got "staging.internal.example.org", which staging has',
    ],
  ],
  [
    "a store has the name of a component",
    ({ redis }) => {
      change(redis, { name: "shop", listens: {} });
    },
    [
      'shop-system/stores/shop: must be unique, got "shop", which components/shop has',
      "shop-system/flows/shop->redis:6379/to: must be a listener of what shop-system lists or of the platform's endpoints: gate, ledger, edge, shop, database, shop, pictures, books, got redis/redis",
      "shop-system/stores/shop: must be reached by somebody, got nobody",
    ],
  ],
  [
    "two flows are the same",
    ({ service }) => {
      change(service, { flows: [...service.flows, ...service.flows.slice(0, 1)] });
    },
    ['shop-system/flows/edge->shop:8443: must be unique, got "edge->shop:8443", which flows/edge->shop:8443 has'],
  ],
  [
    "two entrypoints share a host",
    ({ partners }) => {
      change(partners, { host: "shop" });
    },
    ['shop-system/entrypoints/partners/host: must be unique, got "shop", which shop-system/web has'],
  ],
  [
    "two units of a host share a name",
    ({ ledger }) => {
      change(ledger, { units: [...ledger.units, ...ledger.units] });
    },
    ['shop-system/components/ledger/units/ledger: must be unique, got "ledger", which another unit of ledger has'],
  ],
  [
    "a component is called nodes",
    ({ shop, service }) => {
      change(shop, {
        name: "nodes",
        listens: Object.fromEntries(
          Object.entries(shop.listens).map(([name, each]) => [name, { ...each, owner: "nodes" }]),
        ),
      });
      change(service, { flows: service.flows.filter(({ to }) => to.owner !== "shop") });
    },
    ['shop-system/components/nodes: must have another name: the machines under the pods are called so, got "nodes"'],
  ],
];

describe("validateCatalogue: duplicates", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
