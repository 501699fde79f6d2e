import type { DeclaredSubnet } from "../declaration.ts";
import { kind } from "../estate.ts";
import { subnets } from "../network/subnets.ts";
import type { Place } from "../place.ts";
import { known, type Value } from "../value.ts";

/** A subnet whose range is declared, and where it lies. */
export interface PlacedSubnet {
  readonly at: Place;
  readonly declared: DeclaredSubnet;
  readonly zone: Value<string> | undefined;
}

/** Every subnet that has the range of a declared one. */
export const placedSubnets = kind<PlacedSubnet>("declared subnet", (estate) => {
  const byRange = new Map((estate.declaration?.subnets ?? []).map((each) => [each.cidr, each]));
  return estate.of(subnets).flatMap(({ at, resource, zone }) => {
    const declared = byRange.get(known(resource.block.text("cidr_block")) ?? "");
    return declared === undefined ? [] : [{ at, declared, zone }];
  });
});
