import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nftables.conf";
const input = (...rules: readonly string[]) => ({
  web: {
    [PATH]: `table inet own {\n  chain input {\n    type filter hook input priority filter; policy drop;\n    ${rules.join("\n    ")}\n  }\n}\n`,
  },
});
const finds = [`web:${PATH} chain input`];

export const examples: Examples = {
  good: [
    {
      title: "HTTPS for everybody, SSH from inside, from one office and by a tunnel",
      hosts: input(
        "tcp dport { 80, 443 } accept",
        "ip saddr { 10.0.0.0/8, 203.0.113.0/24 } tcp dport 22 accept",
        'iifname "wg0" tcp dport 22 accept',
        'iifname "lo" accept',
      ),
    },
    {
      title: "everybody in, but to such ports",
      hosts: input("tcp dport != { 443, 8443 } drop", "meta l4proto udp drop", "tcp dport { 20-26, 443, 8443 } accept"),
    },
  ],
  bad: [
    { title: "SSH and Redis for everybody", hosts: input("tcp dport { 22, 6379 } accept"), finds },
    {
      title: "SSH for everybody in two halves, at a limited rate",
      hosts: input(
        "ip saddr 0.0.0.0/1 tcp dport 22 limit rate 3/minute accept",
        "ip saddr 128.0.0.0/1 tcp dport 22 accept",
      ),
      finds,
    },
    {
      title: "every port but one, over IPv6",
      hosts: input("ip6 saddr ::/0 tcp dport != 443 accept"),
      finds,
    },
    { title: "metrics by a map of verdicts", hosts: input("tcp dport vmap { 443 : accept, 9100 : accept }"), finds },
  ],
  unknown: [{ title: "an interface leads somewhere", hosts: input('iifname "eth1" tcp dport 22 accept'), finds }],
};

const RULES = /nftables\.conf$/;
const before = (rule: string): string => `$&\n    ${rule}`;
const INPUT = /hook input priority filter; policy drop;/;

export const mutations: readonly Mutation[] = [
  inFile(RULES, "let everybody in to SSH and Redis", INPUT, before("tcp dport { 22, 6379 } accept")),
  inFile(RULES, "let everybody in to databases in halves", INPUT, before("ip saddr 0.0.0.0/1 tcp dport 5432 accept")),
  inFile(RULES, "let everybody in to a range", INPUT, before("ip saddr != 10.0.0.0/8 tcp dport 9000-9200 accept")),
];
