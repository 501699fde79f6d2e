import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneOf, parseOptions, UsageError } from "../options.ts";
import { buildRepository } from "./repository.ts";
import { builtPackages, rolePackages } from "./role-packages.ts";
import { keyFileOf } from "./sign.ts";

const architectures = ["arm64", "amd64"] as const;

export const usage = `Usage: npm run packages -- --output DIR --key FILE [options]

Builds the repository that hosts install Debian packages from: what the roles name and what Debian's machine image has, with
all that those need, from the mirror that this machine itself installs from, whose signatures apt checks. Its index is signed with our own key, whose
public half is packageKey of the environment. Upload it as docs/how-to/publish-packages.md says. Takes minutes.

  --output DIR          a new or empty folder
  --key FILE            private key of OpenPGP, armoured, without a passphrase
  --extra DIR           the packages that Debian lacks and roles name, as .deb files (docs/how-to/build-packages.md);
                        without it they are left out, and named
  --architecture ARCH   arm64 (default) or amd64
  --suite NAME          Debian release, default trixie
  --help                this text

Needs apt and apt-utils (apt-ftparchive) and gpg. Exit code: 0 built; 2 could not (the folder is left empty).
`;

/** Builds the repository of every role's packages. Returns what to print; throws an error for the user. */
export async function run(root: string, args: readonly string[]): Promise<string> {
  const request = parseOptions(args, {
    output: { type: "string" },
    key: { type: "string" },
    extra: { type: "string" },
    architecture: { type: "string", default: "arm64" },
    suite: { type: "string", default: "trixie" },
    help: { type: "boolean", default: false },
  });
  if (request.help) return usage;
  const architecture = oneOf("--architecture", request.architecture, architectures);
  const { output, extra } = request;
  if (output === undefined) throw new UsageError("--output: got nothing, must be a new or empty folder");
  const keyFile = keyFileOf(request.key);
  if (existsSync(output) && readdirSync(output).length > 0) {
    throw new UsageError(`--output: got "${output}", which is not empty`);
  }
  if (extra !== undefined && !(existsSync(extra) && readdirSync(extra).some((name) => name.endsWith(".deb")))) {
    throw new UsageError(`--extra: got "${extra}", must be a folder with .deb files`);
  }
  const roles = join(root, "ansible", "roles");
  const built = builtPackages(roles);
  const names = [...rolePackages(roles), ...(extra === undefined ? [] : built)];
  const { packages, bytes } = await buildRepository({
    packages: names,
    suite: request.suite,
    architecture,
    output: resolve(output),
    keyFile,
    ...(extra === undefined ? {} : { extra: resolve(extra) }),
  });
  const left = extra === undefined && built.length > 0 ? `left out, for want of --extra: ${built.join(", ")}\n` : "";
  return `${output}: ${packages} packages, ${Math.round(bytes / 1024 ** 2)} MiB, for ${names.length} that roles name and the machine image\n${left}`;
}
