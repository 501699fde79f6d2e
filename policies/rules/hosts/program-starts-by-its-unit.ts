import { objection, rule } from "../../engine/rule.ts";
import { startUps } from "../../model/hosts/start-ups.ts";

/** Units are confined and judged one by one; what starts or gets its rights past them is neither. */
export const programStartsByItsUnit = rule({
  id: "HOST-044",
  slug: "program-starts-by-its-unit",
  severity: "high",
  title: "Programs of a host start by units, and no file gives rights beside them",
  why: "A line in cron, a hook of packages or a rule of sudo runs as root, with none of the bounds of a unit, and outlives the next update.",
  fix: "A service with a timer; rights by AmbientCapabilities and Group= of the unit; names of their own for programs in /usr/local.",
  appliesTo: startUps,
  requirements: ["BRK-SEC.24"],
  check: ({ what }) => (what === undefined ? [] : [objection("path", what, "units of systemd, which are judged")]),
});
