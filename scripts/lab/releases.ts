import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { buildRelease, type Release } from "../build-release/release.ts";
import type { Base } from "./base.ts";
import type { LabPlan } from "./plan.ts";
import { demand } from "./programs.ts";
import { type LabState, project } from "./state.ts";

/** Releases of the stand-in application: what hosts get first, what they are released to, and one whose health fails. */
export interface LabReleases {
  readonly first: Release;
  readonly next: Release;
  readonly bad: Release;
}

const applicationOf = (service: string): string => `${project}/test/fixtures/apps/${service.replaceAll("-", "_")}`;

/** The key of the lab's packages, as a file in a folder of the caller's. */
async function exportKey({ keys }: Pick<Base, "keys">, folder: string): Promise<string> {
  // A copy: gpg starts its agent where the keys are, and labs share those.
  const home = join(folder, "keys");
  mkdirSync(home, { mode: 0o700 });
  for (const name of ["private-keys-v1.d", "pubring.kbx"])
    cpSync(join(keys, name), join(home, name), { recursive: true });
  const open = ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""];
  const key = await demand("gpg", [...open, "--armor", "--export-secret-keys"]);
  await demand("gpgconf", ["--homedir", home, "--kill", "all"]);
  writeFileSync(join(folder, "packages.key"), key, { mode: 0o600 });
  return join(folder, "packages.key");
}

/** Builds releases of a service into the lab's package bucket, as `npm run build-release` does. */
async function buildReleases(service: string, state: LabState, base: Pick<Base, "keys">): Promise<LabReleases> {
  const scratch = mkdtempSync(join(tmpdir(), "releases-"));
  const application = applicationOf(service);
  const architecture = process.arch === "arm64" ? "arm64" : "amd64";
  try {
    const keyFile = await exportKey(base, scratch);
    const build = async (version: string, ...options: string[]): Promise<Release> => {
      const wheels = join(scratch, version);
      const args = [`${project}/test/fixtures/apps/build.py`, application, version, wheels, ...options];
      await demand(`${project}/.venv/bin/python`, args);
      // Of an earlier lab, whose stand-in was another.
      rmSync(state.at("packages", service, "releases", version), { recursive: true, force: true });
      return buildRelease(project, {
        application,
        wheels,
        version,
        architecture,
        output: state.at("packages"),
        keyFile,
      });
    };
    return { first: await build("1.0.0"), next: await build("1.1.0"), bad: await build("1.2.0", "--bad") };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Puts releases of the service's stand-in application into the lab's package bucket, and the first one's name into the
 * inventory. Does nothing for a service without one.
 */
export async function prepareReleases(
  { resolved }: Pick<LabPlan, "resolved">,
  state: LabState,
  base: Pick<Base, "keys">,
): Promise<void> {
  const { name } = resolved.service;
  if (!existsSync(applicationOf(name))) return;
  const releases = await buildReleases(name, state, base);
  writeFileSync(state.at("releases.json"), JSON.stringify(releases));
  const { version, sha256 } = releases.first;
  mkdirSync(state.at("inventory/group_vars"), { recursive: true });
  writeFileSync(
    state.at("inventory/group_vars/lab.yaml"),
    stringify({ python_service_releases: { [name]: { version, sha256 } } }),
  );
}

/** What `prepareReleases` has made. */
export const releasesOf = (state: LabState): LabReleases =>
  JSON.parse(readFileSync(state.at("releases.json"), "utf8")) as LabReleases;
