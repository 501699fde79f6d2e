// Generated from policies/rules/firewall. Do not edit; run npm run generate.
import type { AnyRule } from "../../engine/rule.ts";
import { administrationIsNotPublic } from "../../rules/firewall/administration-is-not-public.ts";
import { defaultAclIsClosed } from "../../rules/firewall/default-acl-is-closed.ts";
import { defaultGroupIsClosed } from "../../rules/firewall/default-group-is-closed.ts";
import { egressIsRestricted } from "../../rules/firewall/egress-is-restricted.ts";
import { egressReachesDeclaredNamesOnly } from "../../rules/firewall/egress-reaches-declared-names-only.ts";
import { firewallDropsTheRest } from "../../rules/firewall/firewall-drops-the-rest.ts";
import { hostsDoNotForward } from "../../rules/firewall/hosts-do-not-forward.ts";
import { interfaceHasGroupsOfItsOwn } from "../../rules/firewall/interface-has-groups-of-its-own.ts";
import { mainTableLeadsNowhere } from "../../rules/firewall/main-table-leads-nowhere.ts";
import { networkAclAdmitsNoAdministration } from "../../rules/firewall/network-acl-admits-no-administration.ts";
import { nothingJoinsTheNetwork } from "../../rules/firewall/nothing-joins-the-network.ts";
import { onlyDeclaredNamesAreAnswered } from "../../rules/firewall/only-declared-names-are-answered.ts";
import { onlyEntrypointsArePublic } from "../../rules/firewall/only-entrypoints-are-public.ts";
import { onlyLoadBalancersHavePublicAddresses } from "../../rules/firewall/only-load-balancers-have-public-addresses.ts";
import { othersJoinByConsent } from "../../rules/firewall/others-join-by-consent.ts";
import { programRunsInANetwork } from "../../rules/firewall/program-runs-in-a-network.ts";
import { publicAddressIsOfWhatIsShown } from "../../rules/firewall/public-address-is-of-what-is-shown.ts";
import { routesLeadWhereDeclared } from "../../rules/firewall/routes-lead-where-declared.ts";
import { rulesSayWhy } from "../../rules/firewall/rules-say-why.ts";
import { subnetsGiveNoPublicAddresses } from "../../rules/firewall/subnets-give-no-public-addresses.ts";
import { trafficIsRecorded } from "../../rules/firewall/traffic-is-recorded.ts";

/** Every rule of firewall, by name. */
export const rules: readonly AnyRule[] = [
  administrationIsNotPublic,
  defaultAclIsClosed,
  defaultGroupIsClosed,
  egressIsRestricted,
  egressReachesDeclaredNamesOnly,
  firewallDropsTheRest,
  hostsDoNotForward,
  interfaceHasGroupsOfItsOwn,
  mainTableLeadsNowhere,
  networkAclAdmitsNoAdministration,
  nothingJoinsTheNetwork,
  onlyDeclaredNamesAreAnswered,
  onlyEntrypointsArePublic,
  onlyLoadBalancersHavePublicAddresses,
  othersJoinByConsent,
  programRunsInANetwork,
  publicAddressIsOfWhatIsShown,
  routesLeadWhereDeclared,
  rulesSayWhy,
  subnetsGiveNoPublicAddresses,
  trafficIsRecorded,
];
