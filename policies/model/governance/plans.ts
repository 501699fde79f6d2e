import { kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A plan beside the configuration that it was made from. */
export interface Plan {
  readonly at: Place;
  /** States that have changed since, or why that is not known. Empty: it is of what would be applied. */
  readonly changed: readonly string[];
}

/** Plans that took their configuration's place, and those that no longer can. */
export const plans = kind<Plan>("plan", ({ terraform, stalePlans }) => [
  ...terraform.documents.flatMap(({ kind: read, stack, source }) =>
    read === "plan" ? [{ at: { resource: "plan", stack, source }, changed: [] }] : [],
  ),
  ...stalePlans.map(({ stack, source, changed }) => ({ at: { resource: "plan", stack, source }, changed })),
]);
