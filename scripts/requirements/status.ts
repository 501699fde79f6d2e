import type { Claims } from "./claims.ts";
import type { Requirement } from "./requirement.ts";

/**
 * How far a requirement is. `proven`: a passing test names it. `planned`: none does, and a part that is not made yet
 * will do or prove it. `open`: none does, and nothing is left to be made. `application`: not this repository's.
 */
export const statuses = ["proven", "planned", "open", "application"] as const;
export type Status = (typeof statuses)[number];

/** Proven as far as it is made: a part that is not made yet will do or prove the rest. */
const inPart = ({ planned }: Requirement, status: Status) => status === "proven" && planned !== undefined;

/** Columns of a table of counts. */
export const columns = ["proven", "in part", "planned", "open", "application", "all"] as const;

/** How many of these requirements stand where, in the order of `columns`; those proven in part are among the proven. */
export const countsOf = (
  judged: readonly (readonly [requirement: Requirement, status: Status])[],
): readonly number[] => {
  const count = (wanted: Status) => judged.filter(([, status]) => status === wanted).length;
  const part = judged.filter(([requirement, status]) => inPart(requirement, status)).length;
  return [count("proven"), part, count("planned"), count("open"), count("application"), judged.length];
};

/** Status of one requirement, by the tests that name it. */
export function statusOf(requirement: Requirement, claims: Claims): Status {
  if (requirement.owner === "app") return "application";
  if (claims.has(requirement.id)) return "proven";
  return requirement.planned === undefined ? "open" : "planned";
}
