import { hash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { $ } from "zx";
import { UsageError } from "../options.ts";
import { type Lock, normalized } from "./requirements.ts";

/** Machines that hosts can be, as Debian calls them. */
export const architectures = ["arm64", "amd64"] as const;
export type Architecture = (typeof architectures)[number];

/** Debian 13: its Python, and its C library, whose older releases wheels are built for too. */
const PYTHON_MINOR = 13;
const NEWEST_GLIBC = 41;
const MACHINES = { arm64: { name: "aarch64", oldestGlibc: 17 }, amd64: { name: "x86_64", oldestGlibc: 5 } } as const;

/** Platforms of wheels that such hosts can run, the newest first, as pip prefers them. */
function platformsOf(architecture: Architecture): readonly string[] {
  const { name, oldestGlibc } = MACHINES[architecture];
  const count = NEWEST_GLIBC - oldestGlibc + 1;
  const versions = Array.from({ length: count }, (_, index) => `manylinux_2_${NEWEST_GLIBC - index}`);
  return [...versions, "manylinux2014"].map((version) => `${version}_${name}`);
}

const FILE = /^(?<name>[^-]+)-(?<version>[^-]+)(?:-\d[^-]*)?-(?<pythons>[^-]+)-(?<abi>[^-]+)-(?<platforms>[^-]+)\.whl$/;

const runsPython = (python: string, abi: string): boolean =>
  ["py3", `py3${PYTHON_MINOR}`, `cp3${PYTHON_MINOR}`].includes(python) ||
  (abi === "abi3" && Number(/^cp3(\d+)$/.exec(python)?.[1]) <= PYTHON_MINOR);

/** Whether hosts can run a wheel of that file name. */
function runs(file: string, architecture: Architecture): boolean {
  const { pythons = "", abi = "", platforms = "" } = FILE.exec(file)?.groups ?? {};
  const possible = ["any", ...platformsOf(architecture)];
  return (
    pythons.split(".").some((python) => runsPython(python, abi)) &&
    platforms.split(".").some((platform) => possible.includes(platform))
  );
}

const digestOf = (file: string): string => hash("sha256", readFileSync(file));

/** What a release is built for, and with. */
export interface Builder {
  /** Python of this machine that has pip. */
  readonly python: string;
  readonly architecture: Architecture;
  /** Folder with wheels of one's own: the application's, and of others that no index has. */
  readonly wheels: string;
}

/** The application's own wheel of a version. Throws UsageError unless there is exactly one that hosts can run. */
export function ownWheel(name: string, version: string, { architecture, wheels }: Builder): string {
  const files = readdirSync(wheels).toSorted();
  const found = files.filter((file) => {
    const is = FILE.exec(file)?.groups;
    return normalized(is?.["name"] ?? "") === normalized(name) && is?.["version"] === version;
  });
  const [first, ...others] = found.filter((file) => runs(file, architecture));
  if (first !== undefined && others.length === 0) return join(wheels, first);
  const got = found.length > 0 ? found : files.filter((file) => normalized(file).startsWith(normalized(name)));
  throw new UsageError(
    `--wheels: "${wheels}" must hold one wheel ${normalized(name)}-${version}-*.whl for ${architecture} and ` +
      `Python 3.${PYTHON_MINOR}, got ${got.length === 0 ? "none" : got.join(", ")}`,
  );
}

/** Wheels of others, kept by what was asked for. */
const cacheFolder = (): string =>
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platform", "wheels");

async function download(lock: Lock, { python, architecture, wheels }: Builder, target: string): Promise<void> {
  const options = [
    // Dependencies are those of the lock: pip would judge their markers by the Python that runs it.
    ...["--require-hashes", "--only-binary", ":all:", "--no-deps", "--python-version", `3.${PYTHON_MINOR}`],
    ...["--implementation", "cp", ...platformsOf(architecture).flatMap((platform) => ["--platform", platform])],
    ...["--find-links", wheels, "--dest", target, "--requirement", lock.file],
  ];
  const pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "download", ...options];
  const { exitCode, stderr } = await $({ quiet: true, nothrow: true })`${pip}`;
  if (exitCode !== 0)
    throw new Error(`${lock.file}: pip could not get every wheel for ${architecture}\n${stderr.trim()}`);
}

/** Puts a folder in its place, unless another run has put the same there meanwhile. */
function move(staged: string, folder: string): void {
  try {
    renameSync(staged, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Wheels of all that a lock names, which pip fetches once from the index that this machine uses. Throws an error for the
 * user: with pip's words where one is missing, or has another digest than the lock says.
 */
export async function lockedWheels(lock: Lock, builder: Builder): Promise<readonly string[]> {
  if (lock.pins.length === 0) return [];
  const folder = join(
    cacheFolder(),
    hash("sha256", lock.text + platformsOf(builder.architecture).join(" ")).slice(0, 16),
  );
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    const staged = mkdtempSync(`${folder}-`);
    try {
      await download(lock, builder, staged);
      move(staged, folder);
    } finally {
      rmSync(staged, { recursive: true, force: true });
    }
  }
  const files = readdirSync(folder).toSorted();
  const hashes = new Set(lock.pins.flatMap((pin) => pin.hashes));
  const wrong = files.filter((file) => !hashes.has(digestOf(join(folder, file))));
  if (wrong.length > 0 || files.length !== lock.pins.length) {
    throw new Error(`${folder}: must hold what ${lock.file} names, and nothing else; delete it, it is made anew`);
  }
  return files.map((file) => join(folder, file));
}
