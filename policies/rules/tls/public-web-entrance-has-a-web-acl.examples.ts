import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import { balancedIngress, balanceService, ofIngress } from "../cluster/examples/balancers.ts";

const balancer = (more: object = {}): Loose => ({ aws_lb: { web: { name: "web", ...more } } });
const associated = (resource_arn: string): Loose => ({
  aws_wafv2_web_acl: { web: { scope: "REGIONAL" } },
  aws_wafv2_web_acl_association: { web: { resource_arn, web_acl_arn: "${aws_wafv2_web_acl.web.arn}" } },
});
const stage: Loose = {
  aws_api_gateway_rest_api: { api: { endpoint_configuration: { types: ["REGIONAL"] } } },
  aws_api_gateway_stage: { api: { rest_api_id: "${aws_api_gateway_rest_api.api.id}" } },
};

export const examples: Examples = {
  good: [
    {
      title: "an internal load balancer of a cluster, and a public one behind a web ACL",
      manifests: [
        balancedIngress(),
        balancedIngress({
          scheme: "internet-facing",
          "wafv2-acl-arn": "arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/edge/a",
        }),
      ],
    },
    { title: "a load balancer with a web ACL", resources: { ...balancer(), ...associated("${aws_lb.web.arn}") } },
    {
      title: "a distribution with a web ACL, and a load balancer that only it reaches",
      resources: {
        ...balancer({ internal: true }),
        aws_wafv2_web_acl: { web: { scope: "CLOUDFRONT" } },
        aws_cloudfront_distribution: { web: { web_acl_id: "${aws_wafv2_web_acl.web.arn}" } },
      },
    },
    {
      title: "a stage of an API with a web ACL",
      resources: { ...stage, ...associated("${aws_api_gateway_stage.api.arn}") },
    },
    {
      title: "tenants of a distribution with a web ACL: one with that, one with another",
      resources: {
        aws_wafv2_web_acl: { web: { scope: "CLOUDFRONT" }, strict: { scope: "CLOUDFRONT" } },
        aws_cloudfront_multitenant_distribution: { web: { web_acl_id: "${aws_wafv2_web_acl.web.arn}" } },
        aws_cloudfront_distribution_tenant: {
          a: { distribution_id: "${aws_cloudfront_multitenant_distribution.web.id}" },
          b: { customizations: [{ web_acl: [{ action: "override", arn: "${aws_wafv2_web_acl.strict.arn}" }] }] },
        },
      },
    },
  ],
  bad: [
    {
      title: "a tenant who turns the web ACL of his distribution off",
      resources: {
        aws_wafv2_web_acl: { web: { scope: "CLOUDFRONT" } },
        aws_cloudfront_multitenant_distribution: { web: { web_acl_id: "${aws_wafv2_web_acl.web.arn}" } },
        aws_cloudfront_distribution_tenant: {
          a: {
            distribution_id: "${aws_cloudfront_multitenant_distribution.web.id}",
            customizations: [{ web_acl: [{ action: "disable" }] }],
          },
        },
      },
      finds: ["aws_cloudfront_distribution_tenant.a customizations.web_acl"],
    },
    {
      title: "a public load balancer of a cluster",
      manifests: [balancedIngress({ scheme: "internet-facing" })],
      finds: [ofIngress("wafv2-acl-arn")],
    },
    {
      title: "a load balancer without one",
      resources: balancer(),
      finds: ["aws_lb.web aws_wafv2_web_acl_association.resource_arn"],
    },
    {
      title: "a web ACL for another load balancer",
      resources: {
        aws_lb: { web: {}, other: {} },
        ...associated("${aws_lb.other.arn}"),
      },
      finds: ["aws_lb.web aws_wafv2_web_acl_association.resource_arn"],
    },
    {
      title: "a web ACL that is passed when it cannot be asked",
      resources: { ...balancer({ enable_waf_fail_open: true }), ...associated("${aws_lb.web.arn}") },
      finds: ["aws_lb.web enable_waf_fail_open"],
    },
    {
      title: "a distribution, a stage and an AppSync API without one",
      resources: {
        ...stage,
        aws_cloudfront_distribution: { web: { web_acl_id: "" } },
        aws_appsync_graphql_api: { web: { authentication_type: "API_KEY" } },
      },
      finds: [
        "aws_cloudfront_distribution.web web_acl_id",
        "aws_api_gateway_stage.api aws_wafv2_web_acl_association.resource_arn",
        "aws_appsync_graphql_api.web aws_wafv2_web_acl_association.resource_arn",
      ],
    },
  ],
  unknown: [
    {
      title: "a web ACL for something that a variable names",
      resources: { ...balancer(), ...associated("${var.balancer}") },
      finds: ["aws_lb.web aws_wafv2_web_acl_association.resource_arn"],
    },
    {
      title: "a distribution whose web ACL a variable names",
      resources: { aws_cloudfront_distribution: { web: { web_acl_id: "${var.acl}" } } },
      finds: ["aws_cloudfront_distribution.web web_acl_id"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_wafv2_web_acl_association", "drop the association", () => undefined),
  onResource("aws_cloudfront_distribution", "take the web ACL from a distribution", (each) => ({
    ...each,
    web_acl_id: null,
  })),
  onResource("aws_lb", "put an internal load balancer on the internet", (each) =>
    each.internal === true ? { ...each, internal: null } : each,
  ),
  onResource("aws_lb", "let requests in without asking", (each) =>
    each.load_balancer_type === "application" && each.internal === false
      ? { ...each, enable_waf_fail_open: true }
      : each,
  ),
  balanceService("let a cluster make a public load balancer", { scheme: "internet-facing" }),
];
