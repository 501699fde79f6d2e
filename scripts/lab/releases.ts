import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";
import type { LabPlan } from "./plan.ts";
import { demand } from "./programs.ts";
import { type LabState, project } from "./state.ts";

/** A release in the lab's package bucket. */
export interface LabRelease {
  readonly service: string;
  readonly version: string;
  /** SHA-256 of its manifest. */
  readonly sha256: string;
}

/** Releases of the stand-in application: what hosts get first, what they are released to, and one whose health fails. */
export interface LabReleases {
  readonly first: LabRelease;
  readonly next: LabRelease;
  readonly bad: LabRelease;
}

const applications = (service: string): string =>
  `${project}/test/fixtures/apps/${service.replaceAll("-", "_")}/release.json`;

/** Builds one release into the lab's package bucket. Wheels of others are fetched once and kept in the user's cache. */
async function build(state: LabState, service: string, version: string, ...options: string[]): Promise<LabRelease> {
  const program = `${project}/test/fixtures/apps/build.py`;
  const args = [program, service, version, state.at("packages"), ...options];
  return JSON.parse(await demand(`${project}/.venv/bin/python`, args)) as LabRelease;
}

/**
 * Puts releases of the service's stand-in application into the lab's package bucket, and the first one's name into the
 * inventory. Does nothing for a service without one.
 */
export async function prepareReleases({ resolved }: Pick<LabPlan, "resolved">, state: LabState): Promise<void> {
  const { name } = resolved.service;
  if (!existsSync(applications(name))) return;
  const releases: LabReleases = {
    first: await build(state, name, "1.0.0"),
    next: await build(state, name, "1.1.0"),
    bad: await build(state, name, "1.2.0", "--bad"),
  };
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
