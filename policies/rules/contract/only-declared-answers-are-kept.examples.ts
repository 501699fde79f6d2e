import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredEntrypoint } from "../../model/declaration.ts";

const NEVER = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const entrypoint: DeclaredEntrypoint = {
  ...{ name: "web", kind: "web", host: "shop.example.org", audience: "internet", to: "shop/edge", port: 8443 },
  ...{ health: "/health", minimumTls: "1.2", loadBalancer: "shop-web" },
  cachedPaths: [{ paths: ["/static/*"], seconds: 3_600 }],
};
const declaration = {
  services: [
    {
      ...{ name: "shop", components: [], stores: [], flows: [], egress: [], secrets: [], backups: [] },
      entrypoints: [entrypoint],
    },
  ],
};
const site = (cache_policy_id: string | undefined, more: Loose = {}, max_ttl = 3_600): Loose => ({
  aws_cloudfront_cache_policy: { static: { name: "static", min_ttl: 0, max_ttl } },
  aws_cloudfront_distribution: {
    web: {
      aliases: ["shop.example.org"],
      default_cache_behavior: { cache_policy_id },
      ordered_cache_behavior: [
        { path_pattern: "/static/*", cache_policy_id: "${aws_cloudfront_cache_policy.static.id}", ...more },
      ],
    },
  },
});
const AT = "aws_cloudfront_distribution.web";
const whole = [`${AT} default_cache_behavior.cache_policy_id`];
const first = [`${AT} ordered_cache_behavior[0].cache_policy_id`];

export const examples: Examples = {
  good: [
    { title: "static files as long as declared, and nothing else", resources: site(NEVER), declaration: declaration },
    {
      title: "a part of declared paths",
      resources: site(NEVER, { path_pattern: "static/fonts/*" }, 60),
      declaration,
    },
  ],
  bad: [
    { title: "every answer for a day", resources: site(OPTIMIZED), declaration, finds: whole },
    { title: "the times of CloudFront's own", resources: site(undefined), declaration, finds: whole },
    {
      title: "static files for longer",
      resources: site(NEVER, {}, 7_200),
      declaration,
      finds: first,
    },
    {
      title: "paths of which nothing is declared",
      resources: site(NEVER, { path_pattern: "/*.json" }),
      declaration,
      finds: first,
    },
  ],
  unknown: [{ title: "a policy of a variable", resources: site("${var.policy}"), declaration, finds: whole }],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_cloudfront_distribution", "keep every answer", (each) => ({
    ...each,
    default_cache_behavior: { ...each.default_cache_behavior, cache_policy_id: OPTIMIZED },
  })),
  onResource("aws_cloudfront_distribution", "keep answers of the application's own paths", (each) => ({
    ...each,
    ordered_cache_behavior: each.ordered_cache_behavior.map((one: Loose) => ({ ...one, path_pattern: "/api/*" })),
  })),
  onResource("aws_cloudfront_cache_policy", "keep answers whatever the application says", (each) => ({
    ...each,
    min_ttl: each.max_ttl * 100,
  })),
];
