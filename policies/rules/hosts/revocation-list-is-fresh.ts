import { objection, rule } from "../../engine/rule.ts";
import { revocationLists } from "../../model/hosts/certificates.ts";

const HOUR = 3600;

/** Who is revoked stands outside within the hour. */
export const revocationListIsFresh = rule({
  id: "HOST-036",
  slug: "revocation-list-is-fresh",
  severity: "high",
  title: "Every revocation list of a host is fetched at least once an hour",
  why: "A certificate that was revoked after a theft opens everything until the list comes anew; a list that ends closes all doors.",
  fix: "A timer that bears crl in its name, at least hourly, Persistent=true, for the very file that NGINX reads.",
  appliesTo: revocationLists,
  requirements: ["BRK-10.4", "BRK-SEC.8"],
  check: ({ file, timer }) => {
    if (timer === undefined) return [objection(`${file}: timer`, undefined, "a timer that fetches this file")];
    const { gap, enabled, persistent, at } = timer;
    return [
      ...(gap !== undefined && gap <= HOUR
        ? []
        : [objection("OnCalendar", `every ${gap ?? "unknown"} s`, "each hour at least", at)]),
      ...(enabled ? [] : [objection("WantedBy", undefined, "timers.target", at)]),
      ...(persistent ? [] : [objection("Persistent", "no", "yes: what was missed is made up for", at)]),
    ];
  },
});
