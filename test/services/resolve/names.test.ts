import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import {
  backupPlace,
  bucketName,
  flowId,
  groupDomain,
  hostName,
  parameterName,
  podsDomain,
  resourceName,
  roleArn,
  secretName,
  serviceDomain,
  stackId,
  stateKey,
} from "../../../services/names.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { small } from "./small.ts";

const shop = { name: "shop", code: "shp" };

test("names follow one pattern each", () => {
  expect({
    resource: resourceName(small, "shp", "api"),
    parts: resourceName(small, "shp", "api", "errors"),
    bucket: bucketName(small, "shp", "vault-data"),
    secret: secretName(small, shop, "db-app"),
    parameter: parameterName(small, shop, "database-endpoint"),
    stack: stackId(small, "network"),
    state: stateKey(small, "network"),
    host: hostName("api", "a"),
    domain: serviceDomain(small, shop),
    group: groupDomain(small, shop, { name: "api" }),
    pods: podsDomain(shop, { name: "api" }),
    role: roleArn(small, "tst-shp-api"),
  }).toEqual({
    resource: "tst-shp-api",
    parts: "tst-shp-api-errors",
    bucket: "tst-shp-vault-data-444444444444",
    secret: "test/shop/db-app",
    parameter: "/test/shop/database-endpoint",
    stack: "test-network",
    state: "test/network.tfstate",
    host: "api-a",
    domain: "shop.test.internal.example.org",
    group: "api.shop.test.internal.example.org",
    pods: "api.shop.svc.cluster.local",
    role: "arn:aws:iam::444444444444:role/tst-shp-api",
  });
});

test.each([
  ["data", { bucket: "tst-shp-vault-data-444444444444", prefix: "orders/" }],
  ["keys", { bucket: "tst-shp-vault-keys-444444444444", prefix: "orders/" }],
  ["audit", { bucket: "tst-plt-audit-exports-444444444444", prefix: "shop/orders/" }],
] as const)("copies of %s have a bucket by what they hold, and a prefix of their own", (material, place) => {
  expect(backupPlace(small, shop, { name: "orders", material })).toEqual(place);
});

describe("the id of a flow", () => {
  test("shortens its own parties, keeps those of others whole, marks UDP", () => {
    expect([
      flowId("shop", "shop/api", "shop/database", 5432, "tcp"),
      flowId("shop", "shop/api", "platform/resolver", 53, "udp"),
      flowId("shop", "observability/prometheus", "shop/api", 9100, "tcp"),
      flowId("shop", "shopping/api", "shop/api", 443, "tcp"),
    ]).toEqual([
      "shop/api->database:5432",
      "shop/api->platform/resolver:53/udp",
      "shop/observability/prometheus->api:9100",
      "shop/shopping/api->api:443",
    ]);
  });

  test("is another for any other party, port or protocol", () => {
    const word = fc.constantFrom("a", "b", "a-b", "shop", "platform");
    const end = fc.tuple(fc.constantFrom("shop", "other", "platform"), word).map((both) => both.join("/"));
    const flow = fc.tuple(
      end,
      end,
      fc.integer({ min: 1, max: 65_535 }),
      fc.constantFrom("tcp" as const, "udp" as const),
    );
    fc.assert(
      fc.property(flow, flow, (one, other) => {
        const same = one.join() === other.join();
        expect(flowId("shop", ...one) === flowId("shop", ...other)).toBe(same);
      }),
    );
  });
});

describe.each(catalogue.environments.map((environment) => ({ name: environment.name, environment })))(
  "in $name",
  ({ environment }) => {
    const { services } = resolveEstate(catalogue, environment);
    const named = (code: string, ...parts: readonly string[]) => resourceName(environment, code, ...parts);

    test("load balancers and target groups keep within 32 characters of letters, digits and hyphens", () => {
      const names = services.flatMap(({ entrypoints }) => entrypoints.map(({ resource }) => resource));

      expect(names.length).toBeGreaterThan(5);
      expect(new Set(names).size).toBe(names.length);
      expect(
        names.filter((name) => !/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/.test(name) || name.startsWith("internal-")),
      ).toEqual([]);
    });

    test("roles keep within 64 characters and are of one party each", () => {
      const names = services.flatMap(({ service }) =>
        [...service.components, ...service.stores, ...service.jobs].map(({ name }) => named(service.code, name)),
      );

      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^[\w+=,.@-]{1,64}$/.test(name))).toEqual([]);
    });

    test("buckets keep within 63 characters and carry the account", () => {
      const purposes = ["vault-data", "vault-keys", "vault-data-copy", "vault-keys-copy"];
      const names = services.flatMap(({ service }) => [
        ...purposes.map((purpose) => bucketName(environment, service.code, purpose)),
        ...service.stores
          .filter(({ kind }) => kind === "objects")
          .map(({ name }) => bucketName(environment, service.code, name)),
      ]);

      expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))).toEqual([]);
      expect(names.filter((name) => !name.endsWith(environment.account))).toEqual([]);
    });

    test("secrets keep within 512 characters that Secrets Manager takes, each once", () => {
      const names = services.flatMap(({ secrets }) => secrets.map(({ fullName }) => fullName));

      expect(names.length).toBeGreaterThan(40);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^[\w/+=.@-]{1,512}$/.test(name))).toEqual([]);
    });

    test("hosts have DNS names of labels within 63 and 253 characters in all, each once", () => {
      const domains = services.flatMap(({ hosts }) => hosts.map(({ domain }) => domain));

      expect(new Set(domains).size).toBe(domains.length);
      for (const domain of domains) {
        expect(domain.length).toBeLessThanOrEqual(253);
        expect(domain.split(".").filter((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))).toEqual([]);
      }
    });

    test("entrypoints have public names, each once", () => {
      const names = services.flatMap(({ entrypoints }) => entrypoints.map(({ hostName: name }) => name));

      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !name.endsWith(`.${environment.domain.public}`))).toEqual([]);
    });
  },
);
