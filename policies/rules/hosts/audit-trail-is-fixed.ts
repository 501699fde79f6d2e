import { objection, rule } from "../../engine/rule.ts";
import { hostBases } from "../../model/hosts/base.ts";

/** What an intruder touches first: accounts, rights, programs that start by themselves, the firewall and the rules. */
const WATCHED = [
  "/etc/passwd",
  "/etc/shadow",
  "/etc/sudoers",
  "/etc/systemd/system",
  "/etc/nftables.conf",
  "/etc/audit",
];

/** Changes of accounts, units and rules are recorded, and nobody stops the recording before the next start. */
export const auditTrailIsFixed = rule({
  id: "HOST-034",
  slug: "audit-trail-is-fixed",
  severity: "medium",
  title: "Each host records changes of accounts, units and rules, and locks its audit rules",
  why: "Whoever becomes root first stops the recording, or adds an account that nobody sees.",
  fix: "Watches for each of them in /etc/audit/rules.d, and `-e 2` as the very last line.",
  appliesTo: hostBases,
  requirements: ["BRK-24.6", "NOD-5.5"],
  check: ({ audit }) => {
    const last = audit.at(-1);
    const lost = WATCHED.filter((path) => !audit.some((line) => isWatch(line, path)));
    const off = audit.filter((line) => line === "-e 0" || line === "-D" || /-a never,(?:exit|task)/.test(line));
    // The first line of a set may empty what was there.
    const dropped = off.filter((line) => line !== "-D" || audit.indexOf("-D") > 0);
    return [
      ...(lost.length === 0 ? [] : [objection("watches", `none for ${lost.join(", ")}`, "a watch for writes to each")]),
      ...(last === "-e 2" ? [] : [objection("last rule", last, "-e 2: no change before the next start")]),
      ...dropped.map((line) => objection("rule", line, "nothing that is left out")),
    ];
  },
});

/** `-w /etc/passwd -p wa`, or the newer `-F path=... -F perm=wa`; a watched folder watches what is in it. */
function isWatch(line: string, path: string): boolean {
  const named = /^-w (\S+)/.exec(line)?.[1] ?? /-F (?:path|dir)=(\S+)/.exec(line)?.[1];
  const watched = named?.replace(/\/$/, "");
  if (watched === undefined || !(path === watched || path.startsWith(`${watched}/`))) return false;
  const kinds = /-p (\w+)/.exec(line)?.[1] ?? /-F perm=(\w+)/.exec(line)?.[1] ?? "rwxa";
  return kinds.includes("w");
}
