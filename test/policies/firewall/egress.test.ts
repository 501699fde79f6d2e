import { describe, expect, test } from "vitest";
import { shownAddresses } from "../../../policies/model/addresses.ts";
import { bothDomains, type Domain, domainOf, shownDomain } from "../../../policies/model/network/egress/domain.ts";
import { addressesIn, portsIn } from "../../../policies/model/network/egress/expressions.ts";
import { parseSuricata } from "../../../policies/model/network/egress/suricata.ts";
import { shownPorts } from "../../../policies/model/ports.ts";
import { isUnknown } from "../../../policies/model/value.ts";

/** Rules of network firewalls, from their text. */

test("a rule is read whatever its spaces, comments and continued lines", () => {
  const text = [
    "# comment",
    "",
    "pass  TLS [10.0.0.0/8, !10.1.0.0/16] any -> $EXTERNAL_NET [443,8443] \\",
    '  (msg:"a; b (c)"; tls.sni; content:"api.example.org\\;"; sid:1;)',
    "not a rule",
    "drop tcp any any -> any any (sid:2)",
  ].join("\n");
  const { rules, unread } = parseSuricata(text);
  expect(unread).toEqual([{ line: 5, text: "not a rule" }]);
  expect(rules.map(({ options: _, ...header }) => header)).toEqual([
    {
      ...{ action: "pass", protocol: "tls", source: "[10.0.0.0/8,!10.1.0.0/16]", sourcePort: "any", direction: "->" },
      ...{ destination: "$EXTERNAL_NET", destinationPort: "[443,8443]", line: 3 },
    },
    {
      ...{ action: "drop", protocol: "tcp", source: "any", sourcePort: "any", direction: "->" },
      ...{ destination: "any", destinationPort: "any", line: 6 },
    },
  ]);
  expect(rules[0]?.options).toEqual([
    { keyword: "msg", value: '"a; b (c)"' },
    { keyword: "tls.sni", value: undefined },
    { keyword: "content", value: '"api.example.org\\;"' },
    { keyword: "sid", value: "1" },
  ]);
});

test.each([
  ["any", "0.0.0.0/0, ::/0"],
  ["[10.0.0.0/8,!10.128.0.0/9]", "10.0.0.0/9"],
  ["![0.0.0.0/1,::/0]", "128.0.0.0/1"],
  ["[10.0.0.0/9,[10.128.0.0/10,10.192.0.0/10]]", "10.0.0.0/8"],
  ["$HOME_NET", "192.168.0.0/16"],
  ["$NOBODY", "unknown"],
  ["[10.0.0.0/8,$NOBODY]", "unknown"],
  ["host.example.org", "unknown"],
])("addresses %s are %s", (text, expected) => {
  const home = { v4: [0xc0_a8_00_00, 0xc0_a8_ff_ff], v6: [] };
  const set = addressesIn(text, { addresses: new Map([["HOME_NET", home]]), ports: new Map() });
  expect(isUnknown(set) ? "unknown" : shownAddresses(set)).toBe(expected);
});

test.each([
  ["443", "443"],
  ["1024:", "1024-65535"],
  [":1023", "0-1023"],
  ["[80,443,!443]", "80"],
  ["!22", "0-21, 23-65535"],
  ["any", "all ports"],
])("ports %s are %s", (text, expected) => {
  const set = portsIn(text, { addresses: new Map(), ports: new Map() });
  expect(isUnknown(set) ? "unknown" : shownPorts(set)).toBe(expected);
});

describe("which names of servers a rule is for", () => {
  test.each([
    ['tls.sni; content:"api.example.org"; startswith; endswith; nocase;', "api.example.org"],
    ['tls_sni; content:"api.example.org"; nocase; bsize:15;', "api.example.org"],
    ['http.host; dotprefix; content:".example.org"; endswith;', "*.example.org"],
    ['tls.sni; content:".example.org"; endswith;', "*.example.org"],
    ['tls.sni; content:"example.org"; endswith;', "*example.org*"],
    ['tls.sni; content:"example.org"; startswith;', "*example.org*"],
    ['tls.sni; content:"."; endswith;', "**"],
    ['tls.sni; content:"api.example.org"; startswith; tls.version:1.3; endswith;', "*api.example.org*"],
    ['tls.sni; content:!"api.example.org"; startswith; endswith;', "none"],
    ['tls.sni; pcre:"/^api/";', "none"],
    ['tls.cert_subject; content:"api.example.org"; startswith; endswith;', "none"],
    ['content:"api.example.org"; startswith; endswith;', "none"],
  ])("%s", (options, expected) => {
    const [rule] = parseSuricata(`pass tls any any -> any any (${options})`).rules;
    const domain = domainOf(rule?.options ?? []);
    expect(domain === undefined ? "none" : shownDomain(domain)).toBe(expected);
  });
});

const exact = (name: string): Domain => ({ name, match: "exact" });
const below = (name: string): Domain => ({ name, match: "below" });
const loose = (name: string): Domain => ({ name, match: "loose" });

test.each<[Domain, Domain, string | undefined]>([
  [exact("a.example.org"), exact("a.example.org"), "a.example.org"],
  [exact("a.example.org"), exact("b.example.org"), undefined],
  [exact("a.example.org"), below("example.org"), "a.example.org"],
  [below("example.org"), below("shop.example.org"), "*.shop.example.org"],
  [below("example.org"), below("example.net"), undefined],
  [loose("example"), exact("a.example.org"), "a.example.org"],
  [loose("example"), exact("a.test"), undefined],
  [loose("example"), below("org"), "*.org"],
  [loose("a"), loose("b"), "*b*"],
])("names of %o and of %o are those of both, whichever comes first", (one, other, expected) => {
  const shown = (domain: Domain | undefined) => (domain === undefined ? undefined : shownDomain(domain));
  expect(shown(bothDomains(one, other))).toBe(expected);
  if (one.match !== "loose") expect(shown(bothDomains(other, one))).toBe(expected);
});
