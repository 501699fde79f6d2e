import { demand, rule } from "../../engine/rule.ts";
import { endpointNames } from "../../model/contract/endpoint-names.ts";

/** Programs ask for `kms.eu-central-1.amazonaws.com`: where that leads, they go. */
export const endpointAnswersToItsName = rule({
  id: "ONE-020",
  slug: "endpoint-answers-to-its-name",
  severity: "high",
  title: "The name of a service of AWS leads to its endpoint in the network",
  why: "Else it leads to the service's public address: the firewall drops it, no secret is read and no log is written, while every route and group is right.",
  fix: "Set private_dns_enabled on the endpoint, enable_dns_support and enable_dns_hostnames on its VPC; names not for inbound resolvers alone.",
  appliesTo: endpointNames,
  requirements: [],
  needsDeclaration: true,
  check: ({ demands }) =>
    demands.flatMap(({ at, attribute, value, expected }) =>
      demand(attribute, value, String(expected), (is) => is === expected).map((each) => ({ ...each, at })),
    ),
});
