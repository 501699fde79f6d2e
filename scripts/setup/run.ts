import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";

/** Digest of what is installed, written last: a folder without it is half made. */
const stampIn = (root: string): string => join(root, ".venv", "installed.sha256");

const wantedDigest = (root: string): string =>
  createHash("sha256")
    .update(readFileSync(join(root, "requirements.txt")))
    .digest("hex");

/** Whether the Python side is what `requirements.txt` says. */
export const isSetUp = (root: string): boolean =>
  existsSync(stampIn(root)) && readFileSync(stampIn(root), "utf8").trim() === wantedDigest(root);

/** Where a program of the Python side lies. Throws an error for the user while it is not installed. */
export function pythonProgram(root: string, name: string): string {
  if (!isSetUp(root)) throw new Error(".venv is missing or out of date: run npm run setup");
  return join(root, ".venv", "bin", name);
}

const OLDEST = "3.11";
const SUITABLE = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${OLDEST.replace(".", ", ")}))`;

/** The first Python that is new enough and can make environments: the system's own before others in the path. */
async function suitablePython(): Promise<string> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const { exitCode } = await $({ quiet: true, nothrow: true })`${python} -c ${SUITABLE}`;
    if (exitCode === 0) return python;
  }
  throw new Error(`python3 ${OLDEST} or newer with venv is missing: apt-get install python3-venv`);
}

/** Installs, or with `check` only looks. Returns the exit code; throws an error for the user. */
export async function run(root: string, { check }: { readonly check: boolean }): Promise<0 | 1> {
  if (isSetUp(root)) {
    console.log("the Python side is installed: .venv");
    return 0;
  }
  if (check) {
    console.error("npm run setup: .venv is missing or out of date");
    return 1;
  }
  const python = await suitablePython();
  const folder = join(root, ".venv");
  rmSync(folder, { recursive: true, force: true });
  console.log("installing the Python side into .venv: about a minute");
  await $({ quiet: true })`${python} -m venv ${folder}`;
  const pip = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary", ":all:"];
  const { exitCode, stderr } = await $({
    quiet: true,
    nothrow: true,
  })`${join(folder, "bin", "pip")} install ${pip} -r ${join(root, "requirements.txt")}`;
  if (exitCode !== 0) throw new Error(`pip could not install requirements.txt\n${stderr.trim()}`);
  writeFileSync(stampIn(root), `${wantedDigest(root)}\n`);
  console.log("installed");
  return 0;
}
