import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "./value.ts";

/** A distribution of CloudFront. */
export interface Distribution {
  readonly at: Place;
  readonly resource: Resource;
  /** Names that it answers to, those of its tenants among them. */
  readonly aliases: readonly Value<string>[];
  /** `viewer_certificate.minimum_protocol_version`; CloudFront's own certificate always means `TLSv1`. */
  readonly minimumProtocol: Value<string> | undefined;
  /** The web ACL before it. */
  readonly webAcl: Value<string> | undefined;
  /** The default behaviour first. */
  readonly behaviors: readonly Behavior[];
  readonly origins: readonly Origin[];
}

/** How requests for some paths are treated. */
export interface Behavior {
  /** `default_cache_behavior`, `ordered_cache_behavior[0]`. */
  readonly attribute: string;
  readonly block: Block;
  /** `allow-all`, `https-only`, `redirect-to-https`. */
  readonly viewerProtocol: Value<string> | undefined;
  /** Seconds of Strict-Transport-Security in its response headers; 0 where it has none. */
  readonly strictTransportSeconds: Value<number>;
  /** Whether a function of its own writes headers of responses. */
  readonly writesHeaders: boolean;
}

/** Where a distribution fetches from. `s3`: the protocol follows the viewer's, and S3 alone answers. */
export interface Origin {
  /** The distribution, or the VPC origin that it goes through. */
  readonly at: Place;
  readonly attribute: string;
  readonly kind: "s3" | "custom" | "vpc";
  readonly protocolPolicy: Value<string> | undefined;
  readonly protocols: readonly Value<string>[];
}

/**
 * Response headers policies that every account has, and the seconds of Strict-Transport-Security that each sets (Amazon
 * CloudFront developer guide, "Use managed response headers policies", read 2026-11-22).
 */
const MANAGED: ReadonlyMap<string, number> = new Map([
  // "SecurityHeadersPolicy", "CORS-and-SecurityHeadersPolicy", "CORS-with-preflight-and-SecurityHeadersPolicy".
  ["67f7725c-6f97-4210-82d7-5512b31e9d03", 31536000],
  ["e61eb60c-9c35-4d20-a928-2b84e02af89c", 31536000],
  ["eaab4381-ed33-4a86-88ca-d9558dc6cd63", 31536000],
  // "SimpleCORS", "CORS-With-Preflight": no security headers.
  ["60669652-455b-4ae9-85a4-c4c02393f86c", 0],
  ["5cc3b908-e619-4b99-88e5-2cf7f45965bd", 0],
]);

export const distributionTypes = ["aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"] as const;

/** Who has names at a distribution of many tenants. */
export interface Tenant {
  readonly at: Place;
  readonly block: Block;
  readonly names: readonly Value<string>[];
  /** Absent: outputs do not show it. */
  readonly distribution: Resource | undefined;
}

/** Every tenant. */
export const tenantsOf = (terraform: Graph): readonly Tenant[] =>
  terraform.ofType("aws_cloudfront_distribution_tenant").map((resource) => ({
    at: placeOfResource(resource),
    block: resource.block,
    names: resource.block.blocks("domain").flatMap((each) => each.texts("domain")),
    distribution: terraform.find(resource.block.text("distribution_id"), "aws_cloudfront_multitenant_distribution"),
  }));

/** Every distribution, those of many tenants too. */
export const distributions = kind<Distribution>("distribution", ({ terraform }) =>
  terraform.ofType(...distributionTypes).map((resource) => {
    const { block } = resource;
    const tenants = tenantsOf(terraform).filter((tenant) => tenant.distribution === resource);
    // One of many tenants has another word for them.
    const others = resource.type === "aws_cloudfront_distribution" ? "ordered_cache_behavior" : "cache_behavior";
    const ordered = block.blocks(others);
    return {
      at: placeOfResource(resource),
      resource,
      aliases: [...block.texts("aliases"), ...tenants.flatMap(({ names }) => names)],
      minimumProtocol: minimumOf(block.block("viewer_certificate")),
      webAcl: block.text("web_acl_id"),
      behaviors: [
        ...block.blocks("default_cache_behavior").map((each) => behaviorOf(each, "default_cache_behavior", terraform)),
        ...ordered.map((each, at) => behaviorOf(each, `${others}[${at}]`, terraform)),
      ],
      origins: block.blocks("origin").flatMap((each, at) => originsOf(each, `origin[${at}]`, resource, terraform)),
    };
  }),
);

function minimumOf(certificate: Block | undefined): Value<string> | undefined {
  const own = certificate?.flag("cloudfront_default_certificate");
  if (isUnknown(own)) return own;
  return own === true ? "TLSv1" : certificate?.text("minimum_protocol_version");
}

function behaviorOf(block: Block, attribute: string, terraform: Graph): Behavior {
  return {
    attribute,
    block,
    viewerProtocol: block.text("viewer_protocol_policy"),
    strictTransportSeconds: secondsOf(block.text("response_headers_policy_id"), terraform),
    writesHeaders: block.blocks("function_association").length + block.blocks("lambda_function_association").length > 0,
  };
}

function secondsOf(policy: Value<string> | undefined, terraform: Graph): Value<number> {
  if (policy === undefined) return 0;
  const own = terraform.find(policy, "aws_cloudfront_response_headers_policy");
  const managed = isUnknown(policy) ? undefined : MANAGED.get(policy);
  if (own === undefined) return managed ?? new Unknown(String(policy));
  const header = own.block.block("security_headers_config")?.block("strict_transport_security");
  return header?.number("access_control_max_age_sec") ?? 0;
}

function originsOf(block: Block, attribute: string, resource: Resource, terraform: Graph): readonly Origin[] {
  const at = placeOfResource(resource);
  const custom = block.block("custom_origin_config");
  if (custom !== undefined) return [customOrigin(custom, at, `${attribute}.custom_origin_config`)];
  const vpc = block.block("vpc_origin_config");
  if (vpc === undefined) return [{ at, attribute, kind: "s3", protocolPolicy: undefined, protocols: [] }];
  const id = vpc.text("vpc_origin_id");
  const origin = terraform.find(id, "aws_cloudfront_vpc_origin");
  const unknown = isUnknown(id) ? id : new Unknown(String(id));
  const config = origin?.block.block("vpc_origin_endpoint_config");
  if (origin === undefined || config === undefined)
    return [
      { at, attribute: `${attribute}.vpc_origin_config`, kind: "vpc", protocolPolicy: unknown, protocols: [unknown] },
    ];
  return [
    {
      at: placeOfResource(origin),
      attribute: "vpc_origin_endpoint_config",
      kind: "vpc",
      protocolPolicy: config.text("origin_protocol_policy"),
      protocols: config.blocks("origin_ssl_protocols").flatMap((each) => each.texts("items")),
    },
  ];
}

const customOrigin = (block: Block, at: Place, attribute: string): Origin => ({
  at,
  attribute,
  kind: "custom",
  protocolPolicy: block.text("origin_protocol_policy"),
  protocols: block.texts("origin_ssl_protocols"),
});
