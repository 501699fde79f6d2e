import { demand, rule } from "../../engine/rule.ts";
import { doors } from "../../model/network/doors.ts";

export const othersJoinByConsent = rule({
  id: "FW-018",
  slug: "others-join-by-consent",
  severity: "high",
  title: "Networks and clients of other accounts are let in one by one",
  why: "A gateway that accepts by itself joins any network it is shared with: routes to it appear without anyone having looked.",
  fix: 'Leave auto_accept_shared_attachments "disable"; set acceptance_required on endpoint services, access_group_id where a VPN lets clients in; let a network load balancer ask its groups of endpoints too.',
  appliesTo: doors,
  requirements: [],
  check: ({ attribute, opensItself }) =>
    demand(attribute, opensItself, "each is accepted by hand, or named", (opens) => !opens),
});
