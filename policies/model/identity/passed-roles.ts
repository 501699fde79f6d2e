import type { Estate } from "../estate.ts";
import type { Statement } from "../policy-statement.ts";
import { isUnknown, type Value } from "../value.ts";
import { matchesWildcard } from "../wildcard.ts";
import { lastNameOf } from "./accounts.ts";
import { identities } from "./identities.ts";
import { trustedServices, trusts } from "./trusts.ts";

/**
 * Roles of a statement that are neither named nor a pattern of roles that all trust just these services. A pattern is as
 * good as names where outputs show every role that it matches.
 */
export function passedRoles(
  { resources }: Statement,
  services: readonly Value<string>[],
  estate: Estate,
): readonly Value<string>[] {
  if (resources === undefined || resources.except) return ["everything but a few"];
  return resources.patterns.filter((each) => {
    if (isUnknown(each)) return each.resource === undefined;
    return /[*?]/.test(each) && !areAllOf(each, services, estate);
  });
}

function areAllOf(pattern: string, services: readonly Value<string>[], estate: Estate): boolean {
  const name = lastNameOf(pattern);
  if (/^[*?]*$/.test(name)) return false;
  const roles = estate
    .of(identities)
    .filter((each) => each.type === "role" && typeof each.name === "string" && matchesWildcard(name, each.name));
  const own = new Set(roles);
  const ways = estate.of(trusts).filter(({ role }) => own.has(role));
  return (
    roles.length > 0 &&
    ways.every(
      (each) =>
        each.principals.every(({ type }) => type === "Service") &&
        trustedServices(each).every((service) => services.includes(service)),
    )
  );
}
