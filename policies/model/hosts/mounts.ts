import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { known } from "../value.ts";
import { units } from "./units.ts";

/** A file system of others that a host mounts by a unit. */
export interface RemoteMount {
  readonly at: Place;
  readonly type: string;
  readonly what: string;
  readonly options: readonly string[];
}

/** File systems of the host itself, and of its memory. */
const LOCAL = /^(?:ext[234]|xfs|btrfs|vfat|tmpfs|overlay|squashfs|auto|bind|none|proc|sysfs|hugetlbfs)$/;

/** Every mount of every host that leads to another machine. */
export const remoteMounts = kind<RemoteMount>("mount of a remote file system", (estate) =>
  estate
    .of(units)
    .filter(({ type }) => type === "mount")
    .map((unit) => ({
      at: unit.at,
      type: known(unit.text("Mount.Type")) ?? "auto",
      what: known(unit.text("Mount.What")) ?? "",
      options: unit
        .list("Mount.Options")
        .flatMap((line) => line.split(","))
        .map((each) => each.trim()),
    }))
    .filter(({ type, what }) => !LOCAL.test(type) || what.includes(":") || what.startsWith("//")),
);
