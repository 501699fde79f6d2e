import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { textsAt } from "../terraform/ways.ts";
import type { Value } from "../value.ts";
import { sharesByArn } from "./shares/arns.ts";
import { sharesByList } from "./shares/lists.ts";
import { sentTo, sharedWith, strangersAmong, strangersSentTo } from "./shares/named.ts";
import { sharesBySwitch } from "./shares/switches.ts";

/** Something that can be opened to others outside the account, without a policy that says so. */
export interface Share {
  readonly at: Place;
  readonly attribute: string;
  /** Strangers that it is open to. */
  readonly whom: (estate: Estate) => readonly Value<string>[];
}

/** Everything that is shared or sent by naming an account, by a list of S3, or by a switch. */
export const shares = kind<Share>("share", (estate) => [
  ...Object.entries(sharedWith).flatMap(([type, paths]) =>
    estate.terraform.ofType(type).flatMap((resource) =>
      paths.map((attribute) => ({
        ...{ at: placeOfResource(resource), attribute },
        whom: (own: Estate) => strangersAmong(textsAt(resource.block, attribute), own),
      })),
    ),
  ),
  ...Object.entries(sentTo).flatMap(([type, paths]) =>
    estate.terraform.ofType(type).flatMap((resource) =>
      paths.map((attribute) => ({
        ...{ at: placeOfResource(resource), attribute },
        whom: (own: Estate) => strangersSentTo(textsAt(resource.block, attribute), own),
      })),
    ),
  ),
  ...sharesByArn(estate),
  ...sharesBySwitch(estate),
  ...sharesByList(estate),
]);
