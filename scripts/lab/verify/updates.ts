import { hostOf, onHost } from "../hosts.ts";
import { type Check, demandNone } from "./check.ts";

/** A package that every host has from the repository. */
const PACKAGE = "apt-transport-s3";

const ALONE = ["unshare", "--mount", "--propagation", "private", "bash", "-c"];

/**
 * What a nightly update would do were a package older than it is. In mounts of its own, for the host's stays as it is: what
 * dpkg knows, downloads, logs, and the note of when updates came last. Argument: the package.
 */
const WOULD = `set -euo pipefail
for each in /var/cache/apt /var/lib/apt/periodic /var/log/unattended-upgrades /mnt; do mount -t tmpfs tmpfs "$each"; done
mkdir -p /var/cache/apt/archives/partial
awk -v package="$1" '/^Package: / { own = $2 == package } own && /^Version: / { $0 = "Version: 0~" } 1' \\
  /var/lib/dpkg/status >/mnt/status
mount --bind /mnt/status /var/lib/dpkg/status
unattended-upgrade --dry-run --debug 2>&1`;

/** Updates without anybody, by the program that makes them. */
export const updates: Check = {
  name: "updates",
  proves: "the nightly updates of a host take packages of the platform's repository (NOD-5.6)",
  run: async (lab) => {
    const host = hostOf(lab, lab.plan.hosts[0]?.group ?? "");
    const said = await onHost(lab, host, [...ALONE, WOULD, "-", PACKAGE]);
    const taken = new RegExp(`^Packages that will be upgraded: .*\\b${PACKAGE}\\b`, "m").test(said);
    demandNone(taken ? [] : [`${host.tag}: an update of ${PACKAGE} must be taken, got ${said.trim().slice(-1500)}`]);
    return `an update of ${PACKAGE} on ${host.tag}`;
  },
};
