import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const DAY = 86_400;

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "memory is given for no cache",
    ({ redis }) => {
      change(redis.memory, { cache: 1 });
    },
    ["shop-system/stores/redis/memory/cache: must be absent without cache, got 1"],
  ],
  [
    "a cache has no memory of its own [TKT-SEC.3]",
    ({ redis }) => {
      change(redis, { cache: ["reports"] });
    },
    [
      "shop-system/stores/redis/memory/cache: must be given: the cache is an instance of its own (TKT-SEC.3), got undefined",
    ],
  ],
  [
    "a local database is on two hosts",
    ({ ledger }) => {
      change(ledger, { zones: 2, single: undefined });
    },
    [
      "shop-system/stores/books/on: must be hosts in one zone: each host would have a database of its own, got ledger in 2 zones",
    ],
  ],
  [
    "a local database lies on the root volume",
    ({ ledger }) => {
      change(ledger, { dataVolume: undefined });
    },
    ["shop-system/stores/books/on/dataVolume: must be given: data lies apart from the root volume, got nothing"],
  ],
  [
    "signed URLs live longer than S3 lets them",
    ({ pictures }) => {
      change(pictures, { signedFor: 8 * DAY });
    },
    ["shop-system/stores/pictures/signedFor: must be <= 7 days: S3 signs for no longer, got 8 days"],
  ],
  [
    "a failover needs no quorum",
    ({ redis }) => {
      change(redis.failover, { quorum: 1 });
    },
    ["shop-system/stores/redis/failover/quorum: must be a whole number from 2 to 3, got 1"],
  ],
  [
    "the audit stream is shorter than the logs",
    ({ service }) => {
      change(service.logs, { audit: 29 * DAY });
    },
    ["shop-system/logs/audit: must be >= keep (30 days) (MUN-3.13), got 29 days"],
  ],
  [
    "a right is named twice",
    ({ service }) => {
      change(service.access[0] ?? {}, { may: ["read", "read"] });
    },
    ["shop-system/access/shop/may: must name each right once, got read, read"],
  ],
];

describe("validateCatalogue: stores", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
