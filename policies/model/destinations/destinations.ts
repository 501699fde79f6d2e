import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Value } from "../value.ts";
import { strangeAddresses } from "./addresses.ts";
import { strangeBuckets } from "./buckets.ts";
import { endsOf } from "./ends.ts";
import { sentToAddress, writtenInto } from "./ways.ts";

/** Where something sends data to that has no account in its name: a bucket, a host, a mailbox. */
export interface Destination {
  readonly at: Place;
  readonly attribute: string;
  /** What a destination of ours would be. */
  readonly expected: string;
  /** Those that are others', or may be. */
  readonly strange: (estate: Estate) => readonly Value<string>[];
}

/** Every bucket, host and mailbox that something sends data to. */
export const destinations = kind<Destination>("destination", ({ terraform }) => [
  ...Object.entries(writtenInto).flatMap(([type, ways]) =>
    terraform.ofType(type).flatMap((resource) =>
      ways.flatMap(([way, owner]) =>
        endsOf(resource.block, way).map(({ holder, name, attribute }) => ({
          ...{ at: placeOfResource(resource), attribute, expected: "a bucket of these outputs" },
          strange: (estate: Estate) => strangeBuckets(holder, name, owner, estate),
        })),
      ),
    ),
  ),
  ...Object.entries(sentToAddress).flatMap(([type, ways]) =>
    terraform
      .ofType(type)
      .filter((resource) => !isSource(resource))
      .flatMap((resource) =>
        ways.flatMap((way) =>
          endsOf(resource.block, way).map(({ holder, name, attribute }) => ({
            ...{ at: placeOfResource(resource), attribute, expected: "a domain of ours, or one that is declared" },
            strange: (estate: Estate) => holder.texts(name).flatMap((each) => strangeAddresses(each, estate)),
          })),
        ),
      ),
  ),
]);

/** An endpoint that data are only read from. */
const isSource = ({ type, block }: Resource): boolean =>
  type === "aws_dms_endpoint" && block.text("endpoint_type") === "source";
