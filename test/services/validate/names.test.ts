import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a load balancer's name would be too long",
    ({ site }) => {
      change(site, { name: "the-shop-of-all-the-shops-in-town" });
    },
    [
      'shop-system/entrypoints/the-shop-of-all-the-shops-in-town: must make a name of a load balancer or target group with at most 32 characters, got "prd-shp-the-shop-of-all-the-shops-in-town" with 41',
    ],
  ],
  [
    "a bucket's name would be too long",
    ({ pictures }) => {
      change(pictures, { name: "pictures-of-all-the-goods-that-we-ever-sold-and-more" });
    },
    [
      'shop-system/stores/pictures-of-all-the-goods-that-we-ever-sold-and-more: must make a name of a load balancer or target group with at most 32 characters, got "prd-shp-pictures-of-all-the-goods-that-we-ever-sold-and-more" with 60',
      'shop-system/stores/pictures-of-all-the-goods-that-we-ever-sold-and-more: must make a name of a bucket with at most 63 characters, got "prd-shp-pictures-of-all-the-goods-that-we-ever-sold-and-more-333333333333" with 73',
    ],
  ],
  [
    "a name has capitals or doubled hyphens",
    ({ site }) => {
      change(site, { name: "Web--Site" });
    },
    [
      'shop-system/entrypoints/Web--Site/name: must be a name of lower-case letters, digits and single hyphens that starts with a letter, got "Web--Site"',
      'shop-system/entrypoints/Web--Site: must make a valid name of a load balancer or target group, got "prd-shp-Web--Site"',
    ],
  ],
  [
    "a secret's name ends like the tail of an ARN",
    ({ secrets }) => {
      change(secrets.app, { name: "db-reader" });
    },
    ['shop-system/secrets/db-reader: must make a valid name of a secret, got "production/shop-system/db-reader"'],
  ],
  [
    "a name is empty",
    ({ site }) => {
      change(site, { name: "" });
    },
    [
      'shop-system/entrypoints/#0/name: must be a name of lower-case letters, digits and single hyphens that starts with a letter, got ""',
      'shop-system/entrypoints/: must make a valid name of a load balancer or target group, got "prd-shp-"',
    ],
  ],
  [
    "a code has four letters",
    ({ service }) => {
      change(service, { code: "shop" });
    },
    ['shop-system/code: must be three lower-case letters, got "shop"'],
  ],
  [
    "a code is the platform's own",
    ({ service }) => {
      change(service, { code: "plt" });
    },
    ['shop-system/code: must not be the platform\'s own, got "plt"'],
  ],
  [
    "a CronJob's name would be too long",
    ({ report }) => {
      change(report, { name: "report-of-all-that-was-sold-and-all-that-was-not-yet-sold" });
    },
    [
      'shop-system/jobs/report-of-all-that-was-sold-and-all-that-was-not-yet-sold: must make a name of a CronJob with at most 52 characters, got "report-of-all-that-was-sold-and-all-that-was-not-yet-sold" with 57',
      'shop-system/jobs/report-of-all-that-was-sold-and-all-that-was-not-yet-sold: must make a name of a role with at most 64 characters, got "prd-shp-report-of-all-that-was-sold-and-all-that-was-not-yet-sold" with 65',
    ],
  ],
  [
    "a certificate's first name would be too long",
    ({ production }) => {
      change(production, { domain: { ...production.domain, public: `${"long-".repeat(11)}name.example.org` } });
    },
    [
      'shop-system/entrypoints/web/host: must make a name of a certificate with at most 64 characters, got "shop.long-long-long-long-long-long-long-long-long-long-long-name.example.org" with 76',
      'shop-system/entrypoints/partners/host: must make a name of a certificate with at most 64 characters, got "partners.long-long-long-long-long-long-long-long-long-long-long-name.example.org" with 80',
    ],
  ],
  [
    "a database's name needs quotes",
    ({ database }) => {
      change(database, { database: "shop-data" });
    },
    [
      'shop-system/stores/database/database: must be a database name of at most 63 lower-case letters, digits and underscores that starts with a letter, got "shop-data"',
    ],
  ],
  [
    "an environment variable cannot be exported",
    ({ shop }) => {
      change(shop.environment, { "2FA": true });
    },
    [
      'shop-system/components/shop/environment/2FA: must be a key of letters, digits and _.- that starts with a letter, got "2FA"',
    ],
  ],
  [
    "a configuration path is relative",
    ({ gate }) => {
      change(gate.units[0] ?? {}, { directory: "opt/gate" });
    },
    ['shop-system/components/gate/units/gate/directory: must be an absolute path without spaces, got "opt/gate"'],
  ],
  [
    "an image names a registry",
    ({ shop }) => {
      change(shop, { image: "docker.io/shop:latest" });
    },
    [
      'shop-system/components/shop/image: must be a repository of our registry, without host, tag or digest, got "docker.io/shop:latest"',
    ],
  ],
];

describe("validateCatalogue: names", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
