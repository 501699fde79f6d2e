import type { Party } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { regionOf } from "../region.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";

/** Something that machines are made from, and how they are given credentials. */
export interface Machine {
  readonly at: Place;
  readonly resource: Resource;
  readonly metadata: Metadata;
  /** Its instance profile as it is named. Absent: none, or the one of the template that it is made from. */
  readonly profile: Value<string> | undefined;
  /** The role of the profile, where outputs show it. */
  readonly role: Identity | undefined;
  /** What is declared at its address: `shop/api`. */
  readonly party: Party | undefined;
  /** Whether whatever is made from it may name what it leaves out. */
  readonly isTemplate: boolean;
}

/** The metadata service as it will be: what is left out comes from the account's default of the region, then from AWS. */
export interface Metadata {
  readonly endpoint: Value<string>;
  readonly tokens: Value<string>;
  readonly hops: Value<number>;
}

const TYPES = [
  "aws_instance",
  "aws_launch_template",
  "aws_launch_configuration",
  "aws_spot_instance_request",
  "aws_spot_fleet_request",
];

export const machines = kind<Machine>("machine", (estate) => {
  const roles = new Map(estate.of(identities).map((each) => [each.resource, each]));
  const parties = partiesByAddress(estate);
  return estate.terraform.ofType(...TYPES).flatMap((resource) => {
    const { block } = resource;
    // Its templates are judged for themselves.
    if (resource.type === "aws_spot_fleet_request" && !block.has("launch_specification")) return [];
    const profile = profileOf(block);
    const found = namedIdentity(estate, profile, "aws_iam_instance_profile");
    const role = namedIdentity(estate, found?.block.text("role"), "aws_iam_role");
    const template = templateOf(resource);
    return {
      at: placeOfResource(resource),
      resource,
      metadata: metadataOf(
        block.block("metadata_options"),
        template?.block.block("metadata_options"),
        defaultsFor(resource, estate),
      ),
      profile: profile ?? (template === undefined ? undefined : profileOf(template.block)),
      role: role === undefined ? undefined : roles.get(role),
      party: parties.get(String(block.text("private_ip"))),
      isTemplate: resource.type === "aws_launch_template",
    };
  });
});

const BY_ROLE = {};

/** What is declared where machines with a role run: one component, as it should be. */
export const partiesWith = (estate: Estate, role: Identity): ReadonlySet<Party> =>
  new Set(
    estate
      .once(BY_ROLE, () => Map.groupBy(estate.of(machines), (each) => each.role))
      .get(role)
      ?.flatMap(({ party }) => party ?? []),
  );

const partiesByAddress = ({ declaration }: Estate): ReadonlyMap<string, Party> =>
  new Map(
    (declaration?.services ?? []).flatMap(({ name, components, stores }) =>
      [...components, ...stores].flatMap((part) =>
        part.hosts.map(({ address }) => [address, `${name}/${part.name}`] as const),
      ),
    ),
  );

const profileOf = (block: Block): Value<string> | undefined => {
  const own = block.value("iam_instance_profile");
  if (typeof own === "string" || isUnknown(own)) return own;
  const named = block.block("iam_instance_profile");
  return named?.text("arn") ?? named?.text("name");
};

/** The template that an instance is made from. */
const templateOf = ({ block }: Resource): Resource | undefined => {
  const named = block.block("launch_template");
  return block.scope.graph.find(named?.text("id") ?? named?.text("name"), "aws_launch_template");
};

/** The default of the account in the region of a resource. */
const defaultsFor = (resource: Resource, { terraform }: Estate): Block | undefined =>
  terraform.ofType("aws_ec2_instance_metadata_defaults").find((each) => regionOf(each) === regionOf(resource))?.block;

/** Without any default, tokens are optional and one hop is made ("Configure the Instance Metadata Service options"). */
function metadataOf(...from: readonly (Block | undefined)[]): Metadata {
  const text = (name: string): Value<string> | undefined =>
    from.map((each) => each?.text(name)).find((each) => each !== undefined && each !== "no-preference");
  const hops = from
    .map((each) => each?.number("http_put_response_hop_limit"))
    .find((each) => each !== undefined && each !== -1);
  return { endpoint: text("http_endpoint") ?? "enabled", tokens: text("http_tokens") ?? "optional", hops: hops ?? 1 };
}
