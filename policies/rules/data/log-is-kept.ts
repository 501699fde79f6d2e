import { demand, objection, rule } from "../../engine/rule.ts";
import { logDays } from "../../model/backups/protection.ts";
import { logGroups } from "../../model/log-groups.ts";

/** A group that a service makes by itself has no key, and keeps what it gets for ever. */
export const logIsKept = rule({
  id: "DATA-018",
  slug: "log-is-kept",
  severity: "medium",
  title: "Log groups are made by us, and keep their entries as long as is declared and no longer than is said",
  why: "Too short, and an incident cannot be followed back; without an end, personal data in logs stays for ever.",
  fix: "Set retention_in_days to the declared days at least, and make the groups that RDS, EKS or Lambda would make themselves.",
  appliesTo: logGroups,
  requirements: ["TKT-4.15"],
  check: ({ retentionDays, made, name }, { declaration }) => {
    if (!made) return [objection("aws_cloudwatch_log_group", undefined, `a log group ${name}`)];
    const least = logDays(declaration);
    return demand(
      "retention_in_days",
      retentionDays ?? 0,
      `a number >= ${least}`,
      // 0 is for ever.
      (days) => days >= least,
    );
  },
});
