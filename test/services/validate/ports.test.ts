import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "two listeners of a host share a port",
    ({ gate }) => {
      change(gate.listens.upstream, { port: 8001 });
    },
    [
      "shop-system/components/gate/listens/upstream: must be a port that is free on the host (gate/orders has it), got 8001",
    ],
  ],
  [
    "a listener has the port of a store on the same host",
    ({ ledger }) => {
      change(ledger.listens.api, { port: 3306 });
    },
    ["shop-system/stores/books/listens/mysql: must be a port that is free on the host (ledger/api has it), got 3306"],
  ],
  [
    "a listener has the port of the node exporter",
    ({ gate }) => {
      change(gate.listens.app, { port: 9100 });
    },
    ["shop-system/components/gate/listens/node: must be a port that is free on the host (gate/app has it), got 9100"],
  ],
  [
    "a store's ports clash",
    ({ redis }) => {
      change(redis.listens.sentinel, { port: 6379 });
    },
    [
      "shop-system/stores/redis/listens/sentinel: must be a port that is free on the host (redis/redis has it), got 6379",
    ],
  ],
  [
    "a port is none",
    ({ gate }) => {
      change(gate.listens.upstream, { port: 65_536 });
    },
    ["shop-system/components/gate/listens/upstream/port: must be a whole number from 1 to 65535, got 65536"],
  ],
  [
    "a port is not a whole number",
    ({ gate }) => {
      change(gate.listens.upstream, { port: Number.NaN });
    },
    ["shop-system/components/gate/listens/upstream/port: must be a whole number from 1 to 65535, got NaN"],
  ],
];

describe("validateCatalogue: ports", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
