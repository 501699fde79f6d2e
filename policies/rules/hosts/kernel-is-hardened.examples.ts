import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/sysctl.d/60-platform.conf";
const settings = [
  ...[
    "net.ipv4.conf.all.accept_redirects = 0",
    "net/ipv4/conf/default/accept_redirects=0",
    "net.ipv4.conf.all.send_redirects=0",
  ],
  ...["net.ipv4.conf.all.rp_filter = 2", "net.ipv6.conf.all.disable_ipv6 = 1", "kernel.dmesg_restrict = 1"],
  ...["kernel.kptr_restrict = 1", "kernel.unprivileged_bpf_disabled = 1", "kernel.yama.ptrace_scope = 1"],
  ...["kernel.kexec_load_disabled = 1", "-kernel.sysrq = 0"],
].join("\n");

export const examples: Examples = {
  good: [{ title: "what differs from the defaults is set", hosts: { web: { [PATH]: `# a comment\n${settings}` } } }],
  bad: [
    {
      title: "a host that routes, and puts programs where everybody expects them, by a later file",
      hosts: {
        web: { [PATH]: settings, "/etc/sysctl.d/99-vpn.conf": "net.ipv4.ip_forward = 1\nkernel.randomize_va_space=0" },
      },
      finds: ["net.ipv4.ip_forward", "kernel.randomize_va_space"].map(
        (name) => `web:/etc/sysctl.d/99-vpn.conf ${name}`,
      ),
    },
    {
      title: "one that sets nothing",
      hosts: { web: { "/etc/resolv.conf": "" } },
      finds: [
        ...[
          "net.ipv4.conf.all.accept_redirects",
          "net.ipv4.conf.default.accept_redirects",
          "net.ipv4.conf.all.send_redirects",
        ],
        ...[
          "net.ipv4.conf.all.rp_filter",
          "net.ipv6.conf.all.disable_ipv6",
          "kernel.dmesg_restrict",
          "kernel.kptr_restrict",
        ],
        ...[
          "kernel.unprivileged_bpf_disabled",
          "kernel.yama.ptrace_scope",
          "kernel.kexec_load_disabled",
          "kernel.sysrq",
        ],
      ].map((name) => `web ${name}`),
    },
  ],
  unknown: [],
};

const CONF = /sysctl\.d\//;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "route", "net.ipv4.ip_forward = 0", "net.ipv4.ip_forward = 1"),
  inFile(
    CONF,
    "speak IPv6, which no firewall knows",
    "net.ipv6.conf.all.disable_ipv6 = 1",
    "net.ipv6.conf.all.disable_ipv6 = 0",
  ),
  inFile(CONF, "believe redirects by default", /^net\.ipv4\.conf\.all\.accept_redirects.*$/m, ""),
  inFile(CONF, "let programs trace each other", "kernel.yama.ptrace_scope = 2", "kernel.yama.ptrace_scope = 0"),
];
