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
  aws_cloudfront_distribution: { web: { aliases: ["shop.example.org"], origin } },
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
      resources: site(
        through("web"),
        { domain_name: "${aws_lb.web.dns_name}" },
        { domain_name: "shop-files.s3.eu-central-1.amazonaws.com" },
        { domain_name: "${aws_s3_bucket.files.bucket_regional_domain_name}" },
      ),
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
