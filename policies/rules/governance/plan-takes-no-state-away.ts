import { objection, rule } from "../../engine/rule.ts";
import { departures } from "../../model/governance/stateful.ts";

/** A plan that deletes or replaces what holds state is stopped, and waived by whoever means it. */
export const planTakesNoStateAway = rule({
  id: "GOV-006",
  slug: "plan-takes-no-state-away",
  severity: "critical",
  title: "No plan deletes or replaces what holds state",
  why: "After the apply it is gone, and its backups are hours old at best.",
  fix: "Undo the change that forces it, move the address, or waive it with a reason after a backup.",
  appliesTo: departures,
  requirements: [],
  check({ loses, replaced, because }) {
    if (loses === undefined) return [];
    const forced = because.length === 0 ? "" : ` because of ${because.join(", ")}`;
    return [
      objection(
        "change.actions",
        `${replaced ? "replaced" : "deleted"}${forced}: ${loses}`,
        "kept, or moved to its new address",
      ),
    ];
  },
});
