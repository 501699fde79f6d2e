import type { Estate, Host } from "../services/resolve.ts";
import { openingsOf, outlookOn } from "./firewall/openings.ts";
import { rulesetText } from "./firewall/text.ts";

/** What a host has as `/etc/nftables.conf`. */
export interface Ruleset {
  readonly host: Host;
  readonly text: string;
}

/** The firewall of one host. */
export const rulesetOf = (estate: Estate, host: Host): string =>
  rulesetText(host.tag, openingsOf(outlookOn(estate), host));

/**
 * The firewall of every host of an environment: default deny in both directions, open for exactly the flows that name its
 * component or store (BRK-3.1, BRK-14.1, BRK-15.1), each from and to the addresses of the other end. Pure; throws with the
 * flow's id where nobody knows those.
 */
export function rulesetsOf(estate: Estate, wanted: (service: string) => boolean = () => true): readonly Ruleset[] {
  const outlook = outlookOn(estate);
  return estate.services
    .filter(({ service }) => wanted(service.name))
    .flatMap(({ hosts }) => hosts.map((host) => ({ host, text: rulesetText(host.tag, openingsOf(outlook, host)) })));
}
