import { objection, rule } from "../../engine/rule.ts";
import { isWatch, leavesOut, silences } from "../../model/hosts/audit-rules.ts";
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

/** Changes of accounts, units and rules are recorded and handed on, and nobody stops that before the next start. */
export const auditTrailIsFixed = rule({
  id: "HOST-034",
  slug: "audit-trail-is-fixed",
  severity: "medium",
  title: "Each host records changes of accounts, units and rules, hands the records on, and locks its audit rules",
  why: "Whoever becomes root first stops the recording, or adds an account that nobody sees.",
  fix: "Watches for each of them in /etc/audit/rules.d, `-e 2` as the very last line, auditd.conf as its package has it, and an active plugin that hands records to the journal.",
  appliesTo: hostBases,
  requirements: ["BRK-24.6", "NOD-5.5"],
  check: ({ audit, auditd, auditLeaves, auditStops }) => {
    const last = audit.at(-1);
    const lost = WATCHED.filter((path) => !audit.some((line) => isWatch(line, path)));
    // The first line of a set may empty what was there.
    const emptied = audit.indexOf("-D") > 0 ? ["-D"] : [];
    const dropped = [...audit.filter(leavesOut), ...emptied];
    const silent = silences
      .map((each) => ({ ...each, value: (auditd(each.name) ?? each.byDefault).toLowerCase() }))
      .filter(({ isSilent, value }) => isSilent(value));
    return [
      ...(lost.length === 0 ? [] : [objection("watches", `none for ${lost.join(", ")}`, "a watch for writes to each")]),
      ...(last === "-e 2" ? [] : [objection("last rule", last, "-e 2: no change before the next start")]),
      ...dropped.map((line) => objection("rule", line, "nothing that is left out")),
      ...silent.map(({ name, value, expected }) => objection(`auditd.conf ${name}`, value, expected)),
      ...auditStops.map((path) => objection("auditd.service", path, "the unit of its package, which starts auditd")),
      ...(auditLeaves ? [] : [objection("plugins.d", "none that is active", "one that hands records to the journal")]),
    ];
  },
});
