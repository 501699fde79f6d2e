import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument } from "../policy-statement.ts";
import type { Value } from "../value.ts";

/** A way from a network to a service of AWS. */
export interface Endpoint {
  readonly at: Place;
  readonly service: Value<string> | undefined;
  /** Who may do what through it. Absent: everyone everything, as AWS has it. */
  readonly document: Value<PolicyDocument> | undefined;
}

/** Services whose endpoints take no policy ("AWS services that integrate with AWS PrivateLink", read 2026-11-22). */
const WITHOUT_POLICY = /\.(?:email-smtp|vpce|vpce-svc)(?:[.-]|$)|^com\.amazonaws\.vpce\./;

/** Endpoints that take a policy; those of load balancers and of others' services do not. */
export const endpoints = kind<Endpoint>("endpoint", ({ terraform }) => {
  const separate = new Map(
    terraform
      .ofType("aws_vpc_endpoint_policy")
      .map((each) => [terraform.find(each.block.text("vpc_endpoint_id"), "aws_vpc_endpoint"), each]),
  );
  return terraform.ofType("aws_vpc_endpoint").flatMap((resource) => {
    const { block } = resource;
    const service = block.text("service_name");
    const takesNone = typeof service === "string" && WITHOUT_POLICY.test(service);
    if (takesNone || block.text("vpc_endpoint_type") === "GatewayLoadBalancer") return [];
    const document = policyDocument((separate.get(resource) ?? resource).block, "policy");
    return [{ at: placeOfResource(resource), service, document }];
  });
});
