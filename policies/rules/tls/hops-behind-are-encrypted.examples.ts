import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

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

export const examples: Examples = {
  good: [
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
  onResource("aws_sns_topic_subscription", "subscribe in clear text", (each) => ({ ...each, protocol: "http" })),
];
