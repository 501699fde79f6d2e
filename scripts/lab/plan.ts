import { catalogue } from "../../services/catalogue.ts";
import { groupDomain } from "../../services/names.ts";
import { type Estate, type Host, type ResolvedService, resolveEstate } from "../../services/resolve.ts";
import { oneOf, UsageError } from "../options.ts";

/** A host of the lab: what the catalogue says of it, and the lab's own way to it. */
export interface LabHost extends Host {
  /** Number in the lab, from 0. */
  readonly index: number;
  /** Ends the name of its cable in the lab's network: `api-a` for `h-api-a`. */
  readonly link: string;
}

/** What a lab is made of: one service of one environment, as the catalogue resolves it. */
export interface LabPlan {
  readonly estate: Estate;
  readonly resolved: ResolvedService;
  readonly hosts: readonly LabHost[];
  /** Hosts of the environment that are not in this lab; `cloud` has their addresses. */
  readonly absent: readonly Host[];
}

/** An interface name has at most 15 characters. */
const LONGEST_LINK = 13;

/** What one service of one environment needs in a lab. Throws UsageError for a name that is not in the catalogue. */
export function planLab(service: string | undefined, environment: string): LabPlan {
  const environments = catalogue.environments.map(({ name }) => name);
  const found = catalogue.environments.find(({ name }) => name === oneOf("--environment", environment, environments));
  if (found === undefined) throw new UsageError(`--environment: got "${environment}"`);
  const estate = resolveEstate(catalogue, found);
  const onHosts = estate.services.filter(({ hosts }) => hosts.length > 0);
  const name = oneOf(
    "SERVICE",
    service,
    onHosts.map((each) => each.service.name),
  );
  const resolved = onHosts.find((each) => each.service.name === name);
  if (resolved === undefined) throw new UsageError(`SERVICE: got "${service}"`);
  const hosts = resolved.hosts.map((host, index) => {
    if (host.name.length > LONGEST_LINK) {
      throw new UsageError(`${host.name}: a host's name in the lab has at most ${LONGEST_LINK} characters`);
    }
    return { ...host, index, link: host.name };
  });
  const absent = estate.services.filter((each) => each !== resolved).flatMap((each) => each.hosts);
  return { estate, resolved, hosts, absent };
}

/** The host of that name, short or whole. Throws UsageError. */
export function hostOf({ hosts }: LabPlan, name: string | undefined): LabHost {
  const found = hosts.find((host) => host.name === name || host.tag === name);
  if (found !== undefined) return found;
  const allowed = hosts.map((host) => host.name).join(", ");
  throw new UsageError(`HOST: got ${name === undefined ? "nothing" : `"${name}"`}, allowed are ${allowed}`);
}

/** Names of all hosts of the environment, and of their groups, as the private zone has them: address and name. */
export const hostNames = ({ services, environment }: Estate): readonly (readonly [string, string])[] =>
  services.flatMap(({ service, hosts }) =>
    hosts.flatMap((host): (readonly [string, string])[] => [
      [host.address, host.domain],
      [host.address, groupDomain(environment, service, { name: host.group })],
    ]),
  );
