import type { Declaration } from "../declaration.ts";
import { isUnknown } from "../value.ts";
import type { NameRule } from "./dns-firewalls.ts";

/** Zones of AWS in which only AWS gives out names; customers' endpoints and buckets there are of a service and region. */
const OF_AWS = /^(?:\*\.)?(?:[a-z0-9-]+\.)*(?:amazonaws\.com|api\.aws|on\.aws|compute\.internal|ec2\.internal)$/;

/** Whether a name, or all names of a zone, are declared, the platform's own, or of services of AWS. */
export function isExpectedName(domain: string, { domain: own, services, region }: Declaration): boolean {
  const name = domain.toLowerCase().replace(/\.$/, "");
  const bare = name.replace(/^\*\./, "");
  const zones = [own.public, own.private];
  if (zones.some((zone) => bare === zone || bare.endsWith(`.${zone}`))) return true;
  // All names of a zone only within the environment's own region.
  if (OF_AWS.test(name)) return bare.split(".").includes(region) || bare === name;
  return services.some(({ egress }) => egress.some((each) => each.domain.toLowerCase() === name));
}

/** Whether a rule of a DNS firewall is for a name. */
export const answers = ({ domains }: NameRule, name: string): boolean =>
  domains.some(
    (each) => !isUnknown(each) && (each === name || (each.startsWith("*.") && name.endsWith(each.slice(1)))),
  );
