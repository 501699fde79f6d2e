import { type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { known } from "../value.ts";
import { units } from "./units.ts";

/** A file system of others that a host mounts by a unit, or by a line of fstab. */
export interface RemoteMount {
  readonly at: Place;
  readonly type: string;
  readonly what: string;
  readonly options: readonly string[];
}

/** File systems of the host itself, and of its memory. */
const LOCAL =
  /^(?:swap|devpts|devtmpfs|iso9660|udf|f2fs|zfs|exfat|ext[234]|xfs|btrfs|vfat|tmpfs|overlay|squashfs|auto|bind|none|proc|sysfs|hugetlbfs)$/;

/** Every mount of every host that leads to another machine. */
export const remoteMounts = kind<RemoteMount>("mount of a remote file system", (estate) =>
  [
    ...estate
      .of(units)
      .filter(({ type }) => type === "mount")
      .map((unit) => ({
        at: unit.at,
        type: known(unit.text("Mount.Type")) ?? "auto",
        what: known(unit.text("Mount.What")) ?? "",
        options: optionsOf(unit.list("Mount.Options").join(",")),
      })),
    ...estate.hosts.flatMap(tableOf),
  ].filter(({ type, what }) => !LOCAL.test(type) || what.includes(":") || what.startsWith("//")),
);

const FSTAB = /^\/etc\/fstab(?:\.d\/[^/]+)?$/;

/** `what where type options`, a line each (fstab(5)). */
const tableOf = (host: Host): readonly RemoteMount[] =>
  [...host.files.values()]
    .filter(({ path }) => FSTAB.test(path))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => {
          const [what = "", , type = "auto", options = ""] = line.split(/\s+/);
          return { at: placeOfHost(host, path), type, what, options: optionsOf(options) };
        }),
    );

const optionsOf = (text: string): readonly string[] => text.split(",").map((each) => each.trim());
