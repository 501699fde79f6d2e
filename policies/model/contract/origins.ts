import type { DeclaredEntrypoint } from "../declaration.ts";
import { distributions } from "../distributions.ts";
import { kind } from "../estate.ts";
import { type LoadBalancer, loadBalancers, loadBalancerTypes } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, type Value } from "../value.ts";

/** The distribution of a declared entrance, and what it must say so that the entrance is served, and from what. */
export interface EntranceDelivery {
  readonly at: Place;
  readonly demands: readonly DeliveryDemand[];
}

export interface DeliveryDemand {
  /** Absent: the distribution. */
  readonly at?: Place;
  /** `origin[0].domain_name`. */
  readonly attribute: string;
  readonly got: unknown;
  readonly isMet: boolean;
  readonly expected: string;
}

/** Every distribution that has the name of a declared entrance. */
export const entranceDeliveries = kind<EntranceDelivery>("distribution of an entrance", (estate) => {
  const { terraform, declaration } = estate;
  const entrypoints = (declaration?.services ?? []).flatMap((service) => service.entrypoints);
  const balancers = new Map(estate.of(loadBalancers).map((each) => [each.resource, each]));
  const buckets = new Set(terraform.ofType("aws_s3_bucket").map(({ block }) => known(block.text("bucket"))));
  return estate.of(distributions).flatMap(({ resource, aliases }) => {
    const own = entrypoints.filter(({ host }) => aliases.includes(host));
    if (own.length === 0) return [];
    const demands = resource.block.blocks("origin").flatMap((origin, index): readonly DeliveryDemand[] => {
      const way = `origin[${index}]`;
      const domain = origin.text("domain_name");
      const through = throughVpc(origin, terraform);
      const balancer = balancers.get(balancerOf(origin, through, terraform) as Resource);
      if (isOneOf(known(balancer?.name), own)) return through === undefined ? [] : [portAsked(through, balancer)];
      if (isBucket(domain, buckets, terraform)) return [signing(origin, way, terraform)];
      const expected = `${own.map(({ loadBalancer }) => loadBalancer).join(", ")} or a bucket that outputs show`;
      return [{ attribute: `${way}.domain_name`, got: domain, isMet: false, expected }];
    });
    return [{ at: placeOfResource(resource), demands: [...serving(resource), ...demands] }];
  });
});

/** One that is off answers nobody, and one for trials only whom another sends there. */
function serving({ block }: Resource): readonly DeliveryDemand[] {
  const [enabled, staging] = [block.flag("enabled"), block.flag("staging") ?? false];
  return [
    { attribute: "enabled", got: enabled, isMet: enabled === true, expected: "true" },
    { attribute: "staging", got: staging, isMet: staging === false, expected: "false: it serves the entrance" },
  ];
}

/** A bucket answers requests of the distribution, and of nobody who writes a signature into his own. */
function signing(origin: Block, way: string, terraform: Graph): DeliveryDemand {
  const named = origin.text("origin_access_control_id");
  const control = terraform.find(named, "aws_cloudfront_origin_access_control");
  const expected = "always: the bucket answers the distribution alone";
  if (control === undefined) {
    // The older way signs every request.
    const isMet = origin.block("s3_origin_config")?.has("origin_access_identity") === true;
    return { attribute: `${way}.origin_access_control_id`, got: named, isMet, expected };
  }
  const got = control.block.text("signing_behavior");
  return { at: placeOfResource(control), attribute: "signing_behavior", got, isMet: got === "always", expected };
}

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
function portAsked(through: Resource, balancer: LoadBalancer | undefined): DeliveryDemand {
  const port = through.block.block(ENDPOINT)?.number("https_port");
  const listens = (balancer?.listeners ?? []).flatMap((each) =>
    each.protocol === "HTTPS" || each.protocol === "TLS" ? (known(each.port) ?? []) : [],
  );
  return {
    at: placeOfResource(through),
    attribute: `${ENDPOINT}.https_port`,
    got: port,
    isMet: listens.includes(known(port) ?? 0),
    expected: `${listens.join(", ")}, where its load balancer speaks TLS`,
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
