import { resourceName, roleArn } from "../names.ts";
import { observability } from "../observability.ts";
import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import type { ResolvedService } from "./service.ts";

/** The role a party acts in, `ticketing/api`: `prd-tkt-api`. Parties are the service's own or the observability's. */
export function partyRole(environment: Environment, service: Service, party: string): string {
  const [owner, name] = party.split("/");
  const known = [service, observability].find((each) => each.name === owner);
  if (known === undefined || name === undefined) {
    throw new Error(`${party}: a role belongs to ${service.name} or ${observability.name}`);
  }
  return roleArn(environment, resourceName(environment, known.code, name));
}

/** The roles that hosts of these services act in, each once. */
export const hostRoles = (services: readonly ResolvedService[]): readonly string[] =>
  services.flatMap(({ service, environment, hosts }) =>
    [...new Set(hosts.map(({ party }) => party))].map((party) => partyRole(environment, service, party)),
  );
