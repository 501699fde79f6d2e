import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const DAY = 86_400;

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a password stays too long [NOD-2.7]",
    ({ secrets }) => {
      change(secrets.app.rotation, { every: 91 * DAY });
    },
    ["shop-system/secrets/db-app/rotation/every: must be <= 90 days (NOD-2.7), got 91 days"],
  ],
  [
    "a third party's key stays too long [NOD-2.7]",
    ({ secrets }) => {
      change(secrets.carrier.rotation, { every: 91 * DAY });
    },
    ["shop-system/secrets/carrier-key/rotation/every: must be <= 90 days (NOD-2.7), got 91 days"],
  ],
  [
    "an encryption key stays too long",
    ({ secrets }) => {
      change(secrets.signing.rotation, { every: 366 * DAY });
    },
    ["shop-system/secrets/signing-key/rotation/every: must be <= 365 days, got 366 days"],
  ],
  [
    "a secret is never rotated",
    ({ secrets }) => {
      change(secrets.app.rotation, { every: 0 });
    },
    [
      "shop-system/secrets/db-app/rotation/every: must be a length of time above zero, got 0 seconds",
      "shop-system/secrets/db-app/rotation/overlap: must be shorter than every (0 seconds), got 1 day",
    ],
  ],
  [
    "a secret has no rotation",
    ({ secrets }) => {
      change(secrets.app, { rotation: undefined });
    },
    ["shop-system/secrets/db-app/rotation: must be an object, got undefined"],
  ],
  [
    "an old value outlives the new one",
    ({ secrets }) => {
      change(secrets.app.rotation, { overlap: 90 * DAY });
    },
    ["shop-system/secrets/db-app/rotation/overlap: must be shorter than every (90 days), got 90 days"],
  ],
  [
    "nobody reads a secret",
    ({ shop }) => {
      Reflect.deleteProperty(shop.environment, "CARRIER_KEY");
    },
    ["shop-system/secrets/carrier-key: must have a consumer, got none"],
  ],
  [
    "two logins share a password",
    ({ secrets, database }) => {
      change(database.accounts.backup, { password: secrets.app });
    },
    [
      "shop-system/secrets/db-dump: must have a consumer, got none",
      'shop-system/stores/database/accounts/backup/password: must be unique, got "db-app", which login app has',
    ],
  ],
];

describe("validateCatalogue: secrets", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
