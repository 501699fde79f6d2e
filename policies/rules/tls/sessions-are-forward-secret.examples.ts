import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const listener = (ssl_policy?: string): Loose => ({ aws_lb_listener: { web: { protocol: "HTTPS", ssl_policy } } });

const negotiated = (...ciphers: readonly string[]): Loose => ({
  aws_elb: { old: { listener: [{ lb_port: 443, lb_protocol: "https", instance_port: 443 }] } },
  aws_lb_ssl_negotiation_policy: {
    own: {
      ...{ load_balancer: "${aws_elb.old.id}", lb_port: 443 },
      attribute: ["Protocol-TLSv1.2", "Server-Defined-Cipher-Order", ...ciphers].map((name) => ({
        ...{ name, value: "true" },
      })),
    },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "a classic load balancer with suites of its own, ephemeral keys alone",
      resources: negotiated("ECDHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES128-SHA"),
    },
    { title: "a listener with ephemeral keys alone", resources: listener("ELBSecurityPolicy-TLS13-1-2-Res-2021-06") },
    {
      title: "a distribution with ephemeral keys alone",
      resources: {
        aws_cloudfront_distribution: { web: { viewer_certificate: { minimum_protocol_version: "TLSv1.2_2019" } } },
      },
    },
  ],
  bad: [
    {
      title: "a classic load balancer with a suite of its own by RSA",
      resources: negotiated("ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA"),
      finds: ["aws_elb.old listener[0] policy"],
    },
    {
      title: "a listener that lets old clients exchange keys by RSA",
      resources: listener("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"),
      finds: ["aws_lb_listener.web ssl_policy"],
    },
    { title: "a listener that says nothing", resources: listener(), finds: ["aws_lb_listener.web ssl_policy"] },
    {
      title: "a distribution with an older policy",
      resources: {
        aws_cloudfront_distribution: { web: { viewer_certificate: { minimum_protocol_version: "TLSv1.2_2018" } } },
      },
      finds: ["aws_cloudfront_distribution.web viewer_certificate.minimum_protocol_version"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  ...["ELBSecurityPolicy-TLS-1-2-2017-01", "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06"].map((ssl_policy) =>
    onResource("aws_lb_listener", `name ${ssl_policy} at a listener`, (each) =>
      each.protocol === "HTTPS" ? { ...each, ssl_policy } : each,
    ),
  ),
  onResource("aws_cloudfront_distribution", "let a distribution exchange keys by RSA", (each) => ({
    ...each,
    viewer_certificate: { ...each.viewer_certificate, minimum_protocol_version: "TLSv1.2_2018" },
  })),
];
