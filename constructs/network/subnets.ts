import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation/index.js";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table/index.js";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association/index.js";
import { Subnet as AwsSubnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AddressRange, addressRange, contains, overlaps } from "./address.ts";
import type { SubnetPlan, Tier, Zone } from "./tiers.ts";

/** A subnet that stands: its plan, and the ids AWS gives. */
export interface Subnet extends SubnetPlan {
  readonly id: string;
  /** Its own route table: no two subnets share one, so a route can be given to exactly one. */
  readonly routeTableId: string;
  /** Keeps `reserved` free of automatic addresses: what takes an address in the subnet comes after it. */
  readonly reservation?: ITerraformDependable;
}

/** The subnets of one VPC. */
export interface SubnetsProps {
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Prefix of names in AWS. */
  readonly namePrefix: string;
  readonly zones: readonly Zone[];
  readonly subnets: readonly SubnetPlan[];
  /** The one prefix each used tier lies in. */
  readonly tierCidrs: Readonly<Partial<Record<Tier, string>>>;
}

/**
 * Subnets, each with a route table of its own that holds only the local route until `Routing` adds to it.
 *
 * Refuses a subnet outside its tier's prefix, a tier outside the VPC, overlaps, an unknown zone, an `app` subnet
 * without a service, and a firewall or NAT subnet too many in one zone; all faults at once.
 * No subnet gives public addresses: load balancers and NAT gateways bring their own.
 */
export class Subnets extends Construct {
  readonly all: readonly Subnet[];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const faults = faultsOf(props);
    if (faults.length > 0) {
      throw new Error(`subnets:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
    }
    const zoneNames = new Map(props.zones.map((zone) => [zone.letter, zone.name]));
    this.all = props.subnets.map((plan) => {
      const tags = { Name: `${props.namePrefix}-${plan.name}`, Tier: plan.tier };
      const subnet = new AwsSubnet(this, plan.name, {
        vpcId: props.vpcId,
        cidrBlock: plan.cidr,
        availabilityZone: zoneNames.get(plan.zone) ?? "",
        mapPublicIpOnLaunch: false,
        tags,
      });
      const reservation =
        plan.reserved === undefined
          ? {}
          : {
              reservation: new Ec2SubnetCidrReservation(this, `${plan.name}-fixed`, {
                subnetId: subnet.id,
                cidrBlock: plan.reserved,
                reservationType: "explicit",
                description: "Fixed addresses of hosts and endpoints",
              }),
            };
      const table = new RouteTable(this, `${plan.name}-routes`, { vpcId: props.vpcId, tags });
      new RouteTableAssociation(this, `${plan.name}-routes-association`, {
        subnetId: subnet.id,
        routeTableId: table.id,
      });
      return { ...plan, ...reservation, id: subnet.id, routeTableId: table.id };
    });
  }

  /** Those of one tier, in the order given. */
  ofTier(tier: Tier): readonly Subnet[] {
    return this.all.filter((subnet) => subnet.tier === tier);
  }

  /** Ids by name, as a later stack takes them. */
  get idsByName(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.all.map((subnet) => [subnet.name, subnet.id]));
  }
}

function faultsOf(props: SubnetsProps): readonly string[] {
  const vpc = addressRange(props.vpcCidr);
  const tiers = Object.entries(props.tierCidrs).map(([name, cidr]) => ({ name, range: addressRange(cidr) }));
  const planned = props.subnets.map((plan) => ({ ...plan, range: addressRange(plan.cidr) }));
  const once = ["egress", "firewall", "endpoints"];
  return [
    ...tiers
      .filter(({ range }) => !contains(vpc, range))
      .map(({ name, range }) => `tier ${name}: must lie in the VPC ${vpc.cidr}, got ${range.cidr}`),
    ...overlapsOf(tiers).map(([one, other]) => `tier ${one.name}: overlaps tier ${other.name}`),
    ...overlapsOf(planned).map(([one, other]) => `${one.name}: overlaps ${other.name}`),
    ...planned.flatMap((plan) => {
      const tier = tiers.find(({ name }) => name === plan.tier);
      return [
        ...(tier !== undefined && contains(tier.range, plan.range)
          ? []
          : [`${plan.name}: must lie in tier ${plan.tier} ${tier?.range.cidr ?? "(no prefix)"}, got ${plan.cidr}`]),
        ...(props.zones.some(({ letter }) => letter === plan.zone)
          ? []
          : [
              `${plan.name}: zone must be one of ${props.zones.map(({ letter }) => letter).join(", ")}, got ${plan.zone}`,
            ]),
        ...(plan.tier === "app" && plan.service === undefined ? [`${plan.name}: an app subnet names its service`] : []),
        ...(once.includes(plan.tier) && planned.find((p) => p.tier === plan.tier && p.zone === plan.zone) !== plan
          ? [`${plan.name}: tier ${plan.tier} has one subnet a zone, got another in ${plan.zone}`]
          : []),
      ];
    }),
  ];
}

function overlapsOf<T extends { readonly range: AddressRange }>(items: readonly T[]): readonly [T, T][] {
  return items.flatMap((one, index) =>
    items
      .slice(index + 1)
      .filter((other) => overlaps(one.range, other.range))
      .map((other): [T, T] => [one, other]),
  );
}
