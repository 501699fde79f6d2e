import { objection, rule } from "../../engine/rule.ts";
import { departures } from "../../model/governance/departures.ts";
import { isUnknown } from "../../model/value.ts";

/** A plan that deletes, replaces or forgets what holds state is stopped, and waived by whoever means it. */
export const planTakesNoStateAway = rule({
  id: "GOV-006",
  slug: "plan-takes-no-state-away",
  severity: "critical",
  title: "No plan deletes, replaces or forgets what holds state",
  why: "After the apply it is gone, and its backups are hours old at best; or it is there and no rule ever sees it again.",
  fix: "Undo the change that forces it, move the address, let another state import it, or waive it with a reason after a backup.",
  appliesTo: departures,
  requirements: [],
  check({ attribute, how, loses, because }) {
    if (loses === undefined) return [];
    const forced = because.length === 0 ? "" : ` because of ${because.join(", ")}`;
    const got = isUnknown(how) ? how : `${how}${forced}: ${loses}`;
    return [objection(attribute, got, "kept, or moved to its new address")];
  },
});
