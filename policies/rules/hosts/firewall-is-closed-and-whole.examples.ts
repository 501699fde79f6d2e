import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/nftables.conf";
const SERVICE = "/etc/systemd/system/nftables.service";
const chain = (hook: string, policy = "drop") =>
  `  chain ${hook} { type filter hook ${hook} priority filter; policy ${policy}; }\n`;
const table = (...chains: readonly string[]) => `table inet own {\n${chains.join("")}}\n`;
const closed = table(chain("input"), chain("output"), chain("forward"));
const replaced = `table inet own {}\ndelete table inet own\n${closed}`;
const unit =
  "[Unit]\nBefore=network-pre.target\n[Service]\nExecStart=/usr/sbin/nft --file /etc/nftables.conf\n[Install]\nWantedBy=sysinit.target\n";

export const examples: Examples = {
  good: [
    { title: "closed, and replaced as a whole", hosts: { web: { [PATH]: replaced, [SERVICE]: unit } } },
    { title: "closed, all others flushed", hosts: { web: { [PATH]: `flush ruleset\n${closed}` } } },
  ],
  bad: [
    {
      title: "rules that are added, and a way out for everything",
      hosts: { web: { [PATH]: table(chain("input"), chain("output", "accept"), chain("forward")) } },
      finds: [`web:${PATH} ip output`, `web:${PATH} ip6 output`, `web:${PATH} table inet own`],
    },
    {
      title: "a way in and out for everything, by rules behind a policy",
      hosts: {
        web: {
          [PATH]: `flush ruleset\n${table(
            "  chain input { type filter hook input priority filter; policy drop; ip saddr 0.0.0.0/1 accept; ip saddr 128.0.0.0/1 accept; }\n",
            "  chain output { type filter hook output priority filter; policy drop; ct state new counter accept; }\n",
            chain("forward"),
          )}`,
        },
      },
      finds: ["ip input", "ip output", "ip6 output"].map((name) => `web:${PATH} ${name}`),
    },
    {
      title: "IPv4 alone",
      hosts: { web: { [PATH]: `flush ruleset\n${closed.replace("inet", "ip")}` } },
      finds: ["input", "forward", "output"].map((hook) => `web:${PATH} ip6 ${hook}`),
    },
    {
      title: "a service that opens the host as it stops, and comes late",
      hosts: {
        web: {
          [PATH]: replaced,
          [SERVICE]: "[Service]\nExecStart=/usr/sbin/nft -f /etc/nftables.conf\nExecStop=/usr/sbin/nft flush ruleset\n",
        },
      },
      finds: ["ExecStop", "Before", "WantedBy"].map((name) => `web:${SERVICE} ${name}`),
    },
    {
      title: "a service that loads more, bears a failure, opens the host again, and starts at times",
      hosts: {
        web: {
          [PATH]: replaced,
          [SERVICE]: `${unit}[Unit]\nConditionPathExists=/etc/x\n[Service]\nExecStart=-/usr/sbin/nft -f /etc/nftables.conf\nExecStartPost=/usr/sbin/nft --file /etc/more.conf\nExecReload=/usr/sbin/nft flush ruleset\n`,
        },
      },
      finds: ["ExecStart", "ExecStartPost", "ExecReload", "Unit.ConditionPathExists"].map(
        (name) => `web:${SERVICE} ${name}`,
      ),
    },
  ],
  unknown: [
    {
      title: "a rule accepts by what nobody reads",
      hosts: {
        web: {
          [PATH]: replaced.replace("policy drop;", "policy drop; meta mark 7 accept; fib saddr type local drop;"),
          [SERVICE]: unit,
        },
      },
      finds: [`web:${PATH} statement`],
    },
    {
      title: "the package's own service, on a host whose files are all shown",
      hosts: { web: { [PATH]: replaced, "/etc/resolv.conf": "" } },
      finds: [`web:${PATH} nftables.service`],
    },
  ],
};

const RULES = /nftables\.conf$/;
const UNIT = /nftables\.service$/;

export const mutations: readonly Mutation[] = [
  inFile(RULES, "let everything in", /(hook input priority filter; policy) drop/, "$1 accept"),
  inFile(RULES, "let everything out", /(hook output priority filter; policy) drop/, "$1 accept"),
  inFile(RULES, "say no policy, which is accept", /(hook output priority filter;) policy drop;/, "$1"),
  inFile(RULES, "let everything out by a rule", /(hook output priority filter; policy drop;)/, "$1\n    accept"),
  inFile(RULES, "let packets through by a rule", 'counter drop comment "no host is a router"', "accept"),
  inFile(RULES, "accept by a mark", /(hook input priority filter; policy drop;)/, "$1\n    meta mark 7 accept"),
  inFile(RULES, "let packets through", /(hook forward priority filter; policy) drop/, "$1 accept"),
  inFile(RULES, "know IPv4 alone", /^table inet platform \{$/m, "table ip platform {"),
  onFile(UNIT, "leave it to the package", () => undefined),
  inFile(RULES, "add rules to old ones", "delete table inet platform", ""),
  inFile(UNIT, "open the host at a stop", /^ExecStart=.*$/m, "$&\nExecStop=/usr/sbin/nft flush ruleset"),
  inFile(UNIT, "open the host once it is closed", /^ExecReload=.*$/m, "$&\nExecStartPost=/usr/sbin/nft flush ruleset"),
  inFile(UNIT, "bear that it does not load", "ExecStart=", "ExecStart=-"),
  inFile(UNIT, "load it at times", "[Service]", "ConditionPathExists=/run/x\n[Service]"),
  inFile(UNIT, "come after the network", "Before=network-pre.target", "Before="),
  inFile(UNIT, "start it nowhere", "WantedBy=sysinit.target", ""),
];
