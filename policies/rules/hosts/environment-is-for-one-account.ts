import { objection, rule } from "../../engine/rule.ts";
import { environments } from "../../model/hosts/environments.ts";

/** Whoever writes there first decides what every program of the unit loads. */
const OPEN = /^\/(?:tmp|var\/tmp|dev\/shm|var\/crash|run\/lock|var\/lock)\//;

/** Each program gets the secrets of its own work. */
export const environmentIsForOneAccount = rule({
  id: "HOST-042",
  slug: "environment-is-for-one-account",
  severity: "high",
  title: "No two accounts of a host start from the same environment file, and none from one that anybody writes",
  why: "The program that faces the internet would hold the keys and passwords of the one behind it.",
  fix: "An EnvironmentFile for each account, with what its program reads.",
  appliesTo: environments,
  requirements: ["BRK-SEC.15"],
  check: ({ file, accounts }) => [
    ...(accounts.length < 2 ? [] : [objection(file, accounts, "one account: others have files of their own")]),
    ...(OPEN.test(file) ? [objection(file, "a folder of everybody's", "a folder that nobody else writes to")] : []),
  ],
});
