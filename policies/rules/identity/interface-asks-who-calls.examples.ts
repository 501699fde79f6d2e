import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const METHOD = "aws_api_gateway_method";
const ROUTE = "aws_apigatewayv2_route";
const SERVICE = "aws_vpclattice_service";
const ADDRESS = "aws_lambda_function_url";

const REST = "aws_api_gateway_rest_api";
const HTTP = "aws_apigatewayv2_api";

/** An OpenAPI document with one operation. */
const documentOf = (operation: object, more: object = {}): JsonObject => ({
  body: JSON.stringify({
    openapi: "3.0.1",
    paths: { "/orders": { get: operation, options: {} } },
    components: {
      securitySchemes: {
        key: { type: "apiKey", name: "x-api-key", in: "header" },
        plain: { type: "oauth2" },
        users: { type: "oauth2", "x-amazon-apigateway-authorizer": { type: "jwt" } },
      },
    },
    ...more,
  }),
});

export const examples: Examples = {
  good: [
    {
      title: "operations of OpenAPI documents that ask",
      resources: {
        [REST]: {
          signed: documentOf({ "x-amazon-apigateway-auth": { type: "AWS_IAM" } }),
          keyed: documentOf({ security: [{ key: [] }] }),
        },
        [HTTP]: { users: documentOf({ security: [{ users: [], plain: [] }] }) },
      },
    },
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
      title: "operations of OpenAPI documents that ask nobody, and an API made with a target",
      resources: {
        [REST]: {
          silent: documentOf({}),
          said: documentOf({ "x-amazon-apigateway-auth": { type: "NONE" } }),
          empty: documentOf({ security: [] }),
        },
        [HTTP]: {
          either: documentOf({ security: [{ users: [] }, {}] }),
          unheeded: documentOf({ security: [{ plain: [] }] }),
          keyed: documentOf({ security: [{ key: [] }] }),
          made: { target: "https://api.example.org" },
        },
      },
      finds: [
        ...["silent", "said", "empty"].map((name) => `${REST}.${name} body /orders get`),
        ...["either", "unheeded", "keyed"].map((name) => `${HTTP}.${name} body /orders get`),
        `${HTTP}.made target`,
      ],
    },
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
      title: "an OpenAPI document that is not shown, asks as a whole, or by what it does not define",
      resources: {
        [REST]: {
          hidden: { body: '${file("api.yaml")}' },
          whole: documentOf({}, { security: [{ key: [] }] }),
          elsewhere: documentOf({ security: [{ other: [] }] }),
        },
      },
      finds: [`${REST}.hidden body`, `${REST}.whole body /orders get`, `${REST}.elsewhere body /orders get`],
    },
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
  addResource("add an API whose document asks nobody", REST, documentOf({})),
  addResource("give a function an open address", ADDRESS, { authorization_type: "NONE" }),
];
