import { beforeAll, describe, expect, test } from "vitest";
import { rulesetOf, rulesetsOf } from "../../../ansible/firewall.ts";
import type { Estate, Host } from "../../../services/resolve.ts";
import { addressesOf as addressesAskedAbout, type Declared, declared, hostsOf, opener } from "./declared.ts";
import { addressesOf, hasNft, loaded, packet, passing, type Table } from "./nft.ts";
import { hostNamed, shownIn, tablesOfAll } from "./tables.ts";

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

let tables: ReadonlyMap<string, Table> = new Map();
const tableOf = (tag: string): Table => {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`no table of ${tag}`);
  return table;
};

describe.runIf(hasNft)("the firewall of a host", () => {
  beforeAll(() => {
    tables = tablesOfAll();
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
    expect(
      shownIn(tableOf("dev-tkt-api-a"), "dev-tkt-api-a", { hook: "forward", from: "10.10.210.4", to: "10.10.66.4" }),
    ).toBe("nothing");
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
