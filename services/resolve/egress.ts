import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import { appSubnets } from "./addressing.ts";
import { callerOf } from "./flows/declared.ts";
import { partyOf } from "./flows/flow.ts";
import { hostGroups, hostsOf } from "./hosts.ts";

/** A name on the internet that exactly these addresses may reach. */
export interface ResolvedEgress {
  readonly service: string;
  readonly from: string;
  /** Single hosts, or the application subnets of a service on pods. */
  readonly sources: readonly string[];
  readonly domain: string;
  readonly port: number;
  readonly why: string;
}

/** Declared egress with the addresses it comes from. */
export function egressOf(environment: Environment, service: Service): readonly ResolvedEgress[] {
  return service.egress.map(({ from, domain, port, why }) => {
    const caller = callerOf(from);
    const group = hostGroups(service).find((each) => each.name === caller);
    return {
      service: service.name,
      from: partyOf(service, caller),
      sources:
        group === undefined
          ? appSubnets(environment, service).map((subnet) => subnet.cidr)
          : hostsOf(environment, service, group).map((host) => `${host.address}/32`),
      domain,
      port,
      why,
    };
  });
}
