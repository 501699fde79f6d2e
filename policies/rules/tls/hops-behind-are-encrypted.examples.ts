import type { Examples } from "../../engine/example.ts";
import { addResource, type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import {
  balancedIngress,
  balancedService,
  balanceService,
  ofIngress,
  ofService,
} from "../cluster/examples/balancers.ts";
import { object, service } from "../cluster/examples/workloads.ts";

const group = (protocol: string, health_check: Loose, more: Loose = {}): Loose => ({
  aws_lb_target_group: { api: { port: 8443, protocol, health_check, ...more } },
});
const origin = (custom_origin_config: object): Loose => ({
  aws_cloudfront_distribution: { web: { origin: [{ domain_name: "api.example.org", custom_origin_config }] } },
});
const passing = (protocol: string): Loose => ({
  aws_lb_listener: {
    own: { protocol, default_action: { type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" } },
  },
});

/** An OpenAPI document with one integration. */
const documentOf = (integration: Loose): Loose => ({
  openapi: "3.0.1",
  paths: { "/orders": { parameters: [], get: { "x-amazon-apigateway-integration": integration } } },
  components: { "x-amazon-apigateway-integrations": { own: { uri: "http://api.example.org/" } } },
});

export const examples: Examples = {
  good: [
    { title: "HTTPS behind load balancers of a cluster", manifests: [balancedIngress(), balancedService()] },
    {
      title: "HTTPS by a word of the Service behind an Ingress",
      manifests: [
        balancedIngress({ "backend-protocol": "HTTP" }),
        object("v1", "Service", "web", {
          metadata: { annotations: { "alb.ingress.kubernetes.io/backend-protocol": "HTTPS" } },
        }),
      ],
    },
    {
      title: "integrations in OpenAPI documents, by HTTPS, of functions, through a link that verifies, and of nothing",
      resources: {
        aws_api_gateway_rest_api: {
          out: { body: JSON.stringify(documentOf({ uri: "https://${var.host}/orders" })) },
          work: { body: documentOf({ type: "aws_proxy", uri: "arn:aws:apigateway:eu-central-1:lambda:path/work" }) },
          nothing: { body: documentOf({ type: "mock" }) },
        },
        aws_apigatewayv2_api: {
          linked: {
            body: documentOf({ connectionType: "VPC_LINK", tlsConfig: { serverNameToVerify: "api.example.org" } }),
          },
        },
      },
    },
    { title: "targets and their health by HTTPS", resources: group("HTTPS", { protocol: "HTTPS" }) },
    { title: "a port that is passed through as it comes", resources: { ...group("TCP", {}), ...passing("TCP") } },
    {
      title: "an origin by TLS 1.2 alone, and one in the VPC",
      resources: {
        aws_cloudfront_vpc_origin: {
          own: {
            vpc_origin_endpoint_config: [
              { origin_protocol_policy: "https-only", origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }] },
            ],
          },
        },
        aws_cloudfront_distribution: {
          web: {
            origin: [
              { custom_origin_config: { origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] } },
              { vpc_origin_config: { vpc_origin_id: "${aws_cloudfront_vpc_origin.own.id}" } },
              { domain_name: "pictures.s3.eu-central-1.amazonaws.com", origin_access_control_id: "a" },
            ],
          },
        },
      },
    },
    {
      title: "integrations by HTTPS, of functions, and through a VPC link that verifies",
      resources: {
        aws_api_gateway_integration: { out: { uri: "https://api.example.org/" } },
        aws_apigatewayv2_integration: {
          own: { integration_uri: "${aws_lambda_function.api.invoke_arn}" },
          link: { connection_type: "VPC_LINK", tls_config: { server_name_to_verify: "api.example.org" } },
        },
        aws_lambda_function: { api: {} },
      },
    },
  ],
  bad: [
    {
      title: "an integration by HTTPS that takes any certificate",
      resources: {
        aws_api_gateway_integration: {
          out: { uri: "https://api.example.org/", tls_config: [{ insecure_skip_verification: true }] },
          fine: { uri: "https://api.example.org/", tls_config: [{ insecure_skip_verification: false }] },
        },
      },
      finds: ["aws_api_gateway_integration.out tls_config.insecure_skip_verification"],
    },
    {
      title: "clear text behind load balancers of a cluster, said and by default",
      manifests: [
        balancedIngress({ "backend-protocol": "HTTP" }),
        balancedIngress({ "backend-protocol": undefined, "healthcheck-protocol": "HTTP" }),
        service(),
        balancedService({ "backend-protocol": undefined }),
      ],
      finds: [
        ofIngress("backend-protocol"),
        ofIngress("backend-protocol"),
        ofIngress("healthcheck-protocol"),
        ofService("backend-protocol"),
      ],
    },
    {
      title: "targets in clear text",
      resources: group("HTTP", {}),
      finds: ["aws_lb_target_group.api protocol", "aws_lb_target_group.api health_check.protocol"],
    },
    {
      title: "a health check as it is by default",
      resources: group("HTTPS", { path: "/health" }),
      finds: ["aws_lb_target_group.api health_check.protocol"],
    },
    {
      title: "TLS that ends at a network load balancer",
      resources: { ...group("TCP", {}), ...passing("TLS") },
      finds: ["aws_lb_target_group.api protocol"],
    },
    {
      title: "integrations in OpenAPI documents in clear text, and an API made with a target in clear text",
      resources: {
        aws_api_gateway_rest_api: {
          rest: {
            body: JSON.stringify(documentOf({ connectionType: "VPC_LINK", uri: "http://${stageVariables.host}/" })),
          },
        },
        aws_apigatewayv2_api: {
          linked: { body: documentOf({ connectionType: "VPC_LINK", uri: "a listener" }) },
          referring: { body: documentOf({ $ref: "#/components/x-amazon-apigateway-integrations/own" }) },
          made: { target: "http://api.example.org" },
        },
      },
      finds: [
        "aws_apigatewayv2_api.made target",
        "aws_api_gateway_rest_api.rest body /orders get",
        "aws_apigatewayv2_api.linked body /orders get",
        "aws_apigatewayv2_api.referring body /orders get",
      ],
    },
    {
      title: "an origin that follows the viewer and speaks TLS 1.1",
      resources: origin({ origin_protocol_policy: "match-viewer", origin_ssl_protocols: ["TLSv1.1", "TLSv1.2"] }),
      finds: [
        "aws_cloudfront_distribution.web origin[0].custom_origin_config.origin_protocol_policy",
        "aws_cloudfront_distribution.web origin[0].custom_origin_config.origin_ssl_protocols",
      ],
    },
    {
      title: "a classic load balancer that speaks clear text to its instances",
      resources: {
        aws_elb: {
          old: { listener: { lb_protocol: "https", instance_protocol: "http" }, health_check: { target: "HTTP:80/" } },
        },
      },
      finds: ["aws_elb.old listener[0].instance_protocol", "aws_elb.old health_check.target"],
    },
    {
      title: "integrations, a destination and a subscription in clear text",
      resources: {
        aws_api_gateway_integration: { out: { uri: "http://${var.host}/" } },
        aws_apigatewayv2_integration: { link: { connection_type: "VPC_LINK" } },
        aws_cloudwatch_event_api_destination: { out: { invocation_endpoint: "http://api.example.org/" } },
        aws_sns_topic_subscription: { out: { protocol: "http", endpoint: "http://api.example.org/" } },
      },
      finds: [
        "aws_api_gateway_integration.out uri",
        "aws_apigatewayv2_integration.link tls_config",
        "aws_cloudwatch_event_api_destination.out invocation_endpoint",
        "aws_sns_topic_subscription.out protocol",
      ],
    },
  ],
  unknown: [
    {
      title: "an Ingress whose Service, which may say more, is not shown",
      manifests: [balancedIngress({ "backend-protocol": undefined })],
      finds: [ofIngress("backend-protocol")],
    },
    {
      title: "TCP where a listener that ends TLS leads nobody knows where, or may end TLS",
      resources: {
        ...group("TCP", {}),
        aws_lb_listener: {
          own: { protocol: "TLS", default_action: { type: "forward", target_group_arn: "${var.group}" } },
        },
      },
      finds: ["aws_lb_target_group.api protocol"],
    },
    {
      title: "TCP behind a listener whose protocol a variable names",
      resources: { ...group("TCP", {}), ...passing("${var.protocol}") },
      finds: ["aws_lb_target_group.api protocol"],
    },
    {
      title: "an OpenAPI document that is not shown, is no JSON, or refers to what is not in it",
      resources: {
        aws_api_gateway_rest_api: { hidden: { body: '${file("api.yaml")}' }, yaml: { body: "openapi: 3.0.1" } },
        aws_apigatewayv2_api: {
          referring: { body: documentOf({ $ref: "https://example.org/own.json" }) },
          made: { target: "${var.target}" },
        },
      },
      finds: [
        "aws_apigatewayv2_api.made target",
        "aws_api_gateway_rest_api.hidden body",
        "aws_api_gateway_rest_api.yaml body",
        "aws_apigatewayv2_api.referring body /orders get",
      ],
    },
    {
      title: "a protocol that a variable names",
      resources: group("${var.protocol}", { protocol: "HTTPS" }),
      finds: ["aws_lb_target_group.api protocol"],
    },
    {
      title: "an origin in the VPC that is made elsewhere",
      resources: {
        aws_cloudfront_distribution: { web: { origin: { vpc_origin_config: { vpc_origin_id: "${var.origin}" } } } },
      },
      finds: [
        "aws_cloudfront_distribution.web origin[0].vpc_origin_config.origin_protocol_policy",
        "aws_cloudfront_distribution.web origin[0].vpc_origin_config.origin_ssl_protocols",
      ],
    },
  ],
};

const config = (title: string, change: Loose): Mutation =>
  onResource("aws_cloudfront_vpc_origin", title, (each) => ({
    ...each,
    vpc_origin_endpoint_config: [{ ...each.vpc_origin_endpoint_config[0], ...change }],
  }));

export const mutations: readonly Mutation[] = [
  onResource("aws_lb_target_group", "speak clear text to targets", (each) => ({ ...each, protocol: "HTTP" })),
  onResource("aws_lb_target_group", "speak TCP behind TLS", (each) =>
    each.protocol === "HTTPS" ? { ...each, protocol: "TCP", health_check: { protocol: "TCP" } } : each,
  ),
  onResource("aws_lb_target_group", "check health in clear text", (each) => ({
    ...each,
    health_check: { ...each.health_check, protocol: "HTTP" },
  })),
  onResource("aws_lb_target_group", "check health as it is by default", (each) =>
    each.protocol === "HTTPS" ? { ...each, health_check: { ...each.health_check, protocol: null } } : each,
  ),
  config("let an origin follow the viewer", { origin_protocol_policy: "match-viewer" }),
  config("fetch from an origin in clear text", { origin_protocol_policy: "http-only" }),
  config("let an origin speak TLS 1.1", { origin_ssl_protocols: [{ items: ["TLSv1.1", "TLSv1.2"], quantity: 2 }] }),
  addResource("add an API whose document leads out in clear text", "aws_apigatewayv2_api", {
    body: JSON.stringify(documentOf({ uri: "http://api.example.org/" })),
  }),
  onResource("aws_lb_listener", "end TLS before a group that nobody knows", (each) =>
    each.protocol === "TCP"
      ? { ...each, protocol: "TLS", default_action: [{ type: "forward", target_group_arn: "${var.group}" }] }
      : each,
  ),
  onResource("aws_sns_topic_subscription", "subscribe in clear text", (each) => ({ ...each, protocol: "http" })),
  balanceService("let a cluster make a load balancer that speaks clear text to pods", { "backend-protocol": "HTTP" }),
];
