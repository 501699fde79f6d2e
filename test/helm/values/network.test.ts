import { describe, expect, test } from "vitest";
import type { NetworkPolicyPeer, NetworkPolicyPort } from "../../../helm/values/kubernetes.ts";
import type { WorkloadValues } from "../../../helm/values/service-values.ts";
import { egress, files, flow } from "../../../services/define.ts";
import { type EndpointGroup, endpoints } from "../../../services/platform.ts";
import { machines } from "../../services/resolve/small.ts";
import { api, behindEdge, listenerOf, realValues, smallValues } from "./small.ts";

/** A peer as a person writes it: `edge`, `10.0.0.4`, `10.0.0.0/22`, `internet`. */
function shown({ podSelector, ipBlock }: NetworkPolicyPeer): string {
  if (podSelector?.matchLabels !== undefined) return podSelector.matchLabels["app.kubernetes.io/name"] ?? "?";
  return ipBlock?.cidr === "0.0.0.0/0" ? "internet" : (ipBlock?.cidr.replace(/\/32$/, "") ?? "?");
}
const rule = (peers: readonly NetworkPolicyPeer[] = [], ports: readonly NetworkPolicyPort[] = []) =>
  `${peers.map(shown).join(" ")}: ${ports.map(({ protocol, port }) => `${port}/${protocol}`).join(" ")}`;
const shownNetwork = ({ network: { ingress, egress: out } }: Pick<WorkloadValues, "network">) => ({
  in: ingress.map(({ from, ports }) => rule(from, ports)),
  out: out.map(({ to, ports }) => rule(to, ports)),
});

// Addresses of production, spelt by hand from docs/adr/0009-tiers-and-addresses.md: nothing here is derived.
const balancers = "10.30.0.0/22 10.30.4.0/22 10.30.8.0/22: 8443/TCP";
const prometheus = "10.30.210.4 10.30.214.4";
const tempo = "10.30.210.12 10.30.214.12: 4317/TCP";
const names = "172.20.0.10: 53/UDP 53/TCP";
const credentials = "169.254.170.23: 80/TCP";
const storage = "10.30.82.10 10.30.86.10 10.30.90.10: 443/TCP";
const secrets = "10.30.82.13 10.30.86.13 10.30.90.13 10.30.82.14 10.30.86.14 10.30.90.14: 443/TCP";
const mail = "10.30.82.22 10.30.86.22 10.30.90.22: 587/TCP";
const databases = "10.30.64.0/22 10.30.68.0/22 10.30.72.0/22: 5432/TCP";
const redisOf = { mun: "10.30.66.132 10.30.70.132 10.30.74.132", alc: "10.30.67.4 10.30.71.4 10.30.75.4" };
const both = "6379/TCP 26379/TCP";
const mongo = "10.30.66.68 10.30.70.68 10.30.74.68: 27017/TCP";
const withBuckets = [names, credentials, storage];
const watching = [names, credentials, secrets];

const expected: Readonly<Record<string, Readonly<Record<string, { in: readonly string[]; out: readonly string[] }>>>> =
  {
    "desktop-backend": {
      edge: { in: [balancers, `${prometheus}: 9113/TCP 8443/TCP`], out: ["backend: 8443/TCP", names] },
      backend: { in: ["edge: 8443/TCP", `${prometheus}: 9102/TCP`], out: [mongo, names] },
      dump: { in: [], out: [mongo, ...withBuckets] },
      "verify-dump": { in: [], out: withBuckets },
      migrate: { in: [], out: [mongo, names] },
      "rotation-check": { in: [], out: watching },
    },
    "student-allocation": {
      edge: { in: [balancers, `${prometheus}: 9113/TCP 8443/TCP`], out: ["api: 8443/TCP", names] },
      api: {
        in: ["edge: 8443/TCP", `${prometheus}: 9102/TCP`],
        out: [databases, `${redisOf.alc}: ${both}`, tempo, names],
      },
      dump: { in: [], out: [databases, ...withBuckets] },
      logins: { in: [], out: [databases, names] },
      migrate: { in: [], out: [databases, names] },
      "api-keys": { in: [], out: [databases, names] },
      "rotation-check": { in: [], out: watching },
    },
    "resident-services": {
      edge: {
        in: [balancers, `${prometheus}: 9113/TCP 8443/TCP`],
        out: ["api: 8443/TCP", "frontend: 8443/TCP", names],
      },
      api: {
        in: ["edge: 8443/TCP", `${prometheus}: 9102/TCP`],
        out: [databases, `${redisOf.mun}: ${both}`, "clamav: 3310/TCP", tempo, ...withBuckets, "internet: 443/TCP"],
      },
      frontend: { in: ["edge: 8443/TCP"], out: [names] },
      worker: {
        in: [],
        out: [databases, `${redisOf.mun}: ${both}`, "clamav: 3310/TCP", mail, tempo, ...withBuckets],
      },
      beat: { in: [], out: [`${redisOf.mun}: ${both}`, tempo, names] },
      clamav: {
        in: ["api: 3310/TCP", "worker: 3310/TCP", `${prometheus}: 9102/TCP`],
        out: [names, "internet: 443/TCP"],
      },
      "queue-exporter": { in: [`${prometheus}: 9808/TCP`], out: [`${redisOf.mun}: ${both}`, names] },
      "db-exporter": { in: [`${prometheus}: 9187/TCP`], out: [databases, names] },
      logins: { in: [], out: [databases, names] },
      migrate: { in: [], out: [databases, names] },
      purge: { in: [], out: [databases, ...withBuckets] },
      "audit-anchor": { in: [], out: [databases, ...withBuckets] },
      dump: { in: [], out: [databases, ...withBuckets] },
      "rotation-check": { in: [], out: watching },
    },
  };

describe("who may talk to whom on pods", () => {
  test.each(Object.entries(expected))(
    "of %s is what its flows say and nothing else [ALC-6.8] [ALC-SEC.2] [NOD-5.3]",
    (service, workloads) => {
      const { components, jobs } = realValues("production", service);

      const all = Object.entries({ ...components, ...jobs });

      expect(Object.fromEntries(all.map(([name, workload]) => [name, shownNetwork(workload)]))).toEqual(workloads);
    },
  );

  test("leads to the endpoints of the one zone that has them where gateways stand in one, and to all zones else", () => {
    const { components, jobs } = realValues("dev", "student-allocation");
    const shownOf = (workload: WorkloadValues | undefined) =>
      shownNetwork(workload ?? { network: { ingress: [], egress: [] } });

    expect(shownOf(jobs["dump"]).out).toEqual([
      "10.10.64.0/22 10.10.68.0/22 10.10.72.0/22: 5432/TCP",
      names,
      credentials,
      "10.10.82.10: 443/TCP",
    ]);
    expect(shownOf(jobs["rotation-check"]).out).toEqual([names, credentials, "10.10.82.13 10.10.82.14: 443/TCP"]);
    expect(shownOf(components["edge"]).in[0]).toBe("10.10.0.0/22 10.10.4.0/22 10.10.8.0/22: 8443/TCP");
  });

  const numbers: Readonly<Record<EndpointGroup, readonly number[]>> = {
    ...{ management: [11, 12], secrets: [13, 14], telemetry: [15, 16], certificates: [17], registry: [18, 19] },
    ...{ identity: [20], tokens: [21], storage: [10], mail: [22] },
  };
  test.each(Object.values(endpoints).map((listener) => [listener.owner, listener] as const))(
    "reaches of %s its own addresses, and those of no other group",
    (owner, listener) => {
      const target = api();
      const more = { flows: [flow(target, listener, "its work")] };
      const own = numbers[owner.replace("platform/endpoint-", "") as EndpointGroup].map((last) => `10.99.82.${last}`);

      const { network } = smallValues(behindEdge(target, { more })).components["api"] ?? {};

      const port = owner === "platform/endpoint-mail" ? 587 : 443;
      const found = network?.egress.map(({ to, ports }) => rule(to, ports));
      expect(found?.filter((line) => line.includes("10.99.82."))).toEqual([`${own.join(" ")}: ${port}/TCP`]);
      expect(network?.egress).toHaveLength(2);
    },
  );

  test("passes by what stays inside the pod", () => {
    const target = api();
    const flows = [flow(target, listenerOf(target.listens, "app"), "its own sidecar")];

    const values = smallValues(behindEdge(target, { more: { flows } })).components["api"];

    expect(shownNetwork(values ?? { network: { ingress: [], egress: [] } })).toEqual({
      in: ["edge: 8443/TCP"],
      out: [names],
    });
  });

  test("names pods by the labels that their Service selects, so that its own address is opened too", () => {
    const { network } = realValues("dev", "student-allocation").components["edge"] ?? {};

    expect(network?.egress[0]?.to).toEqual([
      {
        podSelector: {
          matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/part-of": "student-allocation" },
        },
      },
    ]);
  });

  test("never takes the internet for an address inside, whoever answers there", () => {
    const { network } = realValues("dev", "resident-services").components["clamav"] ?? {};

    expect(network?.egress.at(-1)).toEqual({
      to: [
        {
          ipBlock: {
            cidr: "0.0.0.0/0",
            except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
          },
        },
      ],
      ports: [{ protocol: "TCP", port: 443 }],
    });
  });

  test("opens names on different ports together, each port once", () => {
    const target = api();
    const names = [
      egress(target, "one.example.com", "one"),
      egress(target, "two.example.com", "two"),
      egress(target, "mail.example.com", "three", 587),
    ];

    const { network } = smallValues(behindEdge(target, { more: { egress: names } })).components["api"] ?? {};

    expect(network?.egress.at(-1)?.ports).toEqual([
      { protocol: "TCP", port: 443 },
      { protocol: "TCP", port: 587 },
    ]);
  });

  test("lets hosts in by address, and reaches them so", () => {
    const [target, till] = [api(), machines("till")];
    const flows = [
      flow(till, listenerOf(target.listens, "web"), "orders"),
      flow(target, listenerOf(till.listens, "web"), "receipts"),
    ];

    const values = smallValues(behindEdge(target, { more: { components: [till], flows } })).components["api"];

    expect(shownNetwork(values ?? { network: { ingress: [], egress: [] } })).toEqual({
      in: ["edge: 8443/TCP", "10.99.178.4 10.99.182.4: 8443/TCP"],
      out: ["10.99.178.4 10.99.182.4: 443/TCP", names],
    });
  });

  test("fails when a flow leads to what has no known address", () => {
    const target = api();
    const shared = files("shared", { why: "papers", path: "/srv", uid: 1000 });
    const flows = [flow(target, shared.listens.nfs, "papers")];

    expect(() => smallValues(behindEdge(target, { more: { stores: [shared], flows } }))).toThrow(
      new Error(
        "shop/api->shared:2049: must lead to what has addresses (pods and stores of the service, hosts, load balancers before it, endpoints of the platform), got shop/shared",
      ),
    );
  });
});
