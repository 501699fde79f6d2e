import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const keys: Loose = {
  aws_cloudfront_public_key: { site: { encoded_key: "-----BEGIN PUBLIC KEY-----" } },
  aws_cloudfront_key_group: { site: { items: ["${aws_cloudfront_public_key.site.id}"] } },
};
const signed = { trusted_key_groups: ["${aws_cloudfront_key_group.site.id}"] };
const from = (target_origin_id: string, path_pattern?: string, more: object = {}): Loose => ({
  target_origin_id,
  ...(path_pattern === undefined ? {} : { path_pattern }),
  ...more,
});
const files = { origin_id: "files", domain_name: "files.s3.eu-central-1.amazonaws.com" };
const site = { origin_id: "site", domain_name: "internal.example.org", custom_origin_config: {} };
const distribution = (ordered: readonly Loose[], more: object = {}): Loose => ({
  aliases: ["site.example.org"],
  origin: [site, files],
  default_cache_behavior: from("site"),
  ordered_cache_behavior: ordered,
  ...more,
});
const web = (ordered: readonly Loose[], more: object = {}): Loose => ({
  ...keys,
  aws_cloudfront_distribution: { web: distribution(ordered, more) },
});
/** A site of which `/attachments/*` is declared as signed. */
const declaration: Loose = {
  services: [{ name: "shop", entrypoints: [{ host: "site.example.org", signedPaths: ["/attachments/*"] }] }],
};
/** The same, which says whose keys sign. */
const signedBy = (...signingKeys: readonly string[]): Loose => ({ ...declaration, signingKeys });
/** A distribution of many tenants, who have the declared name, with what its behaviour trusts. */
const tenants = (trusted: Loose, tenant: Loose = {}): Loose => ({
  ...keys,
  aws_cloudfront_multitenant_distribution: {
    web: {
      origin: [
        { id: "site", domain_name: "{{tenant}}.internal.example.org" },
        { id: "files", domain_name: "files.s3.eu-central-1.amazonaws.com" },
      ],
      default_cache_behavior: { target_origin_id: "site" },
      cache_behavior: [{ target_origin_id: "files", path_pattern: "/attachments/*", ...trusted }],
    },
  },
  aws_cloudfront_distribution_tenant: {
    shop: {
      distribution_id: "${aws_cloudfront_multitenant_distribution.web.id}",
      domain: [{ domain: "site.example.org" }],
      ...tenant,
    },
  },
});
const trusting = (enabled: boolean | undefined): Loose => ({
  trusted_key_groups: [
    { items: ["${aws_cloudfront_key_group.site.id}"], ...(enabled === undefined ? {} : { enabled }) },
  ],
});
const attachments = from("files", "/attachments/*", signed);
const other = (more: object): Loose => ({
  ...web([attachments]),
  aws_cloudfront_distribution: {
    web: distribution([attachments]),
    other: { origin: [files], default_cache_behavior: from("files"), ...more },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "declared paths for signed addresses, and the site for everybody",
      declaration,
      resources: web([from("site", "/static/*"), attachments]),
    },
    {
      title: "a site without anything private",
      resources: web([from("files", "/static/*")]),
    },
    {
      title: "paths that nobody declared, with a public one before them",
      resources: web([from("files", "/attachments/logo.png"), attachments]),
    },
    {
      title: "public files of the same bucket, by a pattern that has none of the private ones",
      declaration,
      resources: web([from("files", "/static/*"), attachments]),
    },
    {
      title: "a pattern behind one that takes every path that is left",
      declaration,
      resources: web([from("files", "attachments*", signed), from("files", "/attachments/public/*")]),
    },
    {
      title: "another distribution of other files of the bucket",
      declaration,
      resources: other({ origin: [{ ...files, origin_path: "/static" }] }),
    },
    {
      title: "keys that are declared, whatever their lines end in",
      declaration: signedBy("-----BEGIN PUBLIC KEY-----\r\n"),
      resources: web([attachments]),
    },
    {
      title: "declared paths of a tenant, by keys of ours",
      declaration: signedBy("-----BEGIN PUBLIC KEY-----"),
      resources: tenants(trusting(true)),
    },
    {
      title: "a tenant of somebody else's distribution, with a name that has no signed paths",
      declaration,
      resources: tenants(trusting(true), { distribution_id: "E1ABCDEFGHIJKL", domain: [{ domain: "a.example.org" }] }),
    },
  ],
  bad: [
    {
      title: "a key of the outputs that is not declared",
      declaration: signedBy("-----BEGIN PUBLIC KEY-----A"),
      resources: web([attachments]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "a second key beside the declared one",
      declaration: signedBy("-----BEGIN PUBLIC KEY-----"),
      resources: {
        ...web([attachments]),
        aws_cloudfront_public_key: { ...keys.aws_cloudfront_public_key, other: { encoded_key: "another" } },
        aws_cloudfront_key_group: {
          site: { items: ["${aws_cloudfront_public_key.site.id}", "${aws_cloudfront_public_key.other.id}"] },
        },
      },
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "declared paths of a tenant for everybody",
      declaration,
      resources: tenants({}),
      finds: ["aws_cloudfront_multitenant_distribution.web cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "declared paths of a tenant, with signatures that are turned off",
      declaration,
      resources: tenants(trusting(false)),
      finds: ["aws_cloudfront_multitenant_distribution.web cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "private files through a bucket that each tenant names",
      declaration,
      resources: {
        ...web([attachments]),
        aws_cloudfront_multitenant_distribution: {
          other: {
            origin: [{ id: "own", domain_name: "{{bucket}}.s3.eu-central-1.amazonaws.com" }],
            default_cache_behavior: { target_origin_id: "own" },
          },
        },
      },
      finds: ["aws_cloudfront_multitenant_distribution.other default_cache_behavior.trusted_key_groups"],
    },
    {
      title: "declared paths for everybody",
      declaration,
      resources: web([from("files", "/attachments/*")]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "a looser pattern before the signed one",
      declaration,
      resources: web([from("files", "/att*.p?f"), attachments]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "declared paths that the default behaviour answers",
      declaration,
      resources: web([from("files", "/attachments/*.pdf", signed)], { default_cache_behavior: from("files") }),
      finds: ["aws_cloudfront_distribution.web default_cache_behavior.trusted_key_groups"],
    },
    {
      title: "keys of whoever has the account's root user",
      declaration,
      resources: web([from("files", "/attachments/*", { trusted_signers: ["self"] })]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_signers"],
    },
    {
      title: "a key group that the outputs do not show, and one with such a key",
      resources: {
        ...web([
          from("files", "/a/*", { trusted_key_groups: ["11111111-2222-3333-4444-555555555555"] }),
          from("files", "/b/*", { trusted_key_groups: ["${aws_cloudfront_key_group.strange.id}"] }),
        ]),
        aws_cloudfront_key_group: { strange: { items: ["${aws_cloudfront_public_key.site.id}", "K2JCJMDEHXQW5F"] } },
      },
      finds: [
        "aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups",
        "aws_cloudfront_distribution.web ordered_cache_behavior[1].trusted_key_groups",
      ],
    },
    {
      title: "another distribution of the same bucket",
      resources: other({}),
      finds: ["aws_cloudfront_distribution.other default_cache_behavior.trusted_key_groups"],
    },
    {
      title: "another distribution, by a group of origins and the folder of the private files",
      declaration,
      resources: other({
        origin: [site, { ...files, origin_path: "/attachments" }],
        origin_group: [{ origin_id: "both", member: [{ origin_id: "site" }, { origin_id: "files" }] }],
        default_cache_behavior: from("both"),
      }),
      finds: ["aws_cloudfront_distribution.other default_cache_behavior.trusted_key_groups"],
    },
    {
      title: "another path of the same distribution to the same files",
      declaration,
      resources: web([attachments, from("folder", "/*.pdf")], {
        origin: [site, files, { ...files, origin_id: "folder", origin_path: "/attachments" }],
      }),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[1].trusted_key_groups"],
    },
  ],
  unknown: [
    {
      title: "a key that is not shown, where keys are declared",
      declaration: signedBy("-----BEGIN PUBLIC KEY-----"),
      resources: { ...web([attachments]), aws_cloudfront_public_key: { site: { encoded_key: "${var.key}" } } },
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "key groups of which nobody says that they are asked",
      declaration,
      resources: tenants(trusting(undefined)),
      finds: ["aws_cloudfront_multitenant_distribution.web cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "a declared name at a distribution that outputs do not show",
      declaration,
      resources: tenants(trusting(true), { distribution_id: "E1ABCDEFGHIJKL" }),
      finds: ["aws_cloudfront_distribution_tenant.shop distribution_id"],
    },
    {
      title: "a pattern that is not known",
      declaration,
      resources: web([from("files", "${var.pattern}"), attachments]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "a key group by a variable",
      resources: web([from("files", "/attachments/*", { trusted_key_groups: ["${var.group}"] })]),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].trusted_key_groups"],
    },
    {
      title: "a function that may ask for another path",
      declaration,
      resources: web([attachments], {
        default_cache_behavior: from("site", undefined, {
          lambda_function_association: [{ event_type: "origin-request", lambda_arn: "${aws_lambda_function.a.arn}" }],
        }),
      }),
      finds: ["aws_cloudfront_distribution.web default_cache_behavior.lambda_function_association"],
    },
  ],
};

const onDistribution = (title: string, change: (copy: Loose) => void): Mutation =>
  onResource("aws_cloudfront_distribution", title, (copy) => {
    const private_ = copy.ordered_cache_behavior?.find((each: Loose) => each.trusted_key_groups !== undefined);
    if (private_ === undefined) return undefined;
    change({ all: copy, private_ });
    return copy;
  });

export const mutations: readonly Mutation[] = [
  onDistribution("ask nobody for a signature", ({ private_ }) => {
    delete private_.trusted_key_groups;
  }),
  onDistribution("answer a looser pattern before", ({ all, private_ }) => {
    const { trusted_key_groups: _, ...loose } = private_;
    all.ordered_cache_behavior.unshift({ ...loose, path_pattern: "*.pdf" });
  }),
  onDistribution("let the default behaviour ask the bucket by another path", ({ all, private_ }) => {
    const origin = all.origin.find((each: Loose) => each.origin_id === private_.target_origin_id);
    all.origin.push({ ...origin, origin_id: "again", origin_path: "/attachments" });
    all.default_cache_behavior.target_origin_id = "again";
  }),
  onDistribution("trust whoever has the account's keys", ({ private_ }) => {
    delete private_.trusted_key_groups;
    private_.trusted_signers = ["self"];
  }),
  onResource("aws_cloudfront_key_group", "take a key of somebody else", (copy) => ({
    ...copy,
    items: [...copy.items, "K2JCJMDEHXQW5F"],
  })),
  onResource("aws_cloudfront_public_key", "be a key of somebody else", (copy) => ({
    ...copy,
    encoded_key: copy.encoded_key.replace("MIIB", "MIIC"),
  })),
];
