import { covers, parseCidr } from "../addresses.ts";
import type { Declaration, DeclaredEntrypoint } from "../declaration.ts";
import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, shown, Unknown, type Value } from "../value.ts";

/** A record of DNS. */
export interface DnsRecord {
  readonly at: Place;
  /** Whole and in small letters, without the last dot. */
  readonly name: Value<string>;
  readonly type: Value<string>;
  /** What it leads to: addresses and names, or the one of an alias. */
  readonly targets: readonly Value<string>[];
  /** Whether one of AWS' proofs of ownership says what it is called and holds. */
  readonly isProof: boolean;
}

/** What is wrong with where a record leads. */
export interface Astray {
  readonly attribute: string;
  readonly got: unknown;
  readonly expected: string;
}

/** Every record of DNS. */
export const records = kind<DnsRecord>("DNS record", ({ terraform }) => [
  ...terraform.ofType("aws_route53_record").map((resource) => {
    const { block } = resource;
    return {
      at: placeOfResource(resource),
      name: nameOf(block, block.text("zone_id"), terraform),
      type: block.text("type") ?? new Unknown("type"),
      targets: [...block.texts("records"), ...block.blocks("alias").map((each) => each.text("name") ?? "")],
      isProof: PROOF.test(String(block.raw["name"])) && PROOF.test(JSON.stringify(block.raw["records"] ?? "")),
    };
  }),
  ...terraform.ofType("aws_route53_records_exclusive").flatMap((resource) =>
    resource.block.blocks("resource_record_set").map((block) => ({
      at: placeOfResource(resource),
      name: nameOf(block, resource.block.text("zone_id"), terraform),
      type: block.text("type") ?? new Unknown("type"),
      targets: [
        ...block.blocks("resource_records").map((each) => each.text("value") ?? ""),
        ...block.blocks("alias_target").map((each) => each.text("dns_name") ?? ""),
      ],
      isProof: false,
    })),
  ),
  // Where it leads, a document of a policy decides, by who asks.
  ...terraform.ofType("aws_route53_traffic_policy_instance").map((resource) => ({
    at: placeOfResource(resource),
    name: nameOf(resource.block, resource.block.text("hosted_zone_id"), terraform),
    type: new Unknown("traffic_policy_id"),
    targets: [],
    isProof: false,
  })),
]);

/** Of a certificate, and of a domain that mail is sent from: AWS makes both the name and the value. */
const PROOF = /\$\{[^{}]*\baws_(?:acm_certificate|ses_domain_dkim|sesv2_email_identity)\.[^{}]*\}/;

/** A name may be given without that of its zone. */
function nameOf(block: Block, zoneId: Value<string> | undefined, terraform: Graph): Value<string> {
  const given = block.text("name") ?? "";
  if (isUnknown(given)) return given;
  const zone = terraform.find(zoneId, "aws_route53_zone")?.block.text("name");
  const [name, whole] = [plain(given), plain(known(zone) ?? "")];
  if (whole === "" || name === whole || name.endsWith(`.${whole}`)) return name;
  return name === "" ? whole : `${name}.${whole}`;
}

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** What leads somebody who asks for a name to a machine, or to another's name server. */
const LEADING = ["A", "AAAA", "CNAME", "HTTPS", "SVCB", "NS"];

/** Where a record of the environment's domains leads that nobody declared. */
export function astrayOf(record: DnsRecord, declaration: Declaration, terraform: Graph): readonly Astray[] {
  const { name, type, isProof } = record;
  if (isProof) return [];
  if (isUnknown(type)) return [{ attribute: "type", got: type, expected: "a type that outputs show" }];
  if (!LEADING.includes(type)) return [];
  if (isUnknown(name)) return [{ attribute: "name", got: name, expected: "a name that outputs show" }];
  const { domain } = declaration;
  if (isBelow(name, domain.private)) return astrayInside(record, name, declaration);
  if (!isBelow(name, domain.public)) return [];
  if (name === domain.public && type === "NS") return [];
  const entrypoint = declaration.services.flatMap(({ entrypoints }) => entrypoints).find(({ host }) => host === name);
  if (entrypoint === undefined || type === "NS") {
    return [{ attribute: "name", got: `${type} of ${name}`, expected: "the host of a declared entrypoint" }];
  }
  return record.targets
    .filter((target) => !isDoor(terraform.find(target), entrypoint))
    .map((target) => ({
      attribute: "alias.name",
      got: isUnknown(target) ? (target.resource?.address ?? target) : target,
      expected: `the door of ${entrypoint.name}`,
    }));
}

const isBelow = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/** The load balancer of an entrypoint, or the distribution that answers to its host. */
function isDoor(found: Resource | undefined, { host, loadBalancer }: DeclaredEntrypoint): boolean {
  if (found?.type === "aws_lb" || found?.type === "aws_alb") return known(found.block.text("name")) === loadBalancer;
  return found?.type === "aws_cloudfront_distribution" && found.block.texts("aliases").includes(host);
}

/** Names of the private domain: of a declared host its address, of others one of the environment, or what outputs show. */
function astrayInside({ type, targets }: DnsRecord, name: string, declaration: Declaration): readonly Astray[] {
  const attribute = "records";
  if (type === "NS" || name.startsWith("*."))
    return [{ attribute: "name", got: `${shown(type)} of ${name}`, expected: "one name of this environment" }];
  const host = declaration.services
    .flatMap(({ components, stores }) => [...components, ...stores])
    .flatMap(({ hosts }) => hosts)
    .find(({ domain }) => domain === name);
  const own = parseCidr(declaration.cidr);
  return targets
    .filter((target) => {
      if (isUnknown(target)) return target.resource === undefined;
      if (host !== undefined) return target !== host.address;
      const address = parseCidr(target);
      return address === undefined || own === undefined || !covers(own, address);
    })
    .map((got) => ({ attribute, got, expected: host?.address ?? `an address of ${declaration.cidr}` }));
}
