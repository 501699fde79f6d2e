import { describe, expect, test } from "vitest";
import { addressesOf as addressesAskedAbout } from "./declared.ts";
import { hasNft, type Packet, packet, passing } from "./nft.ts";
import { hostNamed, shownIn, tablesByTag } from "./tables.ts";

/** What the firewalls of some hosts let pass, in the words of the requirements. */

const tableOf = tablesByTag();
const shown = (tag: string, given: Partial<Packet> & Pick<Packet, "hook">) => shownIn(tableOf(tag), tag, given);

describe.runIf(hasNft)("the firewall of a host", () => {
  test("[BRK-3.1] [BRK-3.2] [BRK-3.5] of a proxy lets balancers to 8001, the worker to 8002, Prometheus to metrics, and nobody else", () => {
    const from = (address: string) => shown("prd-brk-proxy-a", { hook: "input", from: address });

    expect({
      balancer: [from("10.30.0.9"), from("10.30.4.200"), from("10.30.11.254")],
      worker: from("10.30.178.8"),
      prometheus: [from("10.30.210.4"), from("10.30.214.4")],
      main: from("10.30.178.4"),
      portal: from("10.30.178.12"),
      otherProxy: from("10.30.54.196"),
      client: from("198.51.100.7"),
      besideTheWorker: from("10.30.178.9"),
      besideBalancers: from("10.30.12.1"),
    }).toEqual({
      balancer: ["8001", "8001", "8001"],
      worker: "8002",
      prometheus: Array(2).fill("8003, 9100, 9101, 9113, 9121"),
      main: "nothing",
      portal: "nothing",
      otherProxy: "nothing",
      client: "nothing",
      besideTheWorker: "nothing",
      besideBalancers: "nothing",
    });
  });

  test("[BRK-4.1] [BRK-4.5] of a proxy lets out to main alone, besides what the platform offers", () => {
    const [{ environment }] = hostNamed("prd-brk-proxy-a");
    const table = tableOf("prd-brk-proxy-a");
    const reached = addressesAskedAbout(environment).filter(
      (to) => to !== "10.30.50.196" && shown("prd-brk-proxy-a", { hook: "output", to }) !== "nothing",
    );

    expect(shown("prd-brk-proxy-a", { hook: "output", to: "10.30.178.4" })).toBe("8000");
    expect(shown("prd-brk-proxy-a", { hook: "output", to: "8.8.8.8" })).toBe("nothing");
    expect(reached.filter((to) => !/^(169\.254|10\.30\.(82|86|90)\.)/.test(to))).toEqual([
      "10.30.178.4",
      "10.30.210.8",
      "10.30.214.8",
    ]);
    expect(table.rules.filter(({ comment }) => comment?.includes("internet"))).toEqual([]);
  });

  test("[BRK-14.1] [BRK-14.2] [BRK-14.3] of main lets in proxies, worker and portal to 8000, and nobody to 3306", () => {
    const from = (address: string) => shown("prd-brk-main-a", { hook: "input", from: address });

    const inside = ["10.30.50.196", "10.30.54.196", "10.30.178.8", "10.30.178.12", "10.30.182.12"];
    expect(inside.map(from)).toEqual(inside.map(() => "8000"));
    expect(["10.30.210.4", "10.30.214.4"].map(from)).toEqual(Array(2).fill("9100, 9101, 9104, 9113"));
    expect(["10.30.0.9", "10.30.66.4", "10.30.178.5", "10.30.50.197", "8.8.8.8"].map(from)).toEqual(
      Array(5).fill("nothing"),
    );
  });

  test("[BRK-15.1] [BRK-15.2] of main lets out to the platform's own services, and to no host of the broker or the internet", () => {
    const table = tableOf("prd-brk-main-a");
    const comments = table.rules.filter(({ chain }) => chain === "output").map(({ comment }) => comment ?? "");

    expect(comments.filter((comment) => comment.startsWith("message-broker/"))).toEqual(
      [
        ...["platform/resolver:53/udp", "platform/resolver:53", "platform/lease:67/udp", "platform/time:123/udp"],
        "platform/host-identity:80",
        ...["management", "secrets", "telemetry", "certificates", "storage"].map(
          (group) => `platform/endpoint-${group}:443`,
        ),
        "observability/loki:3100",
      ].map((end) => `message-broker/main->${end}`),
    );
    for (const to of ["10.30.178.8", "10.30.50.196", "10.30.178.12", "8.8.8.8"]) {
      expect([to, shown("prd-brk-main-a", { hook: "output", to })]).toEqual([to, "nothing"]);
    }
  });

  test("[NOD-5.3] of a MongoDB host lets the members, the pods of its service and Prometheus in, and nobody else", () => {
    const from = (address: string) => shown("prd-nod-database-a", { hook: "input", from: address });

    expect(["10.30.70.68", "10.30.74.68", "10.30.144.10", "10.30.155.254"].map(from)).toEqual(Array(4).fill("27017"));
    expect(["10.30.160.10", "10.30.66.4", "10.30.0.9", "10.30.240.9"].map(from)).toEqual(Array(4).fill("nothing"));
    expect(from("10.30.210.4")).toBe("9100, 9216");
  });

  test("lets pass what a host says to itself, answers, and errors of what it said; nothing that is invalid", () => {
    const both = (given: Partial<Packet>) =>
      (["input", "output"] as const).map((hook) => shown("dev-tkt-redis-a", { ...given, hook }));

    expect(both({ interface: "lo" })).toEqual(["everything", "everything"]);
    expect(both({ interface: "lo", family: "ipv6", from: "::1", to: "::1" })).toEqual(["everything", "everything"]);
    expect(both({ state: "established" })).toEqual(["everything", "everything"]);
    expect(both({ state: "related", protocol: "icmp" })).toEqual(["everything", "everything"]);
    expect(both({ state: "related" })).toEqual(["nothing", "nothing"]);
    expect(both({ state: "invalid", from: "10.10.130.4", to: "10.10.130.4" })).toEqual(["nothing", "nothing"]);
    expect(both({ protocol: "icmp", from: "10.10.130.4" })).toEqual(["nothing", "nothing"]);
  });

  test("drops IPv6, which the network does not have", () => {
    for (const protocol of ["tcp", "udp", "icmpv6"] as const) {
      for (const hook of ["input", "output"] as const) {
        const ends = { family: "ipv6", from: "fe80::1", to: "fe80::2", protocol } as const;
        expect([protocol, hook, shown("dev-obs-prometheus-a", { hook, ...ends })]).toEqual([protocol, hook, "nothing"]);
      }
    }
  });

  test("[TKT-4.5] lets Prometheus alone to the exporter of Redis", () => {
    const [{ environment }] = hostNamed("prd-tkt-redis-b");
    const sources = addressesAskedAbout(environment).filter((from) =>
      passing(tableOf("prd-tkt-redis-b"), packet({ hook: "input", from })).ports.has(9121),
    );

    expect(sources).toEqual(["10.30.210.4", "10.30.214.4"]);
  });

  test("gives the role's credentials to root, and to those accounts alone that need them", () => {
    const may = (tag: string, user: number) => shown(tag, { hook: "output", to: "169.254.169.254", user });

    expect(
      ["dev-tkt-api-a", "dev-brk-main-a", "dev-obs-grafana-a", "dev-tkt-redis-a"].map((tag) => may(tag, 0)),
    ).toEqual(Array(4).fill("80"));
    for (const user of [33, 610, 611, 1000]) expect([user, may("dev-tkt-api-a", user)]).toEqual([user, "nothing"]);
    expect([may("dev-tkt-database-a", 610), may("dev-tkt-database-a", 611)]).toEqual(["80", "nothing"]);
    expect([may("dev-obs-prometheus-a", 613), may("dev-obs-grafana-a", 613)]).toEqual(["80", "nothing"]);
    expect([may("dev-obs-loki-a", 611), may("dev-obs-tempo-a", 612), may("dev-obs-tempo-a", 611)]).toEqual([
      "80",
      "80",
      "nothing",
    ]);
  });

  test("lets the bot's hosts to any address outside, since the network's firewall knows names, and to none inside", () => {
    const to = (address: string) => shown("prd-tkt-worker-a", { hook: "output", to: address });

    expect(["8.8.8.8", "149.154.167.220"].map(to)).toEqual(["443", "443"]);
    expect(["10.99.0.1", "172.31.0.2", "192.168.1.1", "100.64.0.1", "169.254.169.250"].map(to)).toEqual(
      Array(5).fill("nothing"),
    );
  });
});
