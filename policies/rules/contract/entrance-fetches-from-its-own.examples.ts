import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredEntrypoint } from "../../model/declaration.ts";

const entrypoint: DeclaredEntrypoint = {
  ...{ name: "web", kind: "web", host: "shop.example.org", audience: "internet", to: "shop/edge", port: 8443 },
  ...{ health: "/health", minimumTls: "1.2", loadBalancer: "shop-web" },
};
const declaration = {
  services: [
    {
      ...{ name: "shop", components: [], stores: [], flows: [], egress: [], secrets: [], backups: [] },
      entrypoints: [entrypoint],
    },
  ],
};
const site = (...origin: readonly Loose[]): Loose => ({
  aws_lb: { web: { name: "shop-web" }, other: { name: "others" } },
  aws_s3_bucket: { files: { bucket: "shop-files" } },
  aws_lb_listener: {
    clear: { load_balancer_arn: "${aws_lb.web.arn}", port: 80, protocol: "HTTP" },
    web: { load_balancer_arn: "${aws_lb.web.arn}", port: 443, protocol: "HTTPS" },
  },
  aws_cloudfront_vpc_origin: {
    web: { vpc_origin_endpoint_config: { arn: "${aws_lb.web.arn}", https_port: 443 } },
    late: { vpc_origin_endpoint_config: { arn: "${aws_lb.web.arn}", https_port: 8443 } },
    clear: { vpc_origin_endpoint_config: { arn: "${aws_lb.web.arn}", https_port: 80 } },
    variable: { vpc_origin_endpoint_config: { arn: "${aws_lb.web.arn}", https_port: "${var.port}" } },
    other: { vpc_origin_endpoint_config: { arn: "${aws_lb.other.arn}" } },
  },
  aws_cloudfront_origin_access_control: {
    files: { signing_behavior: "always" },
    never: { signing_behavior: "never" },
  },
  aws_cloudfront_distribution: { web: { aliases: ["shop.example.org"], enabled: true, origin } },
});
const signed = (name: string): Loose => ({
  domain_name: "shop-files.s3.eu-central-1.amazonaws.com",
  origin_access_control_id: `\${aws_cloudfront_origin_access_control.${name}.id}`,
});
const through = (name: string): Loose => ({
  domain_name: "shop.example.org",
  vpc_origin_config: { vpc_origin_id: `\${aws_cloudfront_vpc_origin.${name}.id}` },
});
const first = ["aws_cloudfront_distribution.web origin[0].domain_name"];

export const examples: Examples = {
  good: [
    {
      title: "its load balancer, through the VPC and by name, and a bucket",
      resources: site(through("web"), { domain_name: "${aws_lb.web.dns_name}" }, signed("files"), {
        domain_name: "${aws_s3_bucket.files.bucket_regional_domain_name}",
        s3_origin_config: { origin_access_identity: "origin-access-identity/cloudfront/E1" },
      }),
      declaration,
    },
  ],
  bad: [
    {
      title: "somebody else's host",
      resources: site({ domain_name: "shop.example.com", custom_origin_config: { https_port: 443 } }),
      declaration,
      finds: first,
    },
    { title: "another load balancer, through the VPC", resources: site(through("other")), declaration, finds: first },
    {
      title: "its load balancer where it does not listen, and where it does in clear",
      resources: site(through("late"), through("clear")),
      declaration,
      finds: ["late", "clear"].map((name) => `aws_cloudfront_vpc_origin.${name} vpc_origin_endpoint_config.https_port`),
    },
    {
      title: "a bucket whose requests nobody signs",
      resources: site({ domain_name: "shop-files.s3.eu-central-1.amazonaws.com" }, signed("never")),
      declaration,
      finds: [
        "aws_cloudfront_distribution.web origin[0].origin_access_control_id",
        "aws_cloudfront_origin_access_control.never signing_behavior",
      ],
    },
    {
      title: "a distribution that is off, or for trials",
      resources: {
        ...site(through("web")),
        aws_cloudfront_distribution: {
          off: { aliases: ["shop.example.org"], enabled: false },
          trial: { aliases: ["shop.example.org"], enabled: true, staging: true },
        },
      },
      declaration,
      finds: ["aws_cloudfront_distribution.off enabled", "aws_cloudfront_distribution.trial staging"],
    },
    {
      title: "a bucket that nobody shows",
      resources: site({ domain_name: "others.s3.eu-central-1.amazonaws.com" }),
      declaration,
      finds: first,
    },
  ],
  unknown: [
    {
      title: "a port of a variable",
      resources: site(through("variable")),
      declaration,
      finds: ["aws_cloudfront_vpc_origin.variable vpc_origin_endpoint_config.https_port"],
    },
    { title: "a host of a variable", resources: site({ domain_name: "${var.host}" }), declaration, finds: first },
  ],
};

const inOrigins = (title: string, change: (origin: Loose) => Loose): Mutation =>
  onResource("aws_cloudfront_distribution", title, (each) => ({ ...each, origin: each.origin.map(change) }));

export const mutations: readonly Mutation[] = [
  onResource("aws_cloudfront_origin_access_control", "sign nothing", (each) => ({
    ...each,
    signing_behavior: "never",
  })),
  onResource("aws_cloudfront_distribution", "switch the entrance off", (each) => ({ ...each, enabled: false })),
  onResource("aws_cloudfront_distribution", "take it for trials", (each) => ({ ...each, staging: true })),
  onResource("aws_cloudfront_vpc_origin", "ask where nobody listens", (each) => ({
    ...each,
    vpc_origin_endpoint_config: each.vpc_origin_endpoint_config.map((config: Loose) => ({
      ...config,
      https_port: 8443,
    })),
  })),
  inOrigins("fetch from somebody else's host", ({ origin_id }) => ({
    ...{ origin_id, domain_name: "shop.example.com" },
    custom_origin_config: { https_port: 443, origin_protocol_policy: "https-only" },
  })),
  inOrigins("fetch from another bucket", (origin) =>
    origin.vpc_origin_config === undefined
      ? { ...origin, domain_name: "others.s3.eu-central-1.amazonaws.com" }
      : origin,
  ),
];
