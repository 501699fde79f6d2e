import { describe, expect, test } from "vitest";
import { daily, days, gib, managedPostgres, weekly } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const DAY = 86_400;

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "more may be lost than is allowed",
    ({ dump }) => {
      change(dump, { recoveryPoint: DAY });
    },
    [
      "shop-system/backups/books-dump/recoveryPoint: must be >= the longest time between two copies with limit (25 hours), got 1 day",
    ],
  ],
  [
    "a day of 25 hours is forgotten",
    ({ dump }) => {
      change(dump, { schedule: daily("02:00", "Europe/Berlin") });
    },
    [
      "shop-system/backups/books-dump/recoveryPoint: must be >= the longest time between two copies with limit (26 hours), got 25 hours",
    ],
  ],
  [
    "a log is shipped less often than may be lost",
    ({ archive }) => {
      change(archive, { continuous: 600 });
    },
    ["shop-system/backups/archive/recoveryPoint: must be >= continuous (10 minutes), got 5 minutes"],
  ],
  [
    "a copy is gone before the next",
    ({ dump }) => {
      change(dump, { keep: { for: 3_600 } });
    },
    ["shop-system/backups/books-dump/keep/for: must be >= the interval (1 day), got 1 hour"],
  ],
  [
    "days are counted but copies are weekly",
    ({ dump }) => {
      change(dump, { keep: { daily: 7, weekly: 4 }, schedule: weekly("monday", "02:00"), recoveryPoint: 8 * DAY });
    },
    ["shop-system/backups/books-dump/keep: must be a span unless copies are made each day, got 7 daily, 4 weekly"],
  ],
  [
    "a program on pods is not told where to leave its files",
    ({ dump, report }) => {
      change(dump, { job: report });
    },
    [
      "shop-system/jobs/report/environment/BACKUP_DIR: must be one of its scratch directories (NOD-3.1): nothing, got undefined",
    ],
  ],
  [
    "a program on pods leaves its files where it has no space",
    ({ dump, report }) => {
      change(report, { environment: { BACKUP_DIR: "/backup" }, scratch: { "/tmp": 1_024 } });
      change(dump, { job: report });
    },
    [
      'shop-system/jobs/report/environment/BACKUP_DIR: must be one of its scratch directories (NOD-3.1): /tmp, got "/backup"',
    ],
  ],
  [
    "key material is kept with data [TKT-7.6]",
    ({ service }) => {
      change(service.backups[4] ?? {}, { material: "data" });
    },
    [
      'shop-system/backups/settings/material: must be "keys" where key material is among the paths (TKT-7.6, BRK-25.4): /opt/ledger/.env, got "data"',
    ],
  ],
  [
    "data is kept with key material [BRK-25.4]",
    ({ dump }) => {
      change(dump, { material: "keys" });
    },
    ['shop-system/backups/books-dump/material: must be "data" or "audit" for a store (TKT-7.6, BRK-25.4), got "keys"'],
  ],
  [
    "the key of an authority is copied [BRK-SEC.4]",
    ({ ledger, service }) => {
      change(service.backups[4] ?? {}, { of: { on: ledger, paths: ["/opt/ledger/certs/ca.key"] } });
    },
    [
      'shop-system/backups/settings/of/paths/#0: must not be the key of an authority (BRK-SEC.4), got "/opt/ledger/certs/ca.key"',
    ],
  ],
  [
    "files of pods are copied",
    ({ shop, service }) => {
      change(service.backups[4] ?? {}, { of: { on: shop, paths: ["tmp"] } });
    },
    [
      'shop-system/backups/settings/of/paths/#0: must be an absolute path, got "tmp"',
      "shop-system/backups/settings/of/on: must be hosts: pods keep nothing, got shop (pods) of shop-system",
    ],
  ],
  [
    "the program cannot read the store",
    ({ dump }) => {
      change(dump, { by: "pg-dump" });
    },
    ['shop-system/backups/books-dump/by: must be a program for local-mysql: mysqldump, got "pg-dump"'],
  ],
  [
    "a dump is to be continuous",
    ({ dump }) => {
      change(dump, { continuous: 60 });
    },
    ["shop-system/backups/books-dump/continuous: must be absent: only pgbackrest and RDS ship a log, got 1 minute"],
  ],
  [
    "a store has no backup",
    ({ pictures, service }) => {
      change(service, { backups: service.backups.filter(({ of }) => of !== pictures) });
    },
    ["shop-system/stores/pictures: must have a backup: its data cannot be made again, got none"],
  ],
  [
    "personal data has no copy elsewhere",
    ({ dump }) => {
      change(dump, { offsite: false });
    },
    [
      "shop-system/stores/books: must have a backup with offsite true: its data is personal (MUN-4.15), got none of books-dump",
    ],
  ],
  [
    "recovery reaches further back than backups",
    ({ database }) => {
      change(database, { pointInTime: 31 * DAY });
    },
    ["shop-system/stores/database/pointInTime: must be <= what a continuous backup keeps (30 days), got 31 days"],
  ],
  [
    "RDS cannot keep so long",
    ({ database, archive, report }) => {
      change(database, {
        ...managedPostgres("database", {
          why: "orders",
          database: "shop",
          size: "small",
          storage: gib(100),
          pointInTime: days(36),
          accounts: database.accounts,
        }),
        listens: database.listens,
      });
      change(database.accounts.backup, { role: "owner" });
      change(report, { environment: { ADMINISTRATOR: { kind: "administrator", of: database } } });
      change(archive, { by: "snapshot" });
    },
    ["shop-system/stores/database/pointInTime: must be 1 to 35 whole days: RDS keeps no more, got 36 days"],
  ],
];

describe("validateCatalogue: backups", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
