import type { DeclaredEntrypoint } from "../declaration.ts";
import { distributions } from "../distributions.ts";
import { kind } from "../estate.ts";
import { type LoadBalancer, loadBalancers, loadBalancerTypes } from "../load-balancers.ts";
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
  /** Of an origin within a VPC: the port that it asks for. */
  readonly port: AskedPort | undefined;
}

export interface AskedPort {
  readonly at: Place;
  readonly attribute: string;
  readonly port: Value<number> | undefined;
  /** Where its load balancer listens. */
  readonly listens: readonly number[];
}

/** Every origin of every distribution that has the name of a declared entrance. */
export const entranceOrigins = kind<EntranceOrigin>("origin of an entrance", (estate) => {
  const { terraform, declaration } = estate;
  const entrypoints = (declaration?.services ?? []).flatMap((service) => service.entrypoints);
  const balancers = new Map(estate.of(loadBalancers).map((each) => [each.resource, each]));
  const buckets = new Set(terraform.ofType("aws_s3_bucket").map(({ block }) => known(block.text("bucket"))));
  return estate.of(distributions).flatMap(({ resource, aliases }) => {
    const own = entrypoints.filter(({ host }) => aliases.includes(host));
    if (own.length === 0) return [];
    return resource.block.blocks("origin").map((origin, index) => {
      const domain = origin.text("domain_name");
      const through = throughVpc(origin, terraform);
      const balancer = balancers.get(balancerOf(origin, through, terraform) as Resource);
      return {
        at: placeOfResource(resource),
        attribute: `origin[${index}].domain_name`,
        domain,
        isOurs: isOneOf(known(balancer?.name), own) || isBucket(domain, buckets, terraform),
        expected: `${own.map(({ loadBalancer }) => loadBalancer).join(", ")} or a bucket that outputs show`,
        port: through === undefined ? undefined : portAsked(through, balancer),
      };
    });
  });
});

const throughVpc = (origin: Block, terraform: Graph): Resource | undefined =>
  terraform.find(origin.block("vpc_origin_config")?.text("vpc_origin_id"), "aws_cloudfront_vpc_origin");

/** Through a VPC the ARN decides whom it asks, not the name. */
function balancerOf(origin: Block, through: Resource | undefined, terraform: Graph): Resource | undefined {
  const named = origin.has("vpc_origin_config")
    ? through?.block.block(ENDPOINT)?.text("arn")
    : origin.text("domain_name");
  return terraform.find(named, ...loadBalancerTypes);
}

const ENDPOINT = "vpc_origin_endpoint_config";

/** What is asked in clear is for another rule. */
function portAsked(through: Resource, balancer: LoadBalancer | undefined): AskedPort {
  return {
    at: placeOfResource(through),
    attribute: `${ENDPOINT}.https_port`,
    port: through.block.block(ENDPOINT)?.number("https_port"),
    listens: (balancer?.listeners ?? []).flatMap(({ port, protocol }) =>
      protocol === "HTTPS" || protocol === "TLS" ? (known(port) ?? []) : [],
    ),
  };
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
