import { hash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../folder.ts";
import { UsageError } from "../options.ts";
import { type Sign, withKey } from "../packages/sign.ts";
import { pythonProgram } from "../setup/run.ts";
import { type Part, type Plan, readPlan, readText } from "./plan.ts";
import { type Lock, normalized, readLock } from "./requirements.ts";
import { type Architecture, type Builder, lockedWheels, ownWheel } from "./wheels.ts";

/** What a release is built of. */
export interface ReleaseRequest {
  /** Folder with `release.json` and the files that it names. */
  readonly application: string;
  /** Folder with the application's own wheels. */
  readonly wheels: string;
  readonly version: string;
  readonly architecture: Architecture;
  /** The release goes below `<service>/releases/<version>/` in it, as in the package bucket. */
  readonly output: string;
  /** Private key of OpenPGP, armoured, without a passphrase. */
  readonly keyFile: string;
}

/** A release as hosts are told of it. */
export interface Release {
  readonly service: string;
  readonly version: string;
  /** SHA-256 of its manifest. */
  readonly sha256: string;
}

/** What hosts install files by: the module `python_release` takes no others. */
const VERSION = /^[0-9A-Za-z][0-9A-Za-z._+]{0,63}$/;
const PATH = /^([0-9A-Za-z][0-9A-Za-z._+-]*\/)?[0-9A-Za-z_][0-9A-Za-z._+-]*$/;

const MANIFEST = "manifest.json";

/** The part's lock. Throws an error for the user; it must leave the application to its release. */
function lockOf(application: string, { requirements, wheel }: Part): Lock {
  const lock = readLock(join(application, requirements));
  if (lock.pins.some(({ name }) => name === normalized(wheel))) {
    throw new Error(`${lock.file}: must not name ${wheel}, the application itself: its version is the release's`);
  }
  return lock;
}

/** What one component's hosts install, by path in the release. */
async function filesOf(
  { application, version }: ReleaseRequest,
  builder: Builder,
  name: string,
  part: Part,
): Promise<Readonly<Record<string, Buffer | string>>> {
  const lock = lockOf(application, part);
  const own = ownWheel(part.wheel, version, builder);
  const wheels = [...(await lockedWheels(lock, builder)), own];
  const others = lock.text === "" || lock.text.endsWith("\n") ? lock.text : `${lock.text}\n`;
  const pinned = `${part.wheel}==${version} --hash=sha256:${hash("sha256", readFileSync(own))}\n`;
  return {
    [`${name}/requirements.txt`]: others + pinned,
    ...(part.alembic === undefined ? {} : { [`${name}/alembic.ini`]: readText(join(application, part.alembic)) }),
    ...Object.fromEntries(wheels.map((wheel) => [`wheels/${basename(wheel)}`, readFileSync(wheel)])),
  };
}

/** All files of a release by path, and the manifest: which of them each component takes, and the SHA-256 of every one. */
async function contentOf(request: ReleaseRequest, { service, components }: Plan, builder: Builder) {
  const parts: Record<string, readonly string[]> = {};
  const content: Record<string, Buffer | string> = {};
  for (const [name, part] of Object.entries(components)) {
    const files = await filesOf(request, builder, name, part);
    parts[name] = Object.keys(files).toSorted();
    Object.assign(content, files);
  }
  const paths = Object.keys(content).toSorted();
  const odd = paths.filter((path) => !PATH.test(path));
  if (odd.length > 0)
    throw new Error(`${odd.join(", ")}: must be letters, digits, dots, plus, hyphens and underscores`);
  const files = Object.fromEntries(paths.map((path) => [path, hash("sha256", content[path] ?? "")]));
  const manifest = JSON.stringify({ service, version: request.version, components: parts, files }, null, 2);
  return { content, manifest };
}

/** Makes the release in a folder beside its place, then moves it there. */
async function build(project: string, request: ReleaseRequest, sign: Sign): Promise<Release> {
  const { architecture, wheels, version, output } = request;
  const plan = readPlan(request.application);
  const place = join(output, plan.service, "releases", version);
  if (existsSync(place)) {
    throw new UsageError(
      `--output: "${output}" has ${plan.service} ${version}, which never changes; give a new version`,
    );
  }
  const builder = { python: pythonProgram(project, "python"), architecture, wheels };
  const { content, manifest } = await contentOf(request, plan, builder);
  makeFolder(dirname(place));
  const staged = mkdtempSync(join(dirname(place), ".new-"));
  try {
    for (const [path, text] of Object.entries({ ...content, [MANIFEST]: manifest })) {
      makeFolder(dirname(join(staged, path)));
      writeFileSync(join(staged, path), text);
    }
    await sign("beside", join(staged, MANIFEST), join(staged, `${MANIFEST}.asc`));
    // A temporary folder is its maker's alone.
    chmodSync(staged, 0o755);
    renameSync(staged, place);
    return { service: plan.service, version, sha256: hash("sha256", manifest) };
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/**
 * Builds a release of an application as hosts install it: wheels of all its components, a manifest with the SHA-256 of
 * every file, and the manifest's signature. The same sources give the same bytes, but for the signature, which has its
 * time. What fails leaves nothing. Throws an error for the user.
 */
export async function buildRelease(project: string, request: ReleaseRequest): Promise<Release> {
  if (!VERSION.test(request.version)) {
    throw new UsageError(
      `--version: got "${request.version}", must be up to 64 letters, digits, dots, plus or underscores`,
    );
  }
  return await withKey(request.keyFile, (sign) => build(project, request, sign));
}
