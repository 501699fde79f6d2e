import { describe, expect, test } from "vitest";
import {
  apiPolicies,
  classicPolicies,
  distributionPolicies,
  loadBalancerPolicies,
  searchPolicies,
  thingsPolicies,
} from "../../../policies/model/tls/policy-tables.ts";
import { atLeast, lowestOf, protocolOf } from "../../../policies/model/tls/protocols.ts";

describe("versions of TLS", () => {
  test("are known in each of their spellings", () => {
    const spelt = ["TLSv1.2", "tlsv1.2", "TLS1.2", "TLS_1_2", "1.2", "TLSv1", "TLSv1.0", "SSLv3", "TLS 1.3"];
    expect(spelt.map(protocolOf)).toEqual([
      ...["TLSv1.2", "TLSv1.2", "TLSv1.2", "TLSv1.2", "TLSv1.2", "TLSv1", "TLSv1", "SSLv3", "TLSv1.3"],
    ]);
    expect(["TLSv2", "", "HTTPS", "TLSv1.2_2021", "1.2.3"].map(protocolOf)).toEqual(Array(5).fill(undefined));
  });

  test("are ordered by age, and one that is none hides no older one", () => {
    expect(lowestOf(["TLSv1.3", "TLSv1.1", "TLSv1.2"])).toBe("TLSv1.1");
    expect(lowestOf(["TLSv1.3", "whatever"])).toBeUndefined();
    expect(lowestOf([])).toBeUndefined();
    expect([atLeast("TLSv1.2", "TLSv1.2"), atLeast("TLSv1", "TLSv1.2"), atLeast("SSLv3", "TLSv1")]).toEqual([
      ...[true, false, false],
    ]);
  });
});

/** Names of AWS say much of what a policy allows: a slip in a table contradicts them. */
describe("tables of policies", () => {
  test("agree with the versions in the names of load balancers' policies", () => {
    for (const [name, { lowest, highest, postQuantum }] of loadBalancerPolicies.ranges) {
      const [, newest, oldest] = /^ELBSecurityPolicy-TLS(13)?-(1-\d)-/.exec(name) ?? [];
      if (oldest !== undefined)
        expect([name, lowest], name).toEqual([name, `TLSv${oldest.replace("-", ".")}`.replace("v1.0", "v1")]);
      if (oldest !== undefined) expect(highest, name).toBe(newest === undefined ? "TLSv1.2" : "TLSv1.3");
      expect(postQuantum, name).toBe(name.includes("-PQ-"));
    }
  });

  test("agree with the names of other policies", () => {
    for (const [name, { lowest }] of [...distributionPolicies.ranges]) expect(name.replace(/_\d{4}$/, "")).toBe(lowest);
    for (const [name, { lowest, postQuantum, forwardSecret }] of apiPolicies.ranges) {
      expect(postQuantum, name).toBe(name.includes("_PQ_"));
      if (name.includes("PFS")) expect(forwardSecret, name).toBe(true);
      if (/TLS13_1_3|TLS13_2025/.test(name)) expect(lowest, name).toBe("TLSv1.3");
    }
    for (const [name, { lowest }] of searchPolicies.ranges)
      expect(lowest === "TLSv1.2", name).toBe(name.includes("TLS-1-2"));
    for (const [name, { lowest }] of thingsPolicies.ranges)
      expect(lowest === "TLSv1", name).toBe(name.includes("_1_0_"));
  });

  test("have what is used where nothing is named", () => {
    for (const { byDefault, ranges } of [loadBalancerPolicies, classicPolicies, distributionPolicies, searchPolicies]) {
      expect(ranges.has(byDefault ?? "nothing")).toBe(true);
    }
  });
});
