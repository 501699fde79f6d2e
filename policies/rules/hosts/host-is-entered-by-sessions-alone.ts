import { objection, rule } from "../../engine/rule.ts";
import { waysIn } from "../../model/hosts/ways-in.ts";

/** People come by Session Manager, which asks who they are and records what they do; a key asks nobody. */
export const hostIsEnteredBySessionsAlone = rule({
  id: "HOST-043",
  slug: "host-is-entered-by-sessions-alone",
  severity: "critical",
  title: "No host has keys of anybody, a server of shells or screens, or a program that gives a shell to who calls",
  why: "A key that was put there once opens the host for ever: past second factors, past recorded sessions, and after its owner has left.",
  fix: "Take it away: Session Manager is the way in, for people and for programs.",
  appliesTo: waysIn,
  requirements: ["NOD-5.1"],
  check: ({ ways }) =>
    ways.map(({ attribute, got }) => objection(attribute, got, "none: Session Manager is the way in")),
});
