import { apiEndpoints } from "../api-endpoints.ts";
import { classicListeners } from "../classic-load-balancers.ts";
import { clusterBalancers } from "../cluster/balancers.ts";
import { distributions } from "../distributions.ts";
import { kind } from "../estate.ts";
import { listeners } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { known, type Value } from "../value.ts";
import {
  apiPolicies,
  classicPolicies,
  distributionPolicies,
  lightsailPolicies,
  loadBalancerPolicies,
  type PolicyTable,
  searchPolicies,
  thingsPolicies,
} from "./policy-tables.ts";
import { lowestOf, type ProtocolRange } from "./protocols.ts";

/** Something of AWS that ends TLS for clients by a policy with a name. */
export interface TlsEndpoint {
  readonly at: Place;
  /** Of Terraform, where one makes it. */
  readonly resource: Resource | undefined;
  /** `ssl_policy`. */
  readonly attribute: string;
  /** The name of the policy: the one given, or the one that is used where none is. Absent: none is known to be used. */
  readonly policy: Value<string> | undefined;
  readonly named: boolean;
  /** What that policy allows; absent where no table has it. */
  readonly range: ProtocolRange | undefined;
  /** Whether there are policies with forward secrecy to choose from. */
  readonly choosesCiphers: boolean;
}

/** Types of search domains, and the block that says how clients reach them. */
export const searchDomains = [
  { type: "aws_opensearch_domain", options: "domain_endpoint_options", enforces: true },
  { type: "aws_elasticsearch_domain", options: "domain_endpoint_options", enforces: true },
  { type: "aws_cloudsearch_domain", options: "endpoint_options", enforces: false },
] as const;

/** Listeners, distributions, API endpoints, search domains and the like. */
export const tlsEndpoints = kind<TlsEndpoint>("TLS endpoint", (estate) => [
  ...estate
    .of(listeners)
    .filter(({ protocol }) => /^(?:HTTPS|TLS)$/i.test(known(protocol) ?? ""))
    .map(({ resource, policy }) => endpoint(resource, "ssl_policy", policy, loadBalancerPolicies)),
  ...estate
    .of(classicListeners)
    .filter(({ protocol }) => /^(?:HTTPS|SSL)$/i.test(known(protocol) ?? ""))
    .map(({ resource, attribute, policy, protocols: enabled, ciphers }) => {
      const lowest = enabled === undefined ? undefined : lowestOf(enabled.map((each) => each.replace("Protocol-", "")));
      const own = endpoint(resource, `${attribute} policy`, policy, classicPolicies);
      if (lowest === undefined) return own;
      const forwardSecret = ciphers.length > 0 && ciphers.every((each) => /^(?:EC)?DHE-/.test(each));
      const range = { lowest, highest: "TLSv1.2", forwardSecret, postQuantum: false } as const;
      return { ...own, policy: `one of its own: ${[...(enabled ?? []), ...ciphers].join(", ")}`, range };
    }),
  ...estate
    .of(distributions)
    .map(({ resource, minimumProtocol }) =>
      endpoint(resource, "viewer_certificate.minimum_protocol_version", minimumProtocol, distributionPolicies),
    ),
  ...estate.of(apiEndpoints).map(({ resource, attribute, policy }) => ({
    ...endpoint(resource, attribute, policy, apiPolicies),
    choosesCiphers: false,
  })),
  ...searchDomains.flatMap(({ type, options }) =>
    estate.terraform.ofType(type).map((resource) => {
      const given = resource.block.block(options)?.text("tls_security_policy");
      return endpoint(resource, `${options}.tls_security_policy`, given, searchPolicies);
    }),
  ),
  ...estate.terraform.ofType("aws_iot_domain_configuration").map((resource) => ({
    ...endpoint(
      resource,
      "tls_config.security_policy",
      resource.block.block("tls_config")?.text("security_policy"),
      thingsPolicies,
    ),
    choosesCiphers: false,
  })),
  ...estate.terraform
    .ofType("aws_lightsail_lb")
    .map((resource) =>
      endpoint(resource, "tls_policy_name", resource.block.text("tls_policy_name"), lightsailPolicies),
    ),
  ...estate.of(clusterBalancers).flatMap(({ at, listeners: all, generation }) => {
    const table = generation === "classic" ? classicPolicies : loadBalancerPolicies;
    // Listeners of one load balancer have one policy.
    const ending = all.find(({ protocol }) => /^(?:HTTPS|TLS)$/.test(known(protocol) ?? ""));
    return ending === undefined ? [] : [told(at, undefined, ending.policy.attribute, ending.policy.name, table)];
  }),
]);

const endpoint = (
  resource: Resource,
  attribute: string,
  given: Value<string> | undefined,
  table: PolicyTable,
): TlsEndpoint => told(placeOfResource(resource), resource, attribute, given, table);

function told(
  at: Place,
  resource: Resource | undefined,
  attribute: string,
  given: Value<string> | undefined,
  { byDefault, ranges }: PolicyTable,
): TlsEndpoint {
  const policy = given ?? byDefault;
  const range = typeof policy === "string" ? ranges.get(policy) : undefined;
  const named = given !== undefined;
  return { at, resource, attribute, policy, named, range, choosesCiphers: true };
}
