import { describe, expect, test } from "vitest";
import { nowhere, parseCidr } from "../../../policies/model/addresses.ts";
import { parseRuleset } from "../../../policies/model/nftables/parse.ts";
import { hostPasses, rulesFor, unknownsOf, type Way } from "../../../policies/reachability/layers/host-firewall.ts";
import { service } from "../../../policies/reachability/space/services.ts";
import { type Box, box, intersectSpaces } from "../../../policies/reachability/space/space.ts";

/** Packets that stand for all others: who, to whom, what. */
const packet = (from: string, to: string, protocol: "tcp" | "udp", port: number): Box =>
  box({ from: parseCidr(from) ?? nowhere, to: parseCidr(to) ?? nowhere, services: service(protocol, port) });

const ssh = packet("10.0.0.1", "10.0.0.9", "tcp", 22);
const web = packet("10.0.0.1", "10.0.0.9", "tcp", 443);
const names = packet("10.0.0.1", "10.0.0.9", "udp", 53);
const six = packet("2001:db8::1", "2001:db8::9", "tcp", 443);

const accepts = (text: string, each: Box, way: Way = "input", state: "new" | "established" = "new"): boolean =>
  intersectSpaces(hostPasses(parseRuleset(text), way, state), [each]).length > 0;

const input = (rules: string, policy = "drop", more = "", family = "inet"): string =>
  `table ${family} t {\n${more}\nchain in {\ntype filter hook input priority filter; policy ${policy};\n${rules}\n}\n}\n`;

describe("what a ruleset accepts", () => {
  test.each([
    ["a port", "tcp dport 443 accept", true, false],
    ["a list of ports and ranges", "tcp dport { 22, 400-500 } accept", true, true],
    ["all but a port", "tcp dport != 22 accept", true, false],
    ["a port by its name", "tcp dport https accept", true, false],
    ["a source", "ip saddr 10.0.0.0/24 tcp dport 443 accept", true, false],
    ["a range of sources", "ip saddr 10.0.0.0-10.0.0.7 accept", true, true],
    ["another source", "ip saddr 10.0.1.0/24 accept", false, false],
    ["all but a source", "ip saddr != 10.0.0.1 accept", false, false],
    ["new connections", "ct state new tcp dport 443 accept", true, false],
    ["replies only", "ct state established,related accept", false, false],
    ["all that are not new", "ct state != new accept", false, false],
    ["loopback only", 'iifname "lo" accept', false, false],
    ["all but loopback", 'iifname != "lo" accept', true, true],
    ["some protocol", "meta l4proto tcp accept", true, true],
    ["another protocol", "meta l4proto { udp, icmp } accept", false, false],
    ["one family", "meta nfproto ipv6 accept", false, false],
    ["a map of ports to verdicts", "tcp dport vmap { 22 : drop, 443 : accept }", true, false],
    ["a map of states to verdicts", "ct state vmap { established : accept, new : drop }\naccept", false, false],
    ["a drop before", "tcp dport 22 drop\naccept", true, false],
    ["a drop after", "accept\ntcp dport 22 drop", true, true],
    ["a reject before", "tcp dport 22 reject with tcp reset\naccept", true, false],
    ["at a rate, since the first gets through", "limit rate 1/second tcp dport 443 accept", true, false],
    ["of a user, since that one gets through", "meta skuid 0 tcp dport 443 accept", true, false],
    ["what a drop at a rate leaves", "limit rate over 1/second drop\ntcp dport 443 accept", true, false],
    ["from a client's port, which anybody chooses", "tcp sport 1024 accept", true, true],
    [
      "with counters, logs and comments",
      'tcp dport 443 counter packets 0 bytes 0 log prefix "in: " accept comment "x"',
      true,
      false,
    ],
    ["what stands after a comment only", "# tcp dport 22 accept\ntcp dport 443 accept # web", true, false],
    ["rules in one line", "tcp dport 22 drop; accept", true, false],
  ])("accepts %s", (_, rules, expectsWeb, expectsSsh) => {
    expect([accepts(input(rules), web), accepts(input(rules), ssh)]).toEqual([expectsWeb, expectsSsh]);
    expect(unknownsOf(parseRuleset(input(rules)))).toEqual([]);
  });

  test("a policy decides what no rule does; without one it is accept", () => {
    expect([accepts(input(""), web), accepts(input("", "accept"), web)]).toEqual([false, true]);
    expect(accepts("table ip t { chain in { type filter hook input priority 0; } }", web)).toBe(true);
  });

  test("named sets, of addresses and of ports", () => {
    const sets =
      "set good { type ipv4_addr; flags interval; elements = { 10.0.0.0/29,\n 10.9.0.0/16 } }\nset web { type inet_service; elements = { 443 } }";
    const text = input("ip saddr @good tcp dport @web accept", "drop", sets);
    expect([accepts(text, web), accepts(text, ssh)]).toEqual([true, false]);
  });

  test("chains that others jump to and return from, and goto that never comes back", () => {
    const more = "chain web { tcp dport 22 return; tcp dport 443 accept }\nchain last { tcp dport 443 accept }";
    const jump = input("jump web\ntcp dport 22 accept", "drop", more);
    expect([accepts(jump, web), accepts(jump, ssh), accepts(jump, names)]).toEqual([true, true, false]);
    const goto = input("goto last\ntcp dport 22 accept", "drop", more);
    expect([accepts(goto, web), accepts(goto, ssh)]).toEqual([true, false]);
  });

  test("every base chain of a hook must accept; a table of one family sees no other", () => {
    const both = `${input("accept")}${input("tcp dport 443 accept", "drop", "", "ip")}`.replace(
      "table ip t",
      "table ip u",
    );
    expect([accepts(both, web), accepts(both, ssh), accepts(both, six)]).toEqual([true, false, true]);
  });

  test("replies are asked apart from new connections", () => {
    const text = input("ct state established accept");
    expect([accepts(text, web), accepts(text, web, "input", "established")]).toEqual([false, true]);
  });

  test("a table is added to, deleted and flushed in the order of the text", () => {
    expect(accepts(`${input("accept")}delete table inet t\n${input("drop")}`, web)).toBe(false);
    expect(accepts(`${input("drop")}flush ruleset\n`, web)).toBe(true);
    expect(accepts(`${input("tcp dport 22 drop")}${input("accept")}`, ssh)).toBe(false);
  });

  test("a rule that lets a packet through is named with its line, and no later one", () => {
    const rules = rulesFor(parseRuleset(input("tcp dport 443 accept\naccept")), "input", [web]);
    expect(rules.map(({ text, line }) => `${line} ${text}`)).toEqual(["5 tcp dport 443 accept"]);
  });
});

describe("what nobody can tell is never skipped", () => {
  test.each([
    ["a statement", "queue num 1", "line 5, chain in: queue num"],
    ["a match", "fib saddr type local accept", "line 5, chain in: fib saddr"],
    [
      "a set that there is not",
      "ip saddr @gone accept",
      "line 5, chain in: ip saddr with a value that it does not say",
    ],
    [
      "elements of several parts",
      "ip saddr . tcp dport { 10.0.0.1 . 22 } accept",
      "line 5, chain in: ip saddr with a value that it does not say",
    ],
    ["a port that is none", "tcp dport 70000 accept", "line 5, chain in: tcp dport with a value that it does not say"],
    ["a rewritten packet", "meta mark set 1", "line 5, chain in: meta mark"],
  ])("%s", (_, rule, expected) => {
    expect(unknownsOf(parseRuleset(input(rule)))).toEqual([expected]);
  });

  test("a set whose elements come and go", () => {
    const set = "set s { type ipv4_addr; flags dynamic,timeout; timeout 1h; }";
    expect(unknownsOf(parseRuleset(input("ip saddr @s accept", "drop", set)))).toHaveLength(1);
  });

  test("other commands, other objects, chains that rewrite, tables of bridges", () => {
    expect(unknownsOf(parseRuleset('include "/etc/more.nft"\n'))).toEqual(["line 1: include /etc/more.nft"]);
    expect(unknownsOf(parseRuleset("table inet t {\nmap m { }\n}\n"))).not.toEqual([]);
    const nat = "table ip n { chain p { type nat hook prerouting priority 0; policy accept; tcp dport 80 accept } }";
    expect(unknownsOf(parseRuleset(nat))).toEqual(["chain p: rules of type nat"]);
    expect(unknownsOf(parseRuleset("table bridge b { }"))).toEqual(["table bridge b"]);
  });

  test.each([
    "",
    "}",
    "table",
    "table inet {",
    "table inet t { chain",
    "chain x {",
    "{{{{",
    "table inet t { set s { elements = {",
  ])("text %j ends, whatever it is", (text) => {
    expect(() => hostPasses(parseRuleset(text), "input", "new")).not.toThrow();
  });
});
