import { demand, rule } from "../../engine/rule.ts";
import { kernelSettings } from "../../model/hosts/sysctl.ts";

/** Name, values that will do, and what the kernel has by default where that differs (CIS Debian 12, kernel.org, 2026-11-22). */
const DEMANDS: readonly (readonly [string, readonly string[], string])[] = [
  ["net.ipv4.ip_forward", ["0"], "0"],
  ["net.ipv4.conf.all.accept_redirects", ["0"], "1"],
  ["net.ipv4.conf.default.accept_redirects", ["0"], "1"],
  ["net.ipv4.conf.all.send_redirects", ["0"], "1"],
  ["net.ipv4.conf.all.accept_source_route", ["0"], "0"],
  ["net.ipv4.conf.all.rp_filter", ["1", "2"], "0"],
  ["net.ipv4.tcp_syncookies", ["1"], "1"],
  ["net.ipv6.conf.all.disable_ipv6", ["1"], "0"],
  ["kernel.dmesg_restrict", ["1"], "0"],
  ["kernel.kptr_restrict", ["1", "2"], "0"],
  ["kernel.unprivileged_bpf_disabled", ["1", "2"], "0"],
  ["kernel.randomize_va_space", ["2"], "2"],
  ["kernel.yama.ptrace_scope", ["1", "2", "3"], "0"],
  ["kernel.kexec_load_disabled", ["1"], "0"],
  ["kernel.sysrq", ["0"], "438"],
  ["fs.suid_dumpable", ["0"], "0"],
  ["fs.protected_symlinks", ["1"], "1"],
  ["fs.protected_hardlinks", ["1"], "1"],
];

/** A host routes for nobody, believes no redirects, and its programs see little of one another. */
export const kernelIsHardened = rule({
  id: "HOST-031",
  slug: "kernel-is-hardened",
  severity: "medium",
  title: "The kernel of each host forwards nothing, believes no redirects and shows little",
  why: "A forged redirect leads traffic away; a program that is taken over reads others' memory, or goes on over IPv6 past the firewall.",
  fix: "Set it in a file of /etc/sysctl.d.",
  appliesTo: kernelSettings,
  requirements: [],
  check: ({ setting }) =>
    DEMANDS.flatMap(([name, allowed, byDefault]) =>
      demand(name, setting(name) ?? byDefault, allowed.join(" or "), (it) => allowed.includes(it)),
    ),
});
