import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const METHOD = "aws_api_gateway_method";
const ROUTE = "aws_apigatewayv2_route";
const SERVICE = "aws_vpclattice_service";
const ADDRESS = "aws_lambda_function_url";

export const examples: Examples = {
  good: [
    {
      title: "routes that ask, one with a key, and what browsers ask before",
      resources: {
        [METHOD]: {
          get: { http_method: "GET", authorization: "AWS_IAM" },
          keyed: { http_method: "GET", authorization: "NONE", api_key_required: true },
          before: { http_method: "OPTIONS", authorization: "NONE" },
        },
        [ROUTE]: {
          all: { route_key: "$default", authorization_type: "JWT" },
          before: { route_key: "OPTIONS /orders" },
        },
        [ADDRESS]: { work: { authorization_type: "AWS_IAM" } },
        [SERVICE]: { orders: { name: "orders", auth_type: "AWS_IAM" } },
      },
    },
  ],
  bad: [
    {
      title: "nobody is asked, by a word or by none",
      resources: {
        [METHOD]: { get: { http_method: "GET", authorization: "NONE" } },
        [ROUTE]: { all: { route_key: "$default" } },
        [ADDRESS]: { work: { authorization_type: "NONE" } },
        [SERVICE]: { orders: { name: "orders" } },
      },
      finds: [
        ...[`${METHOD}.get authorization`, `${ROUTE}.all authorization_type`, `${ADDRESS}.work authorization_type`],
        `${SERVICE}.orders auth_type`,
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { [ROUTE]: { all: { route_key: "GET /orders", authorization_type: "${var.ask}" } } },
      finds: [`${ROUTE}.all authorization_type`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add a method for everybody", METHOD, { http_method: "ANY", authorization: "NONE" }),
  addResource("add a route for everybody", ROUTE, { route_key: "$default" }),
  addResource("give a function an open address", ADDRESS, { authorization_type: "NONE" }),
];
