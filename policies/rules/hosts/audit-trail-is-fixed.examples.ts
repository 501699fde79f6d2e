import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/audit/rules.d/60.rules";
const watches = [
  ...["-w /etc/passwd -p wa -k identity", "-w /etc/shadow -p wa", "-w /etc/sudoers -p wa", "-w /etc/systemd -p wa"],
  ...["-a always,exit -F arch=b64 -F path=/etc/nftables.conf -F perm=wa", "-w /etc/audit/ -p wa"],
];
const PLUGIN = "/etc/audit/plugins.d/syslog.conf";
const DAEMON = "/etc/audit/auditd.conf";
const handed = { [PLUGIN]: "# of the package\nactive = yes\npath = /sbin/audisp-syslog\n" };
const host = (...lines: readonly string[]) => ({ web: { ...handed, [PATH]: lines.join("\n") } });
const UNIT = "/etc/systemd/system/auditd.service";
const unit = (path: string, text: string) => ({ web: { ...host(...watches, "-e 2").web, [path]: text } });
const daemon = (...lines: readonly string[]) => ({
  web: { ...host(...watches, "-e 2").web, [DAEMON]: lines.join("\n") },
});

export const examples: Examples = {
  good: [
    { title: "watches in both spellings, locked", hosts: host("-D", "# -e 0", ...watches, "-e 2") },
    {
      title: "noise that is left out, as many do",
      hosts: host(
        ...watches,
        "-a always,exclude -F msgtype=CWD",
        "-a never,user -F subj_type=crond_t",
        "-a never,filesystem -F fstype=tracefs",
        "-f 2",
        "-r 0",
        "-e 2",
      ),
    },
    {
      title: "the daemon as Debian has it",
      hosts: daemon(
        "local_events = yes\nwrite_logs = yes\nlog_file = /var/log/audit/audit.log\nlog_format = ENRICHED",
        "max_log_file_action = ROTATE\nspace_left_action = SYSLOG\ndisk_full_action = SUSPEND\noverflow_action = SYSLOG",
      ),
    },
    {
      title: "records that an agent reads from their file",
      hosts: {
        web: { [PATH]: [...watches, "-e 2"].join("\n"), "/etc/alloy/c.alloy": 'path = "/var/log/audit/audit.log"' },
      },
    },
    {
      title: "a unit that starts the daemon again, and later",
      hosts: unit(
        `${UNIT}.d/x.conf`,
        "[Unit]\nAfter=a.service\n[Service]\nRestart=always\nExecStart=\nExecStart=/sbin/auditd\n",
      ),
    },
  ],
  bad: [
    {
      title: "no rules",
      hosts: { web: { "/etc/resolv.conf": "" } },
      finds: ["web watches", "web last rule", "web plugins.d"],
    },
    { title: "a rule behind the lock", hosts: host(...watches, "-e 2", "-w /tmp -p w"), finds: ["web last rule"] },
    {
      title: "a watch for reads, and rules that leave out",
      hosts: host("-w /etc/passwd -p r", ...watches.slice(1), "-a never,exit -F uid=0", "-D", "-e 2"),
      finds: ["web watches", "web rule", "web rule"],
    },
    {
      title: "watches that see one account, or one call, alone",
      hosts: host(
        "-w /etc/passwd -p wa -F auid=1000",
        "-a always,exit -F arch=b64 -S open -F path=/etc/shadow -F perm=wa",
        ...watches.slice(2),
        "-e 2",
      ),
      finds: ["web watches"],
    },
    {
      title: "records that are thrown away, in other words",
      hosts: host(
        ...watches,
        ...["-A exit,never -F uid=0", "-a always,exclude -F msgtype=SYSCALL", "-a never,user", "-W /etc/passwd -p wa"],
        ...["-f 0", "-r 1", "-e 2"],
      ),
      finds: Array.from({ length: 6 }, () => "web rule"),
    },
    {
      title: "a daemon that is silent",
      hosts: daemon(
        "write_logs = no\nLocal_Events = No\nlog_format = NOLOG\nlog_file = /dev/null",
        "plugin_dir = /opt/x\noverflow_action = ignore\nmax_log_file_action = SUSPEND",
      ),
      finds: [
        ...["local_events", "write_logs", "log_format", "log_file", "plugin_dir", "overflow_action"],
        "max_log_file_action",
      ].map((name) => `web auditd.conf ${name}`),
    },
    ...[
      ["masked", UNIT, ""],
      ["that is another program", UNIT, "[Service]\nExecStart=-/bin/true\n"],
      ["that starts nothing", `${UNIT}.d/x.conf`, "[Service]\nExecStart=/sbin/auditd\nExecStart=\n"],
      ["for another machine", `${UNIT}.d/x.conf`, "[Unit]\nConditionHost=other\n"],
    ].map(([title, path = "", text = ""]) => ({
      title: `a daemon ${title}`,
      hosts: unit(path, text),
      finds: ["web auditd.service"],
    })),
    {
      title: "records that stay where root may change them",
      hosts: { web: { ...host(...watches, "-e 2").web, [PLUGIN]: "active = no\npath = /sbin/audisp-syslog\n" } },
      finds: ["web plugins.d"],
    },
  ],
  unknown: [],
};

const RULES = /audit\/rules\.d\//;

export const mutations: readonly Mutation[] = [
  inFile(RULES, "let rules be changed", "-e 2", "-e 1"),
  inFile(RULES, "watch no accounts", /^-w \/etc\/passwd .*$/m, ""),
  inFile(RULES, "watch no units", /^-w \/etc\/systemd\/system .*$/m, ""),
  inFile(RULES, "watch one account alone", "-w /etc/passwd -p wa", "-w /etc/passwd -p wa -F auid=1000"),
  inFile(RULES, "throw most records away", /^-e 2$/m, "-r 1\n-e 2"),
  inFile(RULES, "leave calls out", /^-e 2$/m, "-a always,exclude -F msgtype=SYSCALL\n-e 2"),
  inFile(/plugins\.d\/syslog\.conf$/, "keep the records to itself", "active = yes", "active = no"),
  inFile(RULES, "leave root out", /^-e 2$/m, "-a never,exit -F uid=0\n-e 2"),
];
