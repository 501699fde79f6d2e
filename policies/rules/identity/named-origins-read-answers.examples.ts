import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const cdn = (origin: string, access_control_allow_credentials: unknown = true): Loose => ({
  aws_cloudfront_response_headers_policy: {
    web: { cors_config: { access_control_allow_credentials, access_control_allow_origins: { items: [origin] } } },
  },
});
const both = (origin: string): Loose => ({
  aws_apigatewayv2_api: { shop: { cors_configuration: { allow_credentials: true, allow_origins: [origin] } } },
  aws_lambda_function_url: { shop: { cors: { allow_credentials: "true", allow_origins: [origin] } } },
});
const CDN = "aws_cloudfront_response_headers_policy.web cors_config.access_control_allow_origins";

export const examples: Examples = {
  good: [
    { title: "a named origin", resources: { ...cdn("https://shop.example.org"), ...both("https://shop.example.org") } },
    { title: "anybody's page, as nobody", resources: cdn("*", false) },
  ],
  bad: [
    { title: "anybody's page, with cookies", resources: cdn("*"), finds: [CDN] },
    { title: "any page by TLS, with cookies", resources: cdn("https://*"), finds: [CDN] },
    {
      title: "pages without an origin, with cookies",
      resources: both("null"),
      finds: [
        "aws_apigatewayv2_api.shop cors_configuration.allow_origins",
        "aws_lambda_function_url.shop cors.allow_origins",
      ],
    },
  ],
  unknown: [{ title: "a variable names the origin", resources: cdn("${var.origin}"), finds: [CDN] }],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_cloudfront_response_headers_policy", "let anybody's page read answers", (each) => ({
    ...each,
    cors_config: {
      access_control_allow_credentials: true,
      access_control_allow_origins: { items: ["*"] },
      origin_override: true,
    },
  })),
];
