import type { DeclaredEntrypoint } from "../declaration.ts";
import { distributions } from "../distributions.ts";
import { kind } from "../estate.ts";
import { loadBalancers } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, type Value } from "../value.ts";

/** Where the distribution of a declared entrance fetches answers. */
export interface EntranceOrigin {
  readonly at: Place;
  /** `origin[0]`. */
  readonly attribute: string;
  readonly domain: Value<string> | undefined;
  /** Whether it is the load balancer of an entrance with its name, or a bucket that outputs show. */
  readonly isOurs: boolean;
  readonly expected: string;
}

/** Every origin of every distribution that has the name of a declared entrance. */
export const entranceOrigins = kind<EntranceOrigin>("origin of an entrance", (estate) => {
  const { terraform, declaration } = estate;
  const entrypoints = (declaration?.services ?? []).flatMap((service) => service.entrypoints);
  const balancers = new Map(estate.of(loadBalancers).map(({ resource, name }) => [resource, known(name)]));
  const buckets = new Set(terraform.ofType("aws_s3_bucket").map(({ block }) => known(block.text("bucket"))));
  return estate.of(distributions).flatMap(({ resource, aliases }) => {
    const own = entrypoints.filter(({ host }) => aliases.includes(host));
    if (own.length === 0) return [];
    return resource.block.blocks("origin").map((origin, index) => {
      const domain = origin.text("domain_name");
      const balancer = balancerOf(origin, terraform);
      return {
        at: placeOfResource(resource),
        attribute: `origin[${index}].domain_name`,
        domain,
        isOurs:
          isOneOf(balancer === undefined ? undefined : balancers.get(balancer), own) ||
          isBucket(domain, buckets, terraform),
        expected: `${own.map(({ loadBalancer }) => loadBalancer).join(", ")} or a bucket that outputs show`,
      };
    });
  });
});

/** Through a VPC the ARN decides whom it asks, not the name. */
function balancerOf(origin: Block, terraform: Graph): Resource | undefined {
  const vpc = origin.block("vpc_origin_config");
  if (vpc === undefined) return terraform.find(origin.text("domain_name"), "aws_lb", "aws_alb");
  const found = terraform.find(vpc.text("vpc_origin_id"), "aws_cloudfront_vpc_origin");
  return terraform.find(found?.block.block("vpc_origin_endpoint_config")?.text("arn"), "aws_lb", "aws_alb");
}

const isOneOf = (name: string | undefined, entrypoints: readonly DeclaredEntrypoint[]): boolean =>
  entrypoints.some(({ loadBalancer }) => loadBalancer === name);

function isBucket(
  domain: Value<string> | undefined,
  names: ReadonlySet<string | undefined>,
  terraform: Graph,
): boolean {
  if (terraform.find(domain, "aws_s3_bucket") !== undefined) return true;
  if (domain === undefined || isUnknown(domain)) return false;
  return names.has(/^(.+?)\.s3(?:[.-][\w.-]+)?\.amazonaws\.com$/.exec(domain)?.[1] ?? "");
}
