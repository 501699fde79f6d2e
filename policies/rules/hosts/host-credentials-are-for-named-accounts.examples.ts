import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/nftables.conf";
const output = (...rules: readonly string[]) => ({
  declaration: {},
  hosts: {
    web: {
      [PATH]: `table inet own {\n  chain output {\n    type filter hook output priority filter; policy drop;\n    ${rules.join("\n    ")}\n  }\n}\n`,
    },
  },
});
const finds = [`web:${PATH} chain output`];

export const examples: Examples = {
  good: [
    {
      title: "root and one program ask, others reach other addresses",
      ...output(
        'oifname "lo" accept',
        "ct state established accept",
        "ip daddr 169.254.169.254 tcp dport 80 meta skuid { 0, 610 } accept",
        "ip daddr { 169.254.169.123, 10.0.0.0/8 } accept",
      ),
    },
  ],
  bad: [
    { title: "every program may ask", ...output("ip daddr 169.254.169.254 tcp dport 80 accept"), finds },
    { title: "all but one may ask", ...output("ip daddr 169.254.169.254 meta skuid != 33 accept"), finds },
    { title: "a range of accounts that is all", ...output("meta skuid 0-65535 ip daddr 169.254.0.0/16 accept"), finds },
    { title: "a wider rule beside the narrow one", ...output("ip daddr 0.0.0.0/0 tcp dport 80 accept"), finds },
    { title: "IPv6 is forgotten", ...output("meta nfproto ipv6 accept"), finds },
  ],
  unknown: [],
};

const RULES = /nftables\.conf$/;
const OUTPUT = /hook output priority filter; policy drop;/;

export const mutations: readonly Mutation[] = [
  inFile(RULES, "let every program ask", / meta skuid \{ [\d, ]+ \} accept/, " accept"),
  inFile(RULES, "let all but root ask", /meta skuid \{ [\d, ]+ \}/, "meta skuid != 0"),
  inFile(RULES, "let all accounts ask", /meta skuid \{ [\d, ]+ \}/, "meta skuid 0-65535"),
  inFile(RULES, "open all of the link", OUTPUT, "$&\n    ip daddr 169.254.0.0/16 accept"),
];
