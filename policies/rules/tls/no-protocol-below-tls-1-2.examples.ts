import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import {
  balancedIngress,
  balancedService,
  balanceService,
  ofIngress,
  ofService,
} from "../cluster/examples/balancers.ts";

const listener = (more: Readonly<Record<string, unknown>>, type = "aws_lb_listener"): Loose => ({
  [type]: { web: { load_balancer_arn: "${aws_lb.web.arn}", port: 443, protocol: "HTTPS", ...more } },
});
const distribution = (viewer_certificate: object): Loose => ({
  aws_cloudfront_distribution: { web: { viewer_certificate } },
});
const classic = (attributes: readonly object[]): Loose => ({
  aws_elb: {
    old: { listener: [{ lb_port: 443, lb_protocol: "https", instance_port: 443, instance_protocol: "https" }] },
  },
  aws_load_balancer_policy: {
    own: {
      load_balancer_name: "${aws_elb.old.name}",
      policy_name: "own",
      policy_type_name: "SSLNegotiationPolicyType",
      policy_attribute: attributes,
    },
  },
  aws_load_balancer_listener_policy: {
    own: {
      load_balancer_name: "${aws_elb.old.name}",
      load_balancer_port: 443,
      policy_names: ["${aws_load_balancer_policy.own.policy_name}"],
    },
  },
});

/** The same in one resource. */
const negotiated = (...names: readonly string[]): Loose => ({
  aws_elb: { old: { listener: [{ lb_port: 443, lb_protocol: "https", instance_port: 443 }] } },
  aws_lb_ssl_negotiation_policy: {
    own: {
      ...{ load_balancer: "${aws_elb.old.id}", lb_port: 443 },
      attribute: names.map((name) => ({ name, value: "true" })),
    },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "a classic load balancer that negotiates TLS 1.2 by a policy of its own",
      resources: negotiated("Protocol-TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256"),
    },
    { title: "load balancers of a cluster", manifests: [balancedIngress(), balancedService()] },
    {
      title: "a listener from TLS 1.2",
      resources: listener({ ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }),
    },
    {
      title: "a network listener of TLS 1.3 alone",
      resources: listener({ protocol: "TLS", ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    },
    { title: "a distribution from TLS 1.2", resources: distribution({ minimum_protocol_version: "TLSv1.2_2021" }) },
    {
      title: "a classic load balancer that refers to a predefined policy",
      resources: classic([{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }]),
    },
    {
      title: "a classic load balancer that switches on TLS 1.2 alone",
      resources: classic([{ name: "Protocol-TLSv1.2", value: "true" }]),
    },
    {
      title: "an API with a domain name from TLS 1.2 and no address of its own",
      resources: {
        aws_api_gateway_rest_api: { web: { disable_execute_api_endpoint: true } },
        aws_api_gateway_domain_name: { web: { security_policy: "TLS_1_2" } },
        aws_apigatewayv2_domain_name: { web: { domain_name_configuration: { security_policy: "TLS_1_2" } } },
        aws_opensearch_domain: {
          logs: { domain_endpoint_options: { tls_security_policy: "Policy-Min-TLS-1-2-PFS-2023-10" } },
        },
        aws_iot_domain_configuration: {
          things: { tls_config: { security_policy: "IoTSecurityPolicy_TLS13_1_2_2022_10" } },
        },
        aws_lightsail_lb: { small: { tls_policy_name: "TLS-FS-1-2-Res-2019-08" } },
      },
    },
  ],
  bad: [
    {
      title: "a load balancer of an Ingress without a policy, one of a Service with an old one",
      manifests: [
        balancedIngress({ "ssl-policy": undefined }),
        balancedService({ "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-0-2015-04" }),
      ],
      finds: [ofIngress("ssl-policy"), ofService("ssl-negotiation-policy")],
    },
    {
      title: "a listener that says nothing, which means TLS 1.0",
      resources: listener({}),
      finds: ["aws_lb_listener.web ssl_policy"],
    },
    {
      title: "an old spelling of a listener with an old policy",
      resources: listener({ ssl_policy: "ELBSecurityPolicy-FS-1-1-2019-08" }, "aws_alb_listener"),
      finds: ["aws_alb_listener.web ssl_policy"],
    },
    {
      title: "a policy whose name looks new and is not known",
      resources: listener({ ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Ultra-2030-01" }),
      finds: ["aws_lb_listener.web ssl_policy"],
    },
    {
      title: "a TLS 1.3 policy that goes down to 1.0",
      resources: listener({ protocol: "TLS", ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
      finds: ["aws_lb_listener.web ssl_policy"],
    },
    {
      title: "a distribution with the certificate of CloudFront",
      resources: distribution({ cloudfront_default_certificate: true, minimum_protocol_version: "TLSv1.2_2021" }),
      finds: ["aws_cloudfront_distribution.web viewer_certificate.minimum_protocol_version"],
    },
    {
      title: "a distribution of many tenants",
      resources: {
        aws_cloudfront_multitenant_distribution: {
          web: { viewer_certificate: { acm_certificate_arn: "x", minimum_protocol_version: "TLSv1.1_2016" } },
        },
      },
      finds: ["aws_cloudfront_multitenant_distribution.web viewer_certificate.minimum_protocol_version"],
    },
    {
      title: "a classic load balancer that negotiates TLS 1.1 too",
      resources: negotiated("Protocol-TLSv1.2", "Protocol-TLSv1.1"),
      finds: ["aws_elb.old listener[0] policy"],
    },
    {
      title: "a classic load balancer with a policy of its own that keeps TLS 1.0",
      resources: classic([
        { name: "Protocol-TLSv1", value: "true" },
        { name: "Protocol-TLSv1.2", value: "true" },
      ]),
      finds: ["aws_elb.old listener[0] policy"],
    },
    {
      title: "an API at its own address, a domain name, a search domain and things as they are by default or worse",
      resources: {
        aws_api_gateway_rest_api: { web: { endpoint_configuration: { types: ["REGIONAL"] } } },
        aws_apigatewayv2_domain_name: { web: { domain_name_configuration: { security_policy: "TLS_1_0" } } },
        aws_elasticsearch_domain: { logs: {} },
        aws_cloudsearch_domain: { old: {} },
        aws_iot_domain_configuration: {
          things: { tls_config: { security_policy: "IoTSecurityPolicy_TLS12_1_0_2016_01" } },
        },
        aws_lightsail_lb: { small: {} },
      },
      finds: [
        "aws_apigatewayv2_domain_name.web domain_name_configuration.security_policy",
        "aws_api_gateway_rest_api.web security_policy",
        "aws_elasticsearch_domain.logs domain_endpoint_options.tls_security_policy",
        "aws_cloudsearch_domain.old endpoint_options.tls_security_policy",
        "aws_iot_domain_configuration.things tls_config.security_policy",
        "aws_lightsail_lb.small tls_policy_name",
      ],
    },
  ],
  unknown: [
    {
      title: "a policy that the class of an Ingress says, and does not show",
      manifests: [
        {
          ...{ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "alb" } },
          spec: { controller: "ingress.k8s.aws/alb", parameters: { kind: "IngressClassParams", name: "edge" } },
        },
        balancedIngress({ "ssl-policy": undefined }),
      ],
      finds: [ofIngress("ssl-policy")],
    },
    {
      title: "a policy that a variable names",
      resources: listener({ ssl_policy: "${var.policy}" }),
      finds: ["aws_lb_listener.web ssl_policy"],
    },
    {
      title: "a domain name whose policy depends on the day it was made",
      resources: { aws_api_gateway_domain_name: { web: {} } },
      finds: ["aws_api_gateway_domain_name.web security_policy"],
    },
  ],
};

const policy = (name: string | undefined): Mutation =>
  onResource("aws_lb_listener", `name ${name ?? "no policy"} at a listener`, (listener) =>
    listener.protocol === "HTTPS" ? { ...listener, ssl_policy: name } : listener,
  );
const distributionFrom = (minimum_protocol_version: string | undefined): Mutation =>
  onResource("aws_cloudfront_distribution", `let a distribution begin at ${minimum_protocol_version}`, (each) => ({
    ...each,
    viewer_certificate: { ...each.viewer_certificate, minimum_protocol_version },
  }));

export const mutations: readonly Mutation[] = [
  policy(undefined),
  policy("ELBSecurityPolicy-2016-08"),
  policy("ELBSecurityPolicy-TLS-1-1-2017-01"),
  policy("ELBSecurityPolicy-TLS13-1-0-2021-06"),
  policy("ELBSecurityPolicy-TLS13-1-1-2021-06"),
  policy("ELBSecurityPolicy-TLS13-1-2-res-2021-06"),
  distributionFrom(undefined),
  distributionFrom("TLSv1.1_2016"),
  distributionFrom("SSLv3"),
  onResource("aws_cloudfront_distribution", "take the certificate of CloudFront", (each) => ({
    ...each,
    viewer_certificate: { cloudfront_default_certificate: true },
  })),
  balanceService("let a cluster make a load balancer that speaks TLS 1.0", {
    "ssl-policy": "ELBSecurityPolicy-2016-08",
  }),
];
