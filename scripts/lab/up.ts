import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { packageBucketName } from "../../services/names.ts";
import { UsageError } from "../options.ts";
import { prepareBase, SUITE } from "./base.ts";
import { awaitCloud, startCloud, writeCloud } from "./cloud.ts";
import { boot, type Lab, writeHost } from "./hosts.ts";
import { writeInventory } from "./inventory.ts";
import { close, open } from "./namespace.ts";
import type { LabPlan } from "./plan.ts";
import { allowWatches, demandPrograms } from "./programs.ts";
import { prepareReleases } from "./releases.ts";
import { demandOwn, holder, type LabState, takeFolder } from "./state.ts";

/** Where hosts of an environment get packages. */
export const repositoryOf = ({ estate: { environment } }: LabPlan): string =>
  `deb [signed-by=/etc/apt/keyrings/lab.asc] https://${packageBucketName(environment)}.s3.${environment.region}.amazonaws.com/debian ${SUITE} main`;

/** Starts a lab of new hosts. When it throws or the process ends before it is done, nothing stays running. */
export async function up(state: LabState, plan: LabPlan, say: (line: string) => void): Promise<void> {
  demandOwn(state);
  await demandPrograms();
  if (holder(state) !== undefined) {
    throw new UsageError(`a lab is up in ${state.folder}: npm run lab -- down, or another folder by --state`);
  }
  allowWatches();
  const base = await prepareBase(say);
  const since = performance.now();
  await clear(state);
  takeFolder(state);
  await writeCloud(plan, state, base);
  for (const host of plan.hosts) writeHost({ state, plan }, host, repositoryOf(plan));
  writeInventory(plan, state, readFileSync(`${base.authority}/packages.asc`, "utf8"));
  await prepareReleases(plan, state, base);
  const { pid, keep } = await open(state);
  try {
    startCloud(state, pid);
    const lab: Lab = { state, plan, pid, root: base.root };
    await Promise.all([
      ...plan.hosts.map(async (host) => say(`${host.tag} ${host.address}: ${await boot(lab, host)}`)),
      awaitCloud(state).then(() => say(`cloud: answers after ${((performance.now() - since) / 1000).toFixed(1)} s`)),
    ]);
    const { service, environment } = plan.resolved;
    const about = { service: service.name, environment: environment.name, root: base.root };
    writeFileSync(state.at("lab.json"), JSON.stringify(about));
    keep();
  } catch (error) {
    await close(state);
    throw error;
  }
  say(
    `${plan.hosts.length} hosts of ${plan.resolved.service.name} up in ${((performance.now() - since) / 1000).toFixed(1)} s`,
  );
}

/** Removes what an earlier lab left in its folder, but for its logs, and whatever a user put there. Throws UsageError. */
async function clear(state: LabState): Promise<void> {
  demandOwn(state);
  await close(state);
  for (const name of ["lab.json", "hosts", "cloud", "inventory", "out", "ansible"]) {
    rmSync(state.at(name), { recursive: true, force: true });
  }
}

/** Ends the lab and removes its hosts' files; logs and `packages/` stay. */
export const down = clear;
