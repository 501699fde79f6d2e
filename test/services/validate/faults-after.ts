import type { Minimum } from "../../../services/validate/minimums.ts";
import { describeFault, validateCatalogue } from "../../../services/validate.ts";
import { type Fixture, fixture, TODAY } from "./fixture.ts";

/** Described faults of a fresh fixture after a change to it. */
export function faultsAfter(edit: (parts: Fixture) => void, minimums: readonly Minimum[] = []): readonly string[] {
  const parts = fixture();
  edit(parts);
  return validateCatalogue(parts.catalogue, TODAY, minimums).map(describeFault);
}
