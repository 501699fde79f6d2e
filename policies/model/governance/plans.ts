import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import type { Difference } from "../terraform/difference.ts";
import type { Gap } from "../terraform/document.ts";

/** A plan beside the configuration that it was made from. */
export interface Plan {
  readonly at: Place;
  /** States that have changed since, or why that is not known. Empty: it is of what would be applied. */
  readonly changed: readonly string[];
  /** Where it says another thing than that configuration. */
  readonly differs: readonly Difference[];
  /** What it does not show. Empty: it shows all. */
  readonly gaps: readonly Gap[];
}

/** Plans that took their configuration's place, and those that no longer can. */
export const plans = kind<Plan>("plan", ({ terraform, stalePlans }) => [
  ...terraform.documents.flatMap(({ kind: read, gaps = [], stack, source }) =>
    read === "plan" ? [{ at: { resource: "plan", stack, source }, ...{ changed: [], differs: [], gaps } }] : [],
  ),
  ...stalePlans.map(({ stack, source, changed, differs = [] }) => ({
    at: { resource: "plan", stack, source },
    ...{ changed, differs, gaps: [] },
  })),
]);
