import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accounts } from "../../ansible/firewall/accounts.ts";
import { rolePackages } from "../packages/role-packages.ts";
import { onTerminal } from "./programs.ts";
import { cacheFolder, piece, project } from "./state.ts";

/** Debian release of the hosts. */
export const SUITE = "trixie";

const roles = join(project, "ansible/roles");

/**
 * What the machine image of the cloud has, and what every host is given first: ten hosts would unpack the same for
 * themselves, Python's library of AWS with its two thousand files above all. The rest comes by the roles.
 */
const BASE = [
  ...["systemd", "systemd-sysv", "dbus", "libpam-systemd", "python3", "python3-apt", "iproute2", "procps", "netbase"],
  ...["openssh-server", "ca-certificates", "curl", "sudo", "less", "iputils-ping", "debian-archive-keyring"],
  "awscli",
  ...rolePackages(roles, ["baseline", "log_agent"]),
  "prometheus-node-exporter",
];

/** Numbers of accounts that rulesets name: role host_firewall makes them before the packages that are here already. */
const NUMBERS = accounts.map(({ name, uid }) => `${name}:${uid}`).join(" ");

/** Made once and shared, read-only, by all labs. */
export interface Base {
  /** Root file system under every host's own files. */
  readonly root: string;
  /** The lab's authority for names of AWS, `ca.crt` and `ca.key`, and the key that packages are signed with, `packages.asc`. */
  readonly authority: string;
  /** Where gpg keeps that key's private half. */
  readonly keys: string;
  /** Folder of the package repository, which lies in `debian/`. */
  readonly store: string;
}

/** What apt reads the bucket with comes before apt can. */
const FIRST = ["apt-transport-s3", "python3-configobj"];

const digest = (...parts: readonly string[]): string => hash("sha256", parts.join("\n")).slice(0, 12);

/** Makes what is not there yet, while other labs wait for the same; the first time takes a minute. Throws what went wrong. */
export async function prepareBase(say: (line: string) => void): Promise<Base> {
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const made = async (script: string, name: string, ...args: readonly string[]) => {
    if (existsSync(join(cache, name, "done"))) return;
    say(`making ${name.split("-")[0]} ${name}, once (${args.at(-1)?.split(/[ ,]/).length} packages)`);
    // What a build mounts and starts goes with its own namespaces, also when it is killed.
    const alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];
    const build = ["bash", piece("machine", script), cache, name, ...args];
    const code = await onTerminal("flock", ["--no-fork", join(cache, "lock"), ...alone, ...build], true);
    if (code !== 0 || !existsSync(join(cache, name, "done"))) {
      throw new Error(`${name}: could not be made (exit ${code}); it needs Debian's mirror`);
    }
  };
  const text = (script: string) => readFileSync(piece("machine", script), "utf8");
  const base = `base-${digest(SUITE, text("base.sh"), NUMBERS, ...BASE)}`;
  await made("base.sh", base, SUITE, NUMBERS, BASE.join(","));
  const packages = [...rolePackages(roles), ...FIRST];
  // Packages that Debian lacks, built by hand (docs/how-to/build-packages.md), lie here for every lab.
  const extra = existsSync(join(cache, "extra")) ? readdirSync(join(cache, "extra")).sort() : [];
  const store = `store-${digest(base, text("store.sh"), ...packages, ...extra)}`;
  await made("store.sh", store, base, packages.join(" "));
  const [root = "", authority = "", keys = ""] = ["root", "authority", "keys"].map((name) => join(cache, base, name));
  return { root, authority, keys, store: join(cache, store) };
}
