import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/audit/rules.d/60.rules";
const watches = [
  ...["-w /etc/passwd -p wa -k identity", "-w /etc/shadow -p wa", "-w /etc/sudoers -p wa", "-w /etc/systemd -p wa"],
  ...["-a always,exit -F arch=b64 -F path=/etc/nftables.conf -F perm=wa", "-w /etc/audit/ -p wa"],
];
const host = (...lines: readonly string[]) => ({ web: { [PATH]: lines.join("\n") } });

export const examples: Examples = {
  good: [{ title: "watches in both spellings, locked", hosts: host("-D", "# -e 0", ...watches, "-e 2") }],
  bad: [
    { title: "no rules", hosts: { web: { "/etc/resolv.conf": "" } }, finds: ["web watches", "web last rule"] },
    { title: "a rule behind the lock", hosts: host(...watches, "-e 2", "-w /tmp -p w"), finds: ["web last rule"] },
    {
      title: "a watch for reads, and rules that leave out",
      hosts: host("-w /etc/passwd -p r", ...watches.slice(1), "-a never,exit -F uid=0", "-D", "-e 2"),
      finds: ["web watches", "web rule", "web rule"],
    },
  ],
  unknown: [],
};

const RULES = /audit\/rules\.d\//;

export const mutations: readonly Mutation[] = [
  inFile(RULES, "let rules be changed", "-e 2", "-e 1"),
  inFile(RULES, "watch no accounts", /^-w \/etc\/passwd .*$/m, ""),
  inFile(RULES, "watch no units", /^-w \/etc\/systemd\/system .*$/m, ""),
  inFile(RULES, "leave root out", /^-e 2$/m, "-a never,exit -F uid=0\n-e 2"),
];
