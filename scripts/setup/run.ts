import { hash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";

/** Digest of what is installed, written last: a folder without it is half made. */
const stampIn = (root: string): string => join(root, ".venv", "installed.sha256");

/**
 * What the environment depends on: what is pinned, where it lies, for its programs begin with that path, and the Python it was
 * made of, for packages lie in a folder of its version. Undefined where there is none, or its Python is gone.
 */
function digestOf(root: string): string | undefined {
  const python = join(root, ".venv", "bin", "python");
  if (!existsSync(python)) return undefined;
  const pinned = readFileSync(join(root, "requirements.txt"), "utf8");
  const parts = [pinned, realpathSync(join(root, ".venv")), realpathSync(python)];
  return hash("sha256", parts.join("\0"));
}

/** Whether the Python side is what `requirements.txt` says, and works where it lies. */
export const isSetUp = (root: string): boolean =>
  existsSync(stampIn(root)) && readFileSync(stampIn(root), "utf8").trim() === digestOf(root);

/** Where a program of the Python side lies. Throws an error for the user while it is not installed. */
export function pythonProgram(root: string, name: string): string {
  if (!isSetUp(root)) throw new Error(".venv is missing or out of date: run npm run setup");
  return join(root, ".venv", "bin", name);
}

const OLDEST = "3.11";
const SUITABLE = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${OLDEST.replace(".", ", ")}))`;
/** The system's own before others in the path. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** The first Python that is new enough and can make environments. */
async function suitablePython(pythons: readonly string[]): Promise<string> {
  for (const python of pythons) {
    const { exitCode } = await $({ quiet: true, nothrow: true })`${python} -c ${SUITABLE}`;
    if (exitCode === 0) return python;
  }
  throw new Error(`python3 ${OLDEST} or newer with venv is missing: apt-get install python3-venv`);
}

/** What is asked for. */
export interface SetupOptions {
  /** Only look. */
  readonly check: boolean;
  /** Where a Python may be, the best first; default the system's and that of the path. */
  readonly pythons?: readonly string[];
}

/** Installs, or with `check` only looks. Returns the exit code; throws an error for the user. */
export async function run(root: string, { check, pythons = PYTHONS }: SetupOptions): Promise<0 | 1> {
  if (isSetUp(root)) {
    console.log("the Python side is installed: .venv");
    return 0;
  }
  if (check) {
    console.error("npm run setup: .venv is missing or out of date");
    return 1;
  }
  const python = await suitablePython(pythons);
  const folder = join(root, ".venv");
  rmSync(folder, { recursive: true, force: true });
  console.log("installing the Python side into .venv: about a minute");
  const quietly = $({ quiet: true, nothrow: true });
  const made = await quietly`${python} -m venv ${folder}`;
  if (made.exitCode !== 0) throw new Error(`${python} could not make .venv\n${`${made.stdout}${made.stderr}`.trim()}`);
  const pip = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary", ":all:"];
  const { exitCode, stderr } =
    await quietly`${join(folder, "bin", "pip")} install ${pip} -r ${join(root, "requirements.txt")}`;
  const digest = digestOf(root);
  if (exitCode !== 0 || digest === undefined) {
    throw new Error(`pip could not install requirements.txt\n${stderr.trim()}`);
  }
  writeFileSync(stampIn(root), `${digest}\n`);
  console.log("installed");
  return 0;
}
