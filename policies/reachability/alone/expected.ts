import type { AddressSet } from "../../model/addresses.ts";
import { everywhere } from "../../model/addresses.ts";
import type { Declared } from "../flows/declared.ts";
import { partiesOf, servicesOf } from "../flows/declared.ts";
import { CLOUDFRONT, INTERNET, internetAtMost } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { service } from "../space/services.ts";
import type { Space } from "../space/space.ts";

/** How a layer names the internet: security groups know no more of it than "everybody". */
export type Internet = "everybody" | "not private";

/** What a layer at a site may let in, by addresses of declared peers. */
export const expectedIn = (declared: Declared, site: Site, internet: Internet): Space =>
  partiesOf(site).flatMap((party) =>
    declared
      .into(party)
      .filter(({ from }) => from !== CLOUDFRONT)
      .map((flow) => ({
        from: rangeOf(declared, flow.from, internet),
        to: everywhere,
        services: servicesOf(flow),
      })),
  );

/** What a layer at a site may let out. */
export const expectedOut = (declared: Declared, site: Site, internet: Internet): Space => [
  ...partiesOf(site).flatMap((party) =>
    declared
      .outOf(party)
      .map((flow) => ({ from: everywhere, to: rangeOf(declared, flow.to, internet), services: servicesOf(flow) })),
  ),
  ...declared.egressOf(site).map(({ port }) => ({
    from: everywhere,
    to: internet === "everybody" ? everywhere : internetAtMost,
    services: service("tcp", port),
  })),
];

const rangeOf = (declared: Declared, party: string, internet: Internet): AddressSet =>
  party === INTERNET && internet === "everybody" ? everywhere : declared.range(party);
