import { type AddressSet, union } from "../addresses.ts";
import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Unknown } from "../value.ts";
import { addressesOf } from "./cidr-texts.ts";
import { VPCS } from "./group-key.ts";

/** A network of one account and region. */
export interface Vpc {
  readonly at: Place;
  readonly resource: Resource;
  /** All its ranges, of both families, as far as they are known. */
  readonly addresses: AddressSet;
  /** Ranges that outputs do not show, such as those that AWS assigns. */
  readonly unknown: readonly Unknown[];
}

/** Every VPC, with the ranges that are added to it. */
export const vpcs = kind<Vpc>("VPC", ({ terraform }) => {
  const added = Map.groupBy(
    terraform.ofType("aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"),
    ({ block }) => terraform.find(block.text("vpc_id"), ...VPCS),
  );
  return terraform.ofType(...VPCS).map((resource) => {
    const blocks = [resource.block, ...(added.get(resource) ?? []).map(({ block }) => block)];
    const texts = blocks.flatMap((block) => [block.text("cidr_block"), block.text("ipv6_cidr_block")]);
    const { addresses, unknown } = addressesOf(texts);
    return { at: placeOfResource(resource), resource, addresses: union([addresses]), unknown };
  });
});
