import type { RepositoryRequest } from "./repository.ts";

/** Debian's priorities of packages that a machine has without anybody's asking. */
const PRIORITIES: ReadonlySet<string> = new Set(["required", "important", "standard"]);

/** What Debian's image for EC2 has besides: the lists of the Cloud Team for its release 13. */
const ADDED = [
  // What starts: the kernel and the loader are of the architecture.
  ...["apparmor", "cloud-initramfs-growroot", "dosfstools", "shim-signed", "zstd"],
  // Names, network, people.
  ...["iptables", "libnss-myhostname", "libnss-resolve", "libpam-systemd", "netplan.io", "openssh-server", "polkitd"],
  ...["ssh-import-id", "sudo", "systemd-resolved", "unattended-upgrades"],
  // What the cloud asks for.
  ...["amazon-ec2-utils", "awscli", "cloud-guest-utils", "cloud-init"],
  // What people like to find.
  ...["curl", "ethtool", "psmisc", "screen", "socat", "tcpdump", "uuid-runtime", "vim"],
];

/** Names of packages with such a priority in what `apt-cache dumpavail` says. */
const standing = (available: string): readonly string[] =>
  available.split("\n\n").flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1] ?? "";
    return PRIORITIES.has(field("Priority")) ? [field("Package")] : [];
  });

/** Packages of the machine image: hosts get updates of them from the same bucket as of what roles install. */
export const imagePackages = (
  available: string,
  architecture: RepositoryRequest["architecture"],
): readonly string[] => [
  ...new Set([
    ...standing(available),
    ...ADDED,
    `grub-cloud-${architecture}`,
    `grub-efi-${architecture}-signed`,
    `linux-image-cloud-${architecture}`,
  ]),
];
