import { objection, rule } from "../../engine/rule.ts";
import { hostBackups } from "../../model/hosts/host-backups.ts";

/** With a base backup of a week, the archive of changes since then carries the recovery point. */
const LONGEST_BASE = 7 * 86_400;

/** Every backup that is declared for a host has a timer there, often enough for what may be lost. */
export const backupRunsInTime = rule({
  id: "HOST-018",
  slug: "backup-runs-in-time",
  severity: "critical",
  title: "Every declared backup runs by itself on its hosts, often enough",
  why: "A backup that nobody starts, or that skips the night in which the host was down, is missed on the day it is needed.",
  fix: "A timer that bears the backup's name, with OnCalendar within the recovery point, Persistent=true, WantedBy=timers.target.",
  appliesTo: hostBackups,
  needsDeclaration: true,
  requirements: ["TKT-7.1", "TKT-7.2", "TKT-7.5", "TKT-7.6", "TKT-6.3", "BRK-25.2", "BRK-25.3", "BRK-25.4", "BRK-25.5"],
  check: ({ backup: { name, by, recoveryPointSeconds }, timer }) => {
    const most = by === "pgbackrest" ? LONGEST_BASE : recoveryPointSeconds;
    if (timer === undefined) return [objection(`backup ${name}`, undefined, `a timer, at least every ${most} s`)];
    const { gap, persistent, enabled, service, at } = timer;
    return [
      ...(service === undefined ? [objection("Unit", undefined, `a service that makes the backup ${name}`, at)] : []),
      ...(enabled ? [] : [objection("WantedBy", undefined, "timers.target, or nothing starts the timer", at)]),
      ...(persistent ? [] : [objection("Persistent", "no", "yes: what was missed is made up for", at)]),
      ...(gap !== undefined && gap <= most
        ? []
        : [
            objection(
              "OnCalendar",
              gap === undefined ? "nothing that is understood" : `every ${gap} s`,
              `every ${most} s at least`,
              at,
            ),
          ]),
    ];
  },
});
