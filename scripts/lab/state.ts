import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../options.ts";

/** Places of one lab, all below its state folder: two labs share nothing but what is read-only. */
export interface LabState {
  readonly folder: string;
  readonly at: (...parts: readonly string[]) => string;
  /** The lab's control group, as seen inside its mounts. */
  readonly cgroup: string;
}

/** What is running: written when `up` has ended well. */
export interface Running {
  readonly service: string;
  readonly environment: string;
  /** Root file system under every host's own files. */
  readonly root: string;
}

/** The project's own folder. */
export const project = resolve(import.meta.dirname, "../..");
/** Shell pieces that namespaces demand, and the stand-ins for AWS. */
export const piece = (...parts: readonly string[]): string => join(import.meta.dirname, ...parts);

/** Root file systems and package stores, made once and shared by all labs, read-only. */
export const cacheFolder = (): string =>
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platform/lab");

/** The state below this folder. Throws UsageError for no path, and for one that cannot be mounted. */
export function labState(folder: string): LabState {
  if (folder === "") throw new UsageError("--state: got nothing, must be a folder");
  const whole = resolve(folder);
  // Colons and commas separate the options of an overlay mount.
  if (/[\s:,\\]/.test(whole)) {
    throw new UsageError(`--state: got "${folder}", must have no space, colon, comma or backslash`);
  }
  const id = hash("sha256", whole).slice(0, 10);
  return { folder: whole, at: (...parts) => join(whole, ...parts), cgroup: `/sys/fs/cgroup/lab-${id}` };
}

/** Says that a folder is a lab's, whose files `up` and `down` remove. */
const MARK = "lab-state";
const MARK_TEXT =
  "A lab's folder: npm run lab -- up, and down, remove hosts, cloud, inventory, out and ansible of it.\n";
/** What users give to a lab before there is one, and what stays of one that is gone. */
const USERS: readonly string[] = ["packages", "log"];

/** Throws UsageError for a folder with files of somebody else: a lab would remove those that have its own files' names. */
export function demandOwn({ folder }: LabState): void {
  const there = entriesOf(folder);
  const [strange] = there.filter((name) => !USERS.includes(name));
  if (strange === undefined || there.includes(MARK)) return;
  throw new UsageError(`--state: got ${folder}, must be a new folder or a lab's, has ${strange} and no ${MARK}`);
}

/** Makes the folder a lab's. Throws UsageError where it is somebody else's. */
export function takeFolder(state: LabState): void {
  demandOwn(state);
  for (const folder of ["run", "log", "hosts"]) mkdirSync(state.at(folder), { recursive: true });
  writeFileSync(state.at(MARK), MARK_TEXT);
}

/** What is in a folder; nothing where there is none. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT") return [];
    throw new UsageError(`--state: got ${folder}, must be a folder that can be read (${code})`);
  }
}

const readNumber = (file: string): number | undefined => {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
};

/** Process id of the lab's first process as the machine sees it; undefined when the lab is not up. */
export function holder(state: LabState): number | undefined {
  const pid = readNumber(state.at("run/holder"));
  if (pid === undefined || !existsSync(`/proc/${pid}`)) return undefined;
  // The number may belong to another process by now: the lab's knows its own state folder.
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(state.folder) ? pid : undefined;
}

/**
 * Does what only one run at a time may do in a lab: a second one would take the first one's restarts for faults. Throws
 * UsageError while another does.
 */
export async function alone<T>(state: LabState, work: () => Promise<T>): Promise<T> {
  const file = state.at("run/busy");
  const other = readNumber(file);
  // The number may belong to another program by now.
  if (other !== undefined && existsSync(`/proc/${other}`)) {
    const command = readFileSync(`/proc/${other}/cmdline`, "utf8").split("\0");
    if (command.some((word) => word.endsWith("lab.ts"))) {
      throw new UsageError(`${state.folder}: process ${other} converges or verifies this lab; wait for its end`);
    }
  }
  writeFileSync(file, `${process.pid}`);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Process id of what made the namespaces; the lab ends with it. */
export const maker = (state: LabState): number | undefined => readNumber(state.at("run/maker"));

/** What runs in the lab. Throws UsageError when nothing does. */
export function running(state: LabState): Running & { readonly pid: number } {
  const pid = holder(state);
  if (pid === undefined || !existsSync(state.at("lab.json"))) {
    throw new UsageError(`no lab is up in ${state.folder}: npm run lab -- up SERVICE`);
  }
  return { ...(JSON.parse(readFileSync(state.at("lab.json"), "utf8")) as Running), pid };
}
