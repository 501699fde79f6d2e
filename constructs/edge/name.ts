/**
 * The name as it is, or an error: load balancers and target groups take 32 letters, digits and hyphens.
 * Truncating instead would give two components one name.
 */
export function edgeName(kind: "load balancer" | "target group", name: string): string {
  if (name.length > 32) {
    throw new Error(`${kind} "${name}": name must have at most 32 characters, got ${name.length}`);
  }
  if (!/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name)) {
    throw new Error(`${kind} "${name}": name must be letters, digits and inner hyphens`);
  }
  if (kind === "load balancer" && name.startsWith("internal-")) {
    throw new Error(`${kind} "${name}": name must not start with "internal-", which AWS keeps for itself`);
  }
  return name;
}
