import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { countOf, Fields } from "../../../policies/model/cluster/fields.ts";
import { networkPolicies } from "../../../policies/model/cluster/network-policies.ts";
import { quantityOf } from "../../../policies/model/cluster/quantity.ts";
import { selectorOf, selects } from "../../../policies/model/cluster/selector.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { object } from "../../../policies/rules/cluster/examples/workloads.ts";

/** Labels, quantities and shares as the API reads them. */

test.each([
  [{}, true],
  [{ matchLabels: { app: "web" } }, true],
  [{ matchLabels: { app: "web", tier: "db" } }, false],
  [{ matchExpressions: [{ key: "app", operator: "In", values: ["api", "web"] }] }, true],
  [{ matchExpressions: [{ key: "app", operator: "NotIn", values: ["api"] }] }, true],
  [{ matchExpressions: [{ key: "tier", operator: "NotIn", values: ["db"] }] }, true],
  [{ matchExpressions: [{ key: "tier", operator: "Exists" }] }, false],
  [{ matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, true],
  [{ matchLabels: { app: "web" }, matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }, false],
  [{ matchExpressions: [{ key: "app", operator: "Gt", values: ["1"] }] }, false],
])("selector %j meets app=web: %s", (selector, met) => {
  expect(selects(selectorOf(new Fields(selector as JsonObject)), new Map([["app", "web"]]))).toBe(met);
});

test.each([
  ["500m", 0.5],
  ["2", 2],
  ["64Mi", 64 * 2 ** 20],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["100M", 100e6],
  ["1e3", 1000],
  ["1E", 1e18],
  ["1 gigabyte", undefined],
  ["", undefined],
])("quantity %j is %s", (text, amount) => {
  expect(quantityOf(text)).toBe(amount);
});

test("parts of a whole are rounded up", () => {
  expect([countOf({ percent: 51 }, 2), countOf({ percent: 0 }, 9), countOf({ count: 4 }, 2)]).toEqual([2, 0, 4]);
});

test.each([
  [{ policyTypes: ["Ingress", "Egress"] }, ["ingress", "egress"], true],
  [{ policyTypes: ["Egress"] }, ["egress"], false],
  [{}, ["ingress"], false],
  [{ egress: [] }, ["ingress"], false],
  [{ egress: [{}] }, ["ingress", "egress"], false],
  [{ policyTypes: ["Ingress", "Egress"], ingress: [{}] }, ["ingress", "egress"], false],
])("a policy of %j closes %j and denies all: %s", (spec, closes, deniesAll) => {
  const policy = object("networking.k8s.io/v1", "NetworkPolicy", "web", { spec: { podSelector: {}, ...spec } });
  const [found] = estateOf({ title: "", manifests: [policy] }).of(networkPolicies);
  expect([found?.closes, found?.deniesAll]).toEqual([closes, deniesAll]);
});
