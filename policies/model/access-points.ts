import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Value } from "./value.ts";

/** A door to a shared file system: what it shows, and as whom one is there. */
export interface AccessPoint {
  readonly at: Place;
  /** Absent: the whole file system (Amazon EFS user guide, "Working with access points", November 2025). */
  readonly folder: Value<string>;
  /** Number of the user whose name everything is done in. Absent: whoever the client says it is. */
  readonly user: Value<string> | undefined;
}

/** Every access point of EFS. */
export const accessPoints = kind<AccessPoint>("access point", ({ terraform }) =>
  terraform.ofType("aws_efs_access_point").map((resource) => ({
    at: placeOfResource(resource),
    folder: resource.block.block("root_directory")?.text("path") ?? "/",
    user: resource.block.block("posix_user")?.text("uid"),
  })),
);
