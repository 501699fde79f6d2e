import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { catalogue } from "../../services/catalogue.ts";
import { filesIn } from "../folder.ts";
import { oneOf, parseOptions, UsageError } from "../options.ts";
import { keyFileOf } from "../packages/sign.ts";
import { checkPlan, readPlan } from "./plan.ts";
import { buildRelease, type Release } from "./release.ts";
import { architectures } from "./wheels.ts";

const usage = `Usage: npm run build-release -- --application DIR --wheels DIR --version V --output DIR --key FILE [options]

Builds a release of an application in Python as hosts install it: its own wheel and those of all that its lock names, which
pip takes from the index of this machine and from the folder of --wheels and holds to the lock's digests; a manifest with
the SHA-256 of every file; and the manifest's signature by the key of the packages, whose public half is packageKey of the
environment. The same sources give the same bytes, but for the signature. Upload it as
docs/how-to/publish-packages.md says, and name what is printed in ansible/releases/.

  --application DIR     folder with release.json (scripts/build-release/release.schema.json) and the locks that it names
  --wheels DIR          folder with the application's own wheel of that version, and wheels that no index has
  --version V           of the wheel, and of the release
  --output DIR          a folder; the release goes below <service>/releases/<version>/, which must not be there
  --key FILE            private key of OpenPGP, armoured, without a passphrase
  --architecture ARCH   arm64 (default) or amd64
  --help                this text

Needs gpg, and npm run setup. Exit code: 0 built; 2 could not (no release is left).
`;

function folder(option: string, path: string | undefined): string {
  if (path !== undefined && existsSync(path) && statSync(path).isDirectory()) return resolve(path);
  throw new UsageError(`${option}: got ${path === undefined ? "nothing" : `"${path}"`}, must be a folder`);
}

/** What whoever releases is told: above all, what names this release. */
function report({ service, version, sha256 }: Release, output: string): string {
  const place = join(output, service, "releases", version);
  const files = filesIn(place);
  const bytes = files.reduce((sum, file) => sum + statSync(join(place, file)).size, 0);
  return [
    `${place}: ${files.length} files, ${Math.ceil(bytes / 1024 ** 2)} MiB`,
    "for ansible/releases/<environment>.yaml, once it runs there:",
    `${service}:`,
    `  version: ${version}`,
    `  sha256: ${sha256}`,
    "",
  ].join("\n");
}

/** Builds the release. Returns what to print; throws an error for the user. */
export async function run(root: string, args: readonly string[]): Promise<string> {
  const request = parseOptions(args, {
    application: { type: "string" },
    wheels: { type: "string" },
    version: { type: "string" },
    output: { type: "string" },
    key: { type: "string" },
    architecture: { type: "string", default: "arm64" },
    help: { type: "boolean", default: false },
  });
  if (request.help) return usage;
  const architecture = oneOf("--architecture", request.architecture, architectures);
  const application = folder("--application", request.application);
  const wheels = folder("--wheels", request.wheels);
  const { version, output } = request;
  if (version === undefined) throw new UsageError("--version: got nothing, must be that of the application's wheel");
  if (output === undefined) throw new UsageError("--output: got nothing, must be a folder");
  const keyFile = keyFileOf(request.key);
  checkPlan(application, readPlan(application), catalogue.services);
  const paths = { application, wheels, output: resolve(output), keyFile };
  return report(await buildRelease(root, { ...paths, version, architecture }), output);
}
