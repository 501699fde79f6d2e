import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const listener = (ssl_policy?: string): Loose => ({ aws_lb_listener: { web: { protocol: "HTTPS", ssl_policy } } });

export const examples: Examples = {
  good: [
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
