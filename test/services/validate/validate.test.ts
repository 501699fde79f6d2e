import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { describeFault, validateCatalogue } from "../../../services/validate.ts";
import { brokenCatalogues, typedCatalogues } from "./arbitrary.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, fixture, TODAY } from "./fixture.ts";

/** Everything a fault must be, to be read by a person in one line. */
const readable = (fault: unknown) => {
  const line = describeFault(fault as Parameters<typeof describeFault>[0]);
  return typeof line === "string" && line.length > 0 && !/[\r\n]/.test(line);
};

describe("validateCatalogue", () => {
  test("finds no fault in a sound catalogue", () => {
    expect(faultsAfter(() => undefined)).toEqual([]);
  });

  test("finds no fault in ticketing and the environments", () => {
    const found = validateCatalogue(catalogue, TODAY)
      .map(describeFault)
      .filter((fault) => /^(ticketing|environments)\//.test(fault));
    expect(found).toEqual([]);
  });

  test("gives every fault at once, whatever it is about", () => {
    // When
    const found = faultsAfter(({ staging, dump, secrets, site, shop }) => {
      change(staging, { cidr: "10.30.0.0/20" });
      change(dump, { recoveryPoint: 60 });
      change(secrets.app.rotation, { every: 91 * 86_400 });
      change(site, { health: "health" });
      change(shop.replicas, { min: 1 });
    });
    // Then
    expect(found).toEqual([
      'environments/staging/cidr: must be a /16: subnets are computed from it, got "10.30.0.0/20"',
      'environments/production/cidr: must not overlap 10.30.0.0/20 of staging, got "10.30.0.0/16"',
      'shop-system/entrypoints/web/health: must be a path that begins with "/", got "health"',
      "shop-system/secrets/db-app/rotation/every: must be <= 90 days (NOD-2.7), got 91 days",
      "shop-system/backups/books-dump/recoveryPoint: must be >= the longest time between two copies with limit (25 hours), got 1 minute",
      "shop-system/components/shop/replicas/min: must be >= 2 (MUN-4.8), got 1",
    ]);
  });

  test("judges the other services and environments when one breaks its type", () => {
    // When
    const found = faultsAfter(({ service, staging }) => {
      change(service, { components: undefined });
      change(staging, { copyRegion: staging.region });
    });
    // Then
    expect(found).toEqual([
      "shop-system/components: must be a list, got undefined",
      'environments/staging/copyRegion: must be another region than region, got "eu-central-1"',
    ]);
  });

  test("fails when today is no day", () => {
    const found = validateCatalogue(fixture().catalogue, "2026-13-01", []).map(describeFault);
    expect(found).toEqual(['today: must be a day, YYYY-MM-DD, got "2026-13-01"']);
  });

  test("gives the same faults in the same order each time", () => {
    fc.assert(
      fc.property(typedCatalogues, (given) => {
        expect(validateCatalogue(given, TODAY, [])).toEqual(validateCatalogue(given, TODAY, []));
      }),
      { numRuns: 30 },
    );
  });

  test("never throws on a catalogue of the right types", () => {
    fc.assert(
      fc.property(typedCatalogues, (given) => validateCatalogue(given, TODAY, []).every(readable)),
      { numRuns: 300 },
    );
  });

  test("never throws on a catalogue that casts have broken", () => {
    fc.assert(
      fc.property(brokenCatalogues, (given) => validateCatalogue(given, TODAY).every(readable)),
      { numRuns: 300 },
    );
  });

  test("never throws on what is no catalogue at all", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (given, today) => {
        const found = validateCatalogue(given as never, today);
        expect(found.length).toBeGreaterThan(0);
        return found.every(readable);
      }),
      { numRuns: 100 },
    );
  });
});
