import { apiEndpoints } from "../api-endpoints.ts";
import { type Estate, kind } from "../estate.ts";
import { type Listener, listeners } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/** An entrance that asks clients for certificates, and what it does with them. */
export interface MutualEntrance {
  readonly at: Place;
  readonly attribute: string;
  /** Whether it turns away a client whose certificate its trust store does not vouch for. */
  readonly verifies: Value<boolean>;
  readonly acceptsExpired: Value<boolean>;
  /** Whether revoked ones are known to it. Absent: such an entrance has no way to know. */
  readonly knowsRevoked: Value<boolean> | undefined;
  /** APIs behind it that clients also reach at their own address, where nobody asks. */
  readonly bypasses: readonly Place[];
}

/** Listeners and domain names of APIs with mutual TLS. */
export const mutualEntrances = kind<MutualEntrance>("mutual entrance", (estate) => [
  ...estate.of(listeners).flatMap((each) => ofListener(each, estate)),
  ...estate
    .of(apiEndpoints)
    .filter(({ trustStore }) => trustStore !== undefined)
    .map(({ at, resource }) => ({
      at,
      attribute: "mutual_tls_authentication",
      verifies: true,
      acceptsExpired: false,
      knowsRevoked: undefined,
      bypasses: bypassesOf(resource, estate),
    })),
]);

function ofListener({ at, mutual }: Listener, { terraform }: Estate): readonly MutualEntrance[] {
  if (mutual === undefined || mutual.mode === "off") return [];
  const { mode, trustStore, acceptsExpired } = mutual;
  const store = terraform.find(trustStore, "aws_lb_trust_store");
  const lists = terraform.ofType("aws_lb_trust_store_revocation").map((each) => each.block.text("trust_store_arn"));
  const revoked = lists.some((each) => terraform.find(each, "aws_lb_trust_store") === store);
  return [
    {
      at,
      attribute: "mutual_authentication",
      verifies: isUnknown(mode) ? mode : mode === "verify" && trustStore !== undefined,
      acceptsExpired,
      knowsRevoked: store === undefined ? new Unknown(String(trustStore ?? "no trust_store_arn")) : revoked,
      bypasses: [],
    },
  ];
}

const MAPPINGS = [
  { type: "aws_api_gateway_base_path_mapping", names: "aws_api_gateway_domain_name", api: "aws_api_gateway_rest_api" },
  { type: "aws_apigatewayv2_api_mapping", names: "aws_apigatewayv2_domain_name", api: "aws_apigatewayv2_api" },
] as const;

function bypassesOf(domain: Resource, { terraform }: Estate): readonly Place[] {
  return MAPPINGS.flatMap(({ type, names, api }) =>
    terraform
      .ofType(type)
      .filter(({ block }) => {
        const name = block.text("domain_name");
        return (
          terraform.find(name, names) === domain ||
          (!isUnknown(name) && name === known(domain.block.text("domain_name")))
        );
      })
      .flatMap(({ block }) => terraform.find(block.text("api_id") ?? block.text("rest_api_id"), api) ?? [])
      .filter(({ block }) => known(block.flag("disable_execute_api_endpoint")) !== true)
      .map(placeOfResource),
  );
}
