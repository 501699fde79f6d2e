import { describe, expect, test } from "vitest";
import { planLab } from "../../scripts/lab/plan.ts";
import { type Serials, shownBy, stale } from "../../scripts/lab/verify/certificates.ts";
import { differences } from "../../scripts/lab/verify/check-mode.ts";
import { unless, unlessWhole } from "../../scripts/lab/verify/edge-client.ts";
import { holdersOf, keepsOld, loginOf } from "../../scripts/lab/verify/logins.ts";
import { changedRules } from "../../scripts/lab/verify/reboot.ts";
import { mostAgain } from "../../scripts/lab/verify/under-load.ts";

const ticketing = planLab("ticketing", "dev");
const broker = planLab("message-broker", "dev");

describe("what a renewal left as it was", () => {
  const serials = (own: string, shown: string): Serials => ({
    files: [
      { path: "/tls.crt", serial: own, renews: true },
      { path: "/proxy.crt", serial: "b1", renews: false },
    ],
    listeners: { 443: shown, 8001: "b1" },
  });

  test("is nothing when the file is another and each listener shows one that lies there", () => {
    expect(stale(serials("a1", "a1"), serials("a2", "a2"))).toEqual([]);
  });

  test("is the file that stayed, and the listener that shows the one before or none", () => {
    expect(stale(serials("a1", "a1"), serials("a1", "a1"))).toEqual([
      "/tls.crt: must be another after the renewal, is a1 still",
    ]);
    expect(stale(serials("a1", "a1"), serials("a2", "a1"))).toEqual(["port 443: must show one of a2, b1, got a1"]);
    expect(stale(serials("a1", "a1"), serials("a2", "TimeoutError: timed out"))).toEqual([
      "port 443: must show one of a2, b1, got TimeoutError: timed out",
    ]);
  });

  test("is found too where a host renews none", () => {
    const people = { files: [{ path: "/proxy.crt", serial: "b1", renews: false }], listeners: {} };

    expect(stale(people, people)).toEqual(["no certificate is renewed by the host"]);
  });

  test("is looked for at every declared listener with TLS, each opened by its own words", () => {
    const openings = (plan: typeof broker, group: string) => {
      const host = plan.hosts.find((each) => each.group === group);
      return host === undefined ? [] : shownBy({ plan }, host).map(([port, , opening]) => `${port} ${opening}`);
    };

    expect(openings(ticketing, "api")).toEqual(["443 tls", "9101 tls", "9113 tls", "9100 tls"]);
    expect(openings(ticketing, "database")).toEqual([
      ...["5432 postgres", "8008 tls", "2379 tls", "2380 tls", "9187 tls", "9100 tls"],
    ]);
    expect(openings(broker, "proxy")).toEqual(expect.arrayContaining(["8001 proxy", "8002 tls", "8003 tls"]));
    expect(openings(broker, "main")).toEqual(expect.arrayContaining(["8000 tls", "3306 mysql"]));
  });
});

test("a rotated secret is looked for where the catalogue has it: a login of a store, and units", () => {
  const found = (plan: typeof broker, secret: string) => {
    const login = loginOf({ plan }, secret);
    const units = holdersOf({ plan }, secret).map(({ host, unit }) => `${host.name} ${unit.name}`);
    return [login.store.kind, login.name, keepsOld(login), ...units];
  };
  const own = [
    ...["api-a ticketing-api", "api-b ticketing-api"],
    ...[
      "worker-a ticketing-scheduler",
      "worker-a ticketing-bot",
      "worker-b ticketing-scheduler",
      "worker-b ticketing-bot",
    ],
  ];

  expect(found(ticketing, "db-replication")).toEqual(["patroni", "replication", false]);
  expect(found(ticketing, "db-app")).toEqual(["patroni", "app", false, ...own]);
  expect(found(ticketing, "redis-app")).toEqual(["redis-sentinel", "app", true, ...own]);
  expect(found(broker, "db-app")).toEqual(["local-mysql", "systemuser", true, "main-a main_server"]);
  expect(found(broker, "redis-app")).toEqual([
    ...["local-redis", "default", true, "proxy-a message-broker-proxy", "proxy-b message-broker-proxy"],
  ]);
  expect(() => found(ticketing, "bot-token")).toThrow("ticketing/bot-token: must open a login of a store");
});

test("a firewall is the same after a reboot only with the same rules in the same order", () => {
  const rules = ["table inet platform {", "  tcp dport 443 accept", "  counter drop", "}"];

  expect(changedRules("api-a", rules, rules)).toEqual([]);
  expect(changedRules("api-a", rules, [rules[0], "  accept", rules[2], rules[3]].map(String))).toEqual([
    'api-a: the firewall lost "tcp dport 443 accept" by the reboot',
    'api-a: the firewall got "accept" by the reboot',
  ]);
  expect(changedRules("api-a", rules, [rules[0], rules[2], rules[1], rules[3]].map(String))).toEqual([
    "api-a: the firewall has its rules in another order by the reboot",
  ]);
});

test("requests are sent again a few times for each host behind a door at most", () => {
  expect(mostAgain(ticketing)).toBe(2 * 2 * 4);
  expect(mostAgain(broker)).toBe((2 + 2) * 2 * 4);
});

describe("a client that must be refused", () => {
  const answer = { status: 403, headers: {}, body: "", resumed: false };

  test("is not refused by a connection that only failed", () => {
    expect(unless("a stranger", answer, 403)).toEqual([]);
    expect(unless("a stranger", { ...answer, status: 200 }, 403)).toEqual(["a stranger: must get 403, got 200"]);
    expect(unless("a stranger", { none: "TimeoutError: timed out" }, 403)).toEqual([
      "a stranger: must get 403, got none (TimeoutError: timed out)",
    ]);
  });

  test("must not have got in by its old session", () => {
    expect(unlessWhole("a stranger", answer)).toEqual([]);
    expect(unlessWhole("a stranger", { ...answer, resumed: true })).toEqual([
      "a stranger: must be a whole handshake, was opened by its old session",
    ]);
  });
});

test("what a run with --check must not change is compared line by line, at every place", () => {
  const before = new Map([
    ["api-a", "file /etc/hosts 1\nunit nginx.service 7"],
    ["AWS", "secret a 1"],
  ]);

  expect(differences(before, new Map(before))).toEqual([]);
  expect(differences(before, new Map([["api-a", "file /etc/hosts 2\nunit nginx.service 7\npackage x 1"]]))).toEqual([
    "api-a: lost file /etc/hosts 1",
    "api-a: got file /etc/hosts 2",
    "api-a: got package x 1",
    "AWS: lost secret a 1",
  ]);
});
