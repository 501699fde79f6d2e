import { type ApiBody, apiBodies } from "../api-bodies.ts";
import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import { isUnknown, known, type Value } from "../value.ts";

/** An address that AWS itself answers, and how it asks callers who they are. */
export interface AskedCaller {
  readonly at: Place;
  readonly attribute: string;
  /** `NONE`: it asks nobody. */
  readonly asks: Value<string>;
}

interface Asks {
  readonly attribute: string;
  readonly concerns?: (block: Block) => boolean;
}

/** What browsers ask before they send anything has no caller yet. */
const isPreflight = (block: Block): boolean =>
  /^OPTIONS\b/i.test(String(known(block.text("http_method") ?? block.text("route_key")) ?? ""));

/** Names and defaults are those of the provider's documentation, version 6.66. */
const ASKS: Readonly<Record<string, Asks>> = {
  aws_api_gateway_method: {
    attribute: "authorization",
    // A key is a poor answer, but an answer.
    concerns: (block) => !isPreflight(block) && known(block.flag("api_key_required")) !== true,
  },
  aws_apigatewayv2_route: { attribute: "authorization_type", concerns: (block) => !isPreflight(block) },
  aws_lambda_function_url: { attribute: "authorization_type" },
  aws_vpclattice_service: { attribute: "auth_type" },
  aws_vpclattice_service_network: { attribute: "auth_type" },
};

/** Methods and routes of API Gateway, also those of OpenAPI documents; addresses of functions, services of VPC Lattice. */
export const askedCallers = kind<AskedCaller>("caller of an interface", ({ terraform }) => [
  ...terraform.ofType(...Object.keys(ASKS)).flatMap((resource) => {
    const { attribute = "", concerns = () => true } = ASKS[resource.type] ?? {};
    if (!concerns(resource.block)) return [];
    return [{ at: placeOfResource(resource), attribute, asks: resource.block.text(attribute) ?? "NONE" }];
  }),
  ...apiBodies(terraform).flatMap(askedInBody),
  ...askedByTargets(terraform),
]);

function askedInBody({ resource, operations }: ApiBody): readonly AskedCaller[] {
  const at = placeOfResource(resource);
  if (isUnknown(operations)) return [{ at, attribute: "body", asks: operations }];
  return operations
    .filter(({ method }) => method !== "options")
    .map(({ attribute, asks }) => ({ at, attribute, asks }));
}

/** An API that is made with a target has one route to it, which asks nobody. */
const askedByTargets = (terraform: Graph): readonly AskedCaller[] =>
  terraform
    .ofType("aws_apigatewayv2_api")
    .filter(({ block }) => block.has("target"))
    .map((resource) => ({ at: placeOfResource(resource), attribute: "target", asks: "NONE" }));
