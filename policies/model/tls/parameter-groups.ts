import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** The parameters that a database really runs with: those of the group that is attached to it. */
export interface ParameterGroup {
  /** Absent: a group of AWS's own, in which nothing can be changed. */
  readonly resource: Resource | undefined;
  /** `postgres17`, `aurora-mysql8.0`: engine and version of what it is for. */
  readonly family: Value<string> | undefined;
  /** A parameter that is set. Absent: it is not, and the engine's default holds. */
  readonly parameter: (name: string) => Value<string> | undefined;
}

/** How names of AWS's own groups begin: nobody else may put a `.` or `:` into one. */
const AWS_OWN = /^default[.:]/;

/**
 * The group that a value names: one of this estate, or a default one by its name, `default.postgres17`. Nothing named: the
 * default one of the engine. Unknown: a group that outputs do not show.
 */
export function parameterGroupOf(
  named: Value<string> | undefined,
  terraform: Graph,
  ...types: readonly string[]
): Value<ParameterGroup> {
  const resource = terraform.find(named, ...types);
  if (resource !== undefined) {
    return { resource, family: resource.block.text("family"), parameter: (name) => parameterOf(resource, name) };
  }
  if (isUnknown(named)) return named;
  if (named === undefined || AWS_OWN.test(named)) {
    return { resource, family: named?.replace(AWS_OWN, ""), parameter: () => undefined };
  }
  return new Unknown(named);
}

function parameterOf({ block }: Resource, name: string): Value<string> | undefined {
  const parameters = block.blocks("parameter");
  const found = parameters.filter((each) => String(each.text("name")).toLowerCase() === name);
  const values = found.map((each) => each.text("value") ?? "");
  const [value] = values;
  // Set twice, AWS keeps whichever comes last to it.
  if (values.some((each) => each !== value))
    return new Unknown(`${name} is set to ${values.map(String).join(" and ")}`);
  return value ?? parameters.map((each) => each.text("name")).find(isUnknown);
}
