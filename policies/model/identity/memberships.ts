import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";

/** A user that is of groups, and so has what they have. */
export interface Membership {
  readonly at: Place;
  readonly attribute: string;
  readonly user: Identity;
  readonly groups: readonly Value<string>[];
}

/** Resources that make members: where users and groups stand. */
const MEMBERS: Readonly<Record<string, readonly [users: string, groups: string]>> = {
  aws_iam_group_membership: ["users", "group"],
  aws_iam_user_group_membership: ["user", "groups"],
};

export const memberships = kind<Membership>("membership of a group", (estate) => {
  const known = new Map(estate.of(identities).map((each) => [each.resource, each]));
  return Object.entries(MEMBERS).flatMap(([type, [users, groups]]) =>
    estate.terraform.ofType(type).flatMap((resource) =>
      resource.block.texts(users).flatMap((each): readonly Membership[] => {
        const found = namedIdentity(estate, each, "aws_iam_user");
        const user = found === undefined ? undefined : known.get(found);
        const of = resource.block.texts(groups);
        return user === undefined ? [] : [{ at: placeOfResource(resource), attribute: groups, user, groups: of }];
      }),
    ),
  );
});
