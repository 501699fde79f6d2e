import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "zx";
import { imagePackages } from "./image-packages.ts";
import { type Sign, withKey } from "./sign.ts";

/** What a repository is built of. */
export interface RepositoryRequest {
  readonly packages: readonly string[];
  /** Debian release: `trixie`. */
  readonly suite: string;
  readonly architecture: "arm64" | "amd64";
  /** A new or empty folder: `dists/`, `pool/` and `first/` go into it. */
  readonly output: string;
  /** Private key of OpenPGP, armoured, without a passphrase. */
  readonly keyFile: string;
  /** Folder with packages that Debian lacks, as `.deb` files; absent: Debian has all. */
  readonly extra?: string;
}

/** What was built. */
export interface BuiltRepository {
  readonly packages: number;
  /** Of the packages. */
  readonly bytes: number;
}

/** Packages without which apt cannot read the bucket: they come by their own names, held to digests by the role baseline. */
const FIRST = ["apt-transport-s3", "python3-configobj"];

const quiet = { quiet: true } as const;

/** The Debian mirror that this machine itself uses: where a builder may go, others know. */
async function mirror(): Promise<string> {
  const { stdout } = await $(quiet)`apt-get indextargets --format ${"$(SITE)"} ${"Created-By: Packages"}`;
  const sites = [...new Set(stdout.split("\n").filter((line) => line !== "" && !line.includes("security")))];
  const [site] = sites;
  if (site === undefined) throw new Error("apt knows no mirror: /etc/apt must name one, and apt-get update have run");
  return site;
}

/** Folders and settings with which apt works on another release and architecture, and leaves the machine's own alone. */
function aptSettings(scratch: string, site: string, { suite, architecture }: RepositoryRequest): string {
  for (const folder of ["lists/partial", "cache/archives/partial", "sources", "status"]) {
    mkdirSync(join(scratch, folder), { recursive: true });
  }
  writeFileSync(join(scratch, "status", "none"), "");
  const keys = "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg";
  const stanza = (uri: string, suites: string) =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\n${keys}\n`;
  const security = site.replace(/\/debian\/?$/, "/debian-security");
  writeFileSync(
    join(scratch, "sources", "debian.sources"),
    [stanza(site, `${suite} ${suite}-updates`), stanza(security, `${suite}-security`)].join("\n"),
  );
  const file = join(scratch, "apt.conf");
  const settings = {
    "Dir::State::lists": join(scratch, "lists"),
    "Dir::State::status": join(scratch, "status", "none"),
    "Dir::Cache": join(scratch, "cache"),
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": join(scratch, "sources"),
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "APT::Install-Recommends": "false",
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
  };
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(""),
  );
  return file;
}

/** Lets apt take packages of a folder beside Debian's; whoever put them there vouches for them. */
async function addExtra(scratch: string, extra: string): Promise<void> {
  const folder = join(scratch, "extra");
  mkdirSync(folder);
  for (const name of readdirSync(extra).filter((each) => each.endsWith(".deb"))) {
    copyFileSync(join(extra, name), join(folder, name));
  }
  const inside = $({ ...quiet, cwd: folder });
  writeFileSync(join(folder, "Packages"), (await inside`apt-ftparchive packages .`).stdout);
  // `copy:` puts them where downloads are; from `file:` apt would use them in place.
  const stanza = `Types: deb\nURIs: copy:${folder}\nSuites: ./\nTrusted: yes\n`;
  writeFileSync(join(scratch, "sources", "extra.sources"), stanza);
}

/** Downloads the packages, and those of the machine image, with all they need, whose signatures apt checks. */
async function download(scratch: string, request: RepositoryRequest): Promise<string> {
  const settings = aptSettings(scratch, await mirror(), request);
  if (request.extra !== undefined) await addExtra(scratch, request.extra);
  const apt = $({ ...quiet, env: { ...process.env, APT_CONFIG: settings } });
  await apt`apt-get --quiet update`;
  const image = imagePackages((await apt`apt-cache dumpavail`).stdout, request.architecture);
  // Each with all it needs as if nothing else were there: what roles install may replace what the image has.
  for (const packages of [[...request.packages, ...FIRST], image]) {
    const { exitCode, stderr } = await apt({
      nothrow: true,
    })`apt-get --quiet --yes --download-only install ${packages}`;
    if (exitCode !== 0) throw new Error(`apt could not find all packages in ${request.suite}\n${stderr.trim()}`);
  }
  return join(scratch, "cache", "archives");
}

/** Builds a signed repository of Debian packages: these, and those of the machine image. What fails leaves the folder empty. Throws an error for the user. */
export const buildRepository = (request: RepositoryRequest): Promise<BuiltRepository> =>
  withKey(request.keyFile, (sign) => build(request, sign));

async function build(request: RepositoryRequest, sign: Sign): Promise<BuiltRepository> {
  const { output, suite, architecture } = request;
  const scratch = mkdtempSync(join(tmpdir(), "packages-"));
  try {
    const archives = await download(scratch, request);
    const built = join(scratch, "repository");
    const dist = join(built, "dists", suite);
    const index = join(dist, "main", `binary-${architecture}`);
    for (const folder of ["pool", "first"]) mkdirSync(join(built, folder), { recursive: true });
    mkdirSync(index, { recursive: true });
    const files = readdirSync(archives).filter((name) => name.endsWith(".deb"));
    // Names in a bucket have no `%3a`: the epoch of a version is in the index.
    for (const name of files) renameSync(join(archives, name), join(built, "pool", name.replace(/_\d+%3a/, "_")));
    const inside = $({ ...quiet, cwd: built });
    writeFileSync(join(index, "Packages"), (await inside`apt-ftparchive --arch ${architecture} packages pool`).stdout);
    await inside`xz --keep ${join(index, "Packages")}`;
    const label = [
      "Origin=platform",
      "Label=platform",
      `Suite=${suite}`,
      `Codename=${suite}`,
      `Architectures=${architecture}`,
      "Components=main",
    ];
    const options = label.flatMap((each) => ["-o", `APT::FTPArchive::Release::${each}`]);
    writeFileSync(join(dist, "Release"), (await inside`apt-ftparchive ${options} release ${dist}`).stdout);
    await sign("around", join(dist, "Release"), join(dist, "InRelease"));
    for (const first of FIRST)
      await inside`cp ${readdirSync(join(built, "pool"))
        .filter((name) => name.startsWith(`${first}_`))
        .map((name) => join("pool", name))} first/`;
    const sums = await inside`find . -type f -name ${"*.deb"} -exec sha256sum {} +`;
    writeFileSync(join(built, "SHA256SUMS"), sums.stdout.split("\n").sort().join("\n").trimStart());
    mkdirSync(output, { recursive: true });
    await $(quiet)`cp --recursive ${built}/. ${output}/`;
    const bytes =
      files.length === 0
        ? 0
        : readdirSync(join(output, "pool")).reduce((sum, name) => sum + statSync(join(output, "pool", name)).size, 0);
    return { packages: files.length, bytes };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
