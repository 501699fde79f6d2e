import { beforeAll, describe, expect, test } from "vitest";
import { rulesetOf, rulesetsOf } from "../../../ansible/firewall.ts";
import type { Estate, Host } from "../../../services/resolve.ts";
import { addressesOf as addressesAskedAbout, type Declared, declared, hostsOf, opener } from "./declared.ts";
import { addressesOf, hasNft, loaded, type Packet, packet, passing, shownPassing, type Table } from "./nft.ts";

/** All that a ruleset opens against, or keeps closed besides, what is declared; nothing where it is as declared. */
function faultsOf({ environment }: Declared, host: Host, table: Table): readonly string[] {
  const seen = hostsOf(environment).find(({ address }) => address === host.address);
  if (seen === undefined) throw new Error(`${host.tag} is not in the index`);
  return (["input", "output"] as const).flatMap((hook) => {
    const wantedAt = opener(environment, seen, hook);
    return addressesAskedAbout(environment)
      .filter((address) => address !== host.address)
      .flatMap((address) => {
        const ends = hook === "input" ? { from: address, to: host.address } : { from: host.address, to: address };
        const got = (["tcp", "udp"] as const).flatMap((protocol) => {
          const { ports, allOthers } = passing(table, packet({ hook, protocol, ...ends }));
          return [...(allOthers ? [`${protocol}/any other`] : []), ...[...ports].map((port) => `${protocol}/${port}`)];
        });
        const wanted = wantedAt(address);
        return got.sort().join() === wanted.join()
          ? []
          : [`${hook} ${address}: declared ${wanted.join() || "nothing"}, possible ${got.join() || "nothing"}`];
      });
  });
}

const tables = new Map<string, Table>();
const hostNamed = (tag: string): readonly [Declared, Host] => {
  for (const each of declared) {
    const host = each.estate.services.flatMap(({ hosts }) => hosts).find((one) => one.tag === tag);
    if (host !== undefined) return [each, host];
  }
  throw new Error(`no host ${tag}`);
};
const tableOf = (tag: string): Table => {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`no table of ${tag}`);
  return table;
};
/** What passes a host's firewall, as text. */
const shown = (tag: string, given: Partial<Packet> & Pick<Packet, "hook">) => {
  const [, { address }] = hostNamed(tag);
  const own = given.hook === "input" ? { to: address } : { from: address };
  return shownPassing(passing(tableOf(tag), packet({ ...own, ...given })));
};

describe.runIf(hasNft)("the firewall of a host", () => {
  beforeAll(() => {
    const all = declared.flatMap(({ estate }) => rulesetsOf(estate));
    const read = loaded(all.map(({ text }) => text));
    for (const [index, { host }] of all.entries()) {
      const table = read[index];
      if (table !== undefined) tables.set(host.tag, table);
    }
  });

  test.each(declared.map((each) => ({ name: each.environment.name, each })))(
    "opens in $name exactly what is declared, on all ports, both ways",
    ({ each }) => {
      const hosts = each.estate.services.flatMap((service) => service.hosts);

      const faults = hosts.flatMap((host) =>
        faultsOf(each, host, tableOf(host.tag)).map((fault) => `${host.tag} ${fault}`),
      );

      expect(hosts).toHaveLength(33);
      // A few say enough.
      expect(faults.slice(0, 5)).toEqual([]);
    },
  );

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

  test("[NOD-5.1] lets nobody to 22, wherever from", () => {
    const rules = [...tables.values()].flatMap((table) => table.rules);

    expect(tables.size).toBe(99);
    expect(rules.filter(({ expr }) => JSON.stringify(expr).includes('"right":22}'))).toEqual([]);
  });

  test("[BRK-SEC.9] names the sources of every port that it opens, and none that is wider than a subnet", () => {
    for (const [tag, table] of tables) {
      const open = table.rules.filter(({ chain, expr }) => chain === "input" && JSON.stringify(expr).includes("dport"));
      const sources = open.flatMap((rule) => addressesOf(table, rule, "saddr"));

      expect([tag, open.length > 0, open.every((rule) => addressesOf(table, rule, "saddr").length > 0)]).toEqual([
        tag,
        true,
        true,
      ]);
      expect(sources.filter((source) => !/^10\.\d+\.\d+\.\d+(\/22)?$/.test(source))).toEqual([]);
    }
  });

  test("[BRK-SEC.10] is a whole table that loads over itself and drops in every direction what no rule takes", () => {
    for (const [tag, { chains }] of tables) {
      const hooks = Object.values(chains).map(({ hook, policy, prio }) => `${hook} ${policy} ${prio}`);
      expect([tag, ...hooks.sort()]).toEqual([tag, "forward drop 0", "input drop 0", "output drop 0"]);
    }
    expect(shown("dev-tkt-api-a", { hook: "forward", from: "10.10.210.4", to: "10.10.66.4" })).toBe("nothing");
  });

  test("says which flow each rule is for", () => {
    for (const { estate } of declared) {
      const ids = new Set([...estate.services.flatMap(({ flows }) => flows), ...estate.flows].map(({ id }) => id));
      for (const { tag } of estate.services.flatMap(({ hosts }) => hosts)) {
        const opened = tableOf(tag).rules.filter(({ expr }) => JSON.stringify(expr).includes("dport"));
        const unknown = opened.filter(
          ({ comment = "" }) => !ids.has(comment) && !comment.endsWith("->outside/internet:443"),
        );
        expect([tag, unknown]).toEqual([tag, []]);
      }
    }
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

  /** A change to the text of a ruleset, and whose. */
  const mutations: readonly (readonly [what: string, tag: string, from: RegExp, to: string])[] = [
    ["a source is forgotten", "dev-brk-proxy-a", /ip saddr @message_broker_clients /, ""],
    [
      "a policy accepts and the last rule is gone",
      "dev-brk-main-a",
      /policy drop;([^}]*)counter drop comment "the rest"/,
      "policy accept;$1",
    ],
    [
      "one more source",
      "dev-brk-main-a",
      /elements = \{ 10\.10\.178\.8 \}/,
      "elements = { 10.10.178.8, 10.10.178.11 }",
    ],
    ["one source less", "dev-brk-main-a", /10\.10\.50\.196, /, ""],
    ["a wider range", "dev-brk-proxy-a", /10\.10\.8\.0\/22/, "10.10.8.0/21"],
    ["another port", "dev-tkt-database-a", /dport 8008/, "dport 8009"],
    ["another protocol", "dev-tkt-api-a", /udp dport 123/, "tcp dport 123"],
    ["a rule before all others", "dev-brk-main-a", /(ct state established accept)/, "tcp dport 3306 accept\n $1"],
    ["a rule is gone", "dev-tkt-redis-a", /\n.*dport 26379.*\n/, "\n"],
    [
      "a rule behind the last drop",
      "dev-tkt-redis-a",
      /(\n.*dport 26379 accept[^\n]*)([^}]*counter drop comment "the rest")/,
      "$2$1",
    ],
    ["a condition turned round", "dev-tkt-worker-a", /!= @inside/, "@inside"],
    [
      "new connections pass as answers",
      "dev-tkt-api-a",
      /ct state established accept/,
      "ct state { established, new } accept",
    ],
  ];
  test.each(mutations)("is judged wrong when %s", (_, tag, from, to) => {
    const [each, host] = hostNamed(tag);
    const text = rulesetOf(each.estate, host);
    const changed = text.replace(from, to);

    const [table] = loaded([changed]);

    expect(changed).not.toBe(text);
    expect(faultsOf(each, host, table ?? tableOf(tag)).length).toBeGreaterThan(0);
  });
});

describe("a ruleset", () => {
  const [{ estate }] = declared as readonly [Declared];
  const [, host] = hostNamed("dev-tkt-api-a");
  const changed = (change: (flow: Estate["flows"][number]) => Partial<Estate["flows"][number]>): Estate => ({
    ...estate,
    services: estate.services.map((service) => ({
      ...service,
      flows: service.flows.map((flow) => (flow.id === "ticketing/web->api:443" ? { ...flow, ...change(flow) } : flow)),
    })),
  });
  const places = "hosts, load balancers, stores, pods, the cluster, endpoints and services of the platform";

  test.each(["ticketing/gone", "gone/api", "outside/internet", "platform/gone", "ticketing/"])(
    "fails when a flow comes from %s, where nobody stands",
    (from) => {
      expect(() =>
        rulesetOf(
          changed(() => ({ from })),
          host,
        ),
      ).toThrow(new Error(`ticketing/web->api:443: must lead to what has addresses (${places}), got ${from}`));
    },
  );

  test.each([
    ["quotes", 'ticketing/"web"->api:443'],
    ["two lines", "ticketing/web->api:443\naccept"],
    ["more than the kernel keeps", "x".repeat(129)],
  ])("fails when an id has %s", (_, id) => {
    expect(() =>
      rulesetOf(
        changed(() => ({ id })),
        host,
      ),
    ).toThrow(`${id}: must be at most 128 plain characters without quotes to be a comment`);
  });

  test("fails when a reason has two lines: the second would be a rule", () => {
    expect(() =>
      rulesetOf(
        changed(() => ({ why: "one\naccept" })),
        host,
      ),
    ).toThrow("ticketing/web->api:443: why must be one line, got one\naccept");
  });

  test("is the same bytes for the same estate, and begins as nft's own scripts do", () => {
    expect(rulesetOf(estate, host)).toBe(rulesetOf(estate, host));
    expect(rulesetOf(estate, host).split("\n").slice(0, 4)).toEqual([
      "#!/usr/sbin/nft -f",
      "# Firewall of dev-tkt-api-a: its declared flows and nothing else. Made by npm start from the catalogue. Do not edit.",
      "table inet platform {}",
      "delete table inet platform",
    ]);
  });

  test("of all hosts are those of each", () => {
    const all = rulesetsOf(estate);

    expect(all.map(({ text }) => text)).toEqual(all.map((each) => rulesetOf(estate, each.host)));
    expect(rulesetsOf(estate, (name) => name === "message-broker").map((each) => each.host.tag)).toEqual([
      "dev-brk-proxy-a",
      "dev-brk-proxy-b",
      "dev-brk-main-a",
      "dev-brk-worker-a",
      "dev-brk-portal-a",
      "dev-brk-portal-b",
    ]);
  });
});
