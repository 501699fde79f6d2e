import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a service has one replica [MUN-4.8]",
    ({ shop }) => {
      change(shop.replicas, { min: 1 });
    },
    ["shop-system/components/shop/replicas/min: must be >= 2 (MUN-4.8), got 1"],
  ],
  [
    "the most is less than the least",
    ({ shop }) => {
      change(shop.replicas, { max: 1 });
    },
    ["shop-system/components/shop/replicas/max: must be >= min (2), got 1"],
  ],
  [
    "a singleton has two replicas",
    ({ shop }) => {
      change(shop, { singleton: true, deploy: "rolling" });
    },
    ["shop-system/components/shop/replicas: must be min 1 and max 1 for a singleton, got min 2, max 6"],
  ],
  [
    "a singleton is blue and green",
    ({ shop }) => {
      change(shop, { singleton: true, replicas: { min: 1, max: 1, cpu: 0.7 } });
    },
    [
      'shop-system/components/shop/deploy: must be "rolling" for a singleton: blue and green would run at once, got "blue-green"',
    ],
  ],
  [
    "a replica's share of processor is above one",
    ({ shop }) => {
      change(shop.replicas, { cpu: 1.5 });
    },
    ["shop-system/components/shop/replicas/cpu: must be a number above zero, at most 1, got 1.5"],
  ],
  [
    "a probe asks an unknown listener",
    ({ shop }) => {
      change(shop.probes.readiness, { on: "api" });
    },
    ['shop-system/components/shop/probes/readiness/on: must be a listener of shop: web, app, metrics, got "api"'],
  ],
  [
    "the kubelet cannot reach what it probes",
    ({ shop }) => {
      change(shop.probes.readiness, { on: "app" });
    },
    [
      "shop-system/components/shop/probes/readiness/on: must be a listener that the kubelet can reach: TLS without client certificate, got app (loopback)",
    ],
  ],
  [
    "a probe asks for HTTP where none is spoken",
    ({ shop }) => {
      change(shop.listens.web, { speaks: undefined });
    },
    [
      'shop-system/components/shop/probes/startup/on: must be a listener that speaks HTTP, got "web"',
      'shop-system/components/shop/probes/readiness/on: must be a listener that speaks HTTP, got "web"',
      'shop-system/components/shop/probes/liveness/on: must be a listener that speaks HTTP, got "web"',
    ],
  ],
  [
    "a probe has no path",
    ({ shop }) => {
      change(shop.probes.readiness, { path: "health" });
    },
    ['shop-system/components/shop/probes/readiness/path: must begin with "/", got "health"'],
  ],
  [
    "a load balancer waits longer than it asks",
    ({ gate }) => {
      change(gate.health, { timeout: 11 });
    },
    ["shop-system/components/gate/health/timeout: must be <= every (10 seconds), got 11 seconds"],
  ],
  [
    "one zone is chosen without a reason",
    ({ ledger }) => {
      change(ledger, { single: undefined });
    },
    [
      "shop-system/components/ledger/single: must give reason and until where zones is 1: a zone lost is a service lost, got nothing",
    ],
  ],
  [
    "a reason is none",
    ({ ledger }) => {
      change(ledger.single ?? {}, { reason: "because" });
    },
    ['shop-system/components/ledger/single/reason: must say why, in at least 10 characters, got "because"'],
  ],
  [
    "a weaker choice is past its date",
    ({ ledger }) => {
      change(ledger.single ?? {}, { until: "2026-06-01" });
    },
    ['shop-system/components/ledger/single/until: must be later than today (2026-06-01), got "2026-06-01"'],
  ],
  [
    "a weaker choice stands for too long",
    ({ ledger }) => {
      change(ledger.single ?? {}, { until: "2028-06-02" });
    },
    ['shop-system/components/ledger/single/until: must be at most 2 years ahead (2028-06-01), got "2028-06-02"'],
  ],
  [
    "a weaker choice ends on no day",
    ({ ledger }) => {
      change(ledger.single ?? {}, { until: "2027-02-30" });
    },
    ['shop-system/components/ledger/single/until: must be a day, YYYY-MM-DD, got "2027-02-30"'],
  ],
  [
    "a reason stands for no weaker choice",
    ({ gate }) => {
      change(gate, { single: { reason: "no reason at all", until: "2026-12-31" } });
    },
    ['shop-system/components/gate/single: must be absent where zones is 2, got "no reason at all"'],
  ],
];

describe("validateCatalogue: components", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
