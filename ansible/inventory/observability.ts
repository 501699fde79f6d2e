import { observability, prometheus } from "../../services/observability.ts";
import type { Estate, Host, ResolvedService } from "../../services/resolve.ts";
import type { Hosts } from "../../services/schema/component.ts";
import { internalCertificate } from "./certificates.ts";
import type { GroupPlace, Variables } from "./role.ts";

/** True for the hosts of one of the platform's own programs. */
export const isOf = ({ resolved, group }: GroupPlace, program: Pick<Hosts, "name">): boolean =>
  resolved.service.name === observability.name && group.name === program.name;

/** The observability service of an environment. Throws for an estate without it, which can watch nothing. */
export function observabilityOf(estate: Estate): ResolvedService {
  const found = estate.services.find(({ service }) => service.name === observability.name);
  if (found === undefined) throw new Error(`${observability.name}: must be in the catalogue, for hosts send it logs`);
  return found;
}

/** Hosts of one of its programs. */
export const hostsOf = (estate: Estate, program: Pick<Hosts, "name">): readonly Host[] =>
  observabilityOf(estate).hosts.filter(({ group }) => group === program.name);

/** Names that its hosts show in their certificates. */
export const namesOf = (estate: Estate, ...programs: readonly Pick<Hosts, "name">[]): readonly string[] =>
  programs.flatMap((program) => hostsOf(estate, program).map(({ domain }) => domain));

/** Who may read metrics: exporters know Prometheus by the names in its certificate. */
export const scrapers = (estate: Estate): readonly string[] => namesOf(estate, prometheus);

/** Certificate, key and authority of a group's hosts, as every program wants them. */
export function tlsFiles(place: GroupPlace): Variables {
  const { certificate, key, authorityFile, group } = internalCertificate(place);
  return { certificate, key, authority: authorityFile, group };
}
