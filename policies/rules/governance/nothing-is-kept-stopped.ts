import { demand, rule } from "../../engine/rule.ts";
import { keptStates } from "../../model/governance/kept-states.ts";

export const nothingIsKeptStopped = rule({
  id: "GOV-031",
  slug: "nothing-is-kept-stopped",
  severity: "high",
  title: "No machine and no database is kept stopped",
  why: "All that is declared of it is there, and nobody is served; whoever starts it sees it stopped again by the next apply.",
  fix: "Take the resource away, or the machine.",
  appliesTo: keptStates,
  requirements: [],
  check: ({ state, runs }) => demand("state", state ?? "nothing", runs, (given) => given === runs),
});
