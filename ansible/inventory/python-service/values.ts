import type { Value, Values } from "../../../services/schema/value.ts";
import { valueText } from "../markers.ts";
import type { GroupPlace, Variable } from "../role.ts";

/** Values as text, with markers for what only the host may read. */
export const environmentOf = (place: GroupPlace, values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueText(place.resolved, value)]));

/** Numbers and switches stay what they are: YAML tells them from text. */
export const plainValue = (place: GroupPlace, value: Value): Variable =>
  typeof value === "object" ? valueText(place.resolved, value) : value;
