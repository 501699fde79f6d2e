import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "./value.ts";

/** Where clients reach an API of API Gateway: a domain name of its own, or the address that every API has by itself. */
export interface ApiEndpoint {
  readonly at: Place;
  readonly resource: Resource;
  readonly kind: "domain name" | "own address";
  readonly attribute: string;
  /** The name of its TLS policy, or what is used where none is given. */
  readonly policy: Value<string>;
  /** Trust store for certificates of clients, where it asks for them. */
  readonly trustStore: Value<string> | undefined;
}

/** Every endpoint of every API. The own address of an API that is switched off is none. */
export const apiEndpoints = kind<ApiEndpoint>("API endpoint", ({ terraform }) => [
  ...terraform.ofType("aws_api_gateway_domain_name").map((resource) => ({
    ...named(resource, "security_policy", resource.block.text("security_policy")),
    trustStore: resource.block.block("mutual_tls_authentication")?.text("truststore_uri"),
  })),
  ...terraform.ofType("aws_apigatewayv2_domain_name").map((resource) => ({
    ...named(
      resource,
      "domain_name_configuration.security_policy",
      resource.block.block("domain_name_configuration")?.text("security_policy"),
    ),
    trustStore: resource.block.block("mutual_tls_authentication")?.text("truststore_uri"),
  })),
  ...terraform
    .ofType("aws_api_gateway_rest_api")
    .filter(({ block }) => known(block.flag("disable_execute_api_endpoint")) !== true)
    .map((resource) => ({
      at: placeOfResource(resource),
      resource,
      kind: "own address" as const,
      attribute: "security_policy",
      policy: resource.block.text("security_policy") ?? ownPolicyOf(resource),
      trustStore: undefined,
    })),
]);

const named = (resource: Resource, attribute: string, policy: Value<string> | undefined) => ({
  at: placeOfResource(resource),
  resource,
  kind: "domain name" as const,
  attribute,
  // The provider names no default, and AWS's has changed: what is used is whatever was used on the day it was made.
  policy: policy ?? new Unknown("no security_policy"),
});

/** "Amazon API Gateway, Choose a security policy": TLS 1.0 for regional and edge-optimized APIs, 1.2 for private ones. */
function ownPolicyOf({ block }: Resource): Value<string> {
  const types = block.block("endpoint_configuration")?.texts("types") ?? [];
  const unknown = types.find(isUnknown);
  if (unknown !== undefined) return unknown;
  return types.length > 0 && types.every((type) => type === "PRIVATE") ? "TLS_1_2" : "TLS_1_0";
}

/** A stage of a REST API that the internet reaches, and the web ACLs before it. */
export interface ApiStage {
  readonly at: Place;
  readonly resource: Resource;
  readonly isPrivate: Value<boolean>;
}

/** Stages of REST APIs; web ACLs cannot stand before those of HTTP APIs. */
export const apiStages = kind<ApiStage>("API stage", ({ terraform }) =>
  terraform.ofType("aws_api_gateway_stage").map((resource) => ({
    at: placeOfResource(resource),
    resource,
    isPrivate: isPrivate(resource, terraform),
  })),
);

function isPrivate(stage: Resource, terraform: Graph): Value<boolean> {
  const id = stage.block.text("rest_api_id");
  const api = terraform.find(id, "aws_api_gateway_rest_api");
  if (api === undefined) return isUnknown(id) ? id : new Unknown(String(id));
  const types = api.block.block("endpoint_configuration")?.texts("types") ?? [];
  return types.find(isUnknown) ?? (types.length > 0 && types.every((type) => type === "PRIVATE"));
}
