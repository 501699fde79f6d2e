import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const HEADER = "routing_http_response_strict_transport_security_header_value";
const listener = (header: string | null): Loose => ({
  aws_lb_listener: { web: { protocol: "HTTPS", [HEADER]: header } },
});
const distribution = (access_control_max_age_sec: number, ordered: Loose = {}): Loose => ({
  aws_cloudfront_response_headers_policy: {
    pages: { security_headers_config: { strict_transport_security: { access_control_max_age_sec, override: true } } },
  },
  aws_cloudfront_distribution: {
    web: {
      default_cache_behavior: { response_headers_policy_id: "${aws_cloudfront_response_headers_policy.pages.id}" },
      ordered_cache_behavior: [
        { response_headers_policy_id: "67f7725c-6f97-4210-82d7-5512b31e9d03" },
        { response_headers_policy_id: "67f7725c-6f97-4210-82d7-5512b31e9d03", ...ordered },
      ],
    },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "a listener that says it for two years",
      resources: listener("max-age=63072000; includeSubDomains; preload"),
    },
    { title: "a distribution with headers of its own and CloudFront's", resources: distribution(31536000) },
  ],
  bad: [
    { title: "an hour", resources: listener("max-age=3600"), finds: [`aws_lb_listener.web ${HEADER}`] },
    {
      title: "a behaviour that takes it back",
      resources: distribution(0),
      finds: ["aws_cloudfront_distribution.web default_cache_behavior.response_headers_policy_id"],
    },
    {
      title: "a behaviour without headers",
      resources: distribution(31536000, { response_headers_policy_id: null }),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[1].response_headers_policy_id"],
    },
  ],
  unknown: [
    {
      title: "a listener that leaves it to servers",
      resources: listener(null),
      finds: [`aws_lb_listener.web ${HEADER}`],
    },
    {
      title: "a behaviour where a function writes headers, or another account's policy does",
      resources: {
        aws_cloudfront_distribution: {
          web: {
            default_cache_behavior: { function_association: { event_type: "viewer-response" } },
            ordered_cache_behavior: { response_headers_policy_id: "11111111-6f97-4210-82d7-5512b31e9d03" },
          },
        },
      },
      finds: [
        "aws_cloudfront_distribution.web default_cache_behavior.response_headers_policy_id",
        "aws_cloudfront_distribution.web ordered_cache_behavior[0].response_headers_policy_id",
      ],
    },
  ],
};

const header = (title: string, value: string | null): Mutation =>
  onResource("aws_lb_listener", title, (each) => (each[HEADER] === undefined ? each : { ...each, [HEADER]: value }));

export const mutations: readonly Mutation[] = [
  header("say nothing at a listener", null),
  header("take it back at a listener", "max-age=0; includeSubDomains"),
  header("say it for a day", "includeSubDomains; max-age=86400"),
  onResource("aws_cloudfront_response_headers_policy", "shorten it at a distribution", (each) => ({
    ...each,
    security_headers_config: {
      ...each.security_headers_config,
      strict_transport_security: { access_control_max_age_sec: 60 },
    },
  })),
  onResource("aws_cloudfront_response_headers_policy", "drop it at a distribution", (each) => ({
    ...each,
    security_headers_config: { ...each.security_headers_config, strict_transport_security: null },
  })),
  onResource("aws_cloudfront_distribution", "drop the headers of a behaviour", (each) => ({
    ...each,
    default_cache_behavior: { ...each.default_cache_behavior, response_headers_policy_id: null },
  })),
];
