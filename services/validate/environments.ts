import type { Environment } from "../schema/environment.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show, showNames, showTime } from "./show.ts";

/** What an environment must be, and what production must be besides. */

const DAY = 86_400;
/** Days that CloudWatch Logs accepts as retention. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const LETTERS = "a, b, c";

function place({ name, region, copyRegion, zones }: Environment): readonly Fault[] {
  const path = `environments/${name}`;
  const letters = showNames(zones.map(({ letter }) => letter));
  return [
    ...unless(copyRegion !== region, `${path}/copyRegion`, "must be another region than region", show(copyRegion)),
    ...unless(letters === LETTERS, `${path}/zones`, `must be three, with the letters ${LETTERS}`, letters),
    ...unless(
      new Set(zones.map((zone) => zone.name)).size === zones.length,
      `${path}/zones`,
      "must be three different zones",
      showNames(zones.map((zone) => zone.name)),
    ),
    ...zones.flatMap((zone) =>
      unless(
        zone.name.startsWith(region) && /^[a-z]$/.test(zone.name.slice(region.length)),
        `${path}/zones/${zone.letter}/name`,
        `must be a zone of ${region}`,
        show(zone.name),
      ),
    ),
  ];
}

function logs({ name, logs: { keep, archive } }: Environment): readonly Fault[] {
  const path = `environments/${name}/logs`;
  return [
    // Both are retentions of log groups; the record of sessions is kept as long as an archive.
    ...Object.entries({ keep, archive }).flatMap(([name, time]) =>
      unless(
        RETENTIONS.includes(time / DAY),
        `${path}/${name}`,
        `must be a retention that CloudWatch Logs offers, in days: ${RETENTIONS.join(", ")}`,
        showTime(time),
      ),
    ),
    ...unless(archive >= keep, `${path}/archive`, `must be >= keep (${showTime(keep)})`, showTime(archive)),
  ];
}

/** Production is known by its name: nothing becomes production by leaving something out, nor ceases to be it. */
function production(environment: Environment): readonly Fault[] {
  if (environment.name !== "production") return [];
  const { gatewaysPerZone, minimumReplicas, lock, unprotected, volumeShare } = environment;
  const path = "environments/production";
  return [
    ...unless(
      unprotected === undefined,
      `${path}/unprotected`,
      "must be absent in production",
      show(unprotected?.reason),
    ),
    ...unless(lock === "COMPLIANCE", `${path}/lock`, 'must be "COMPLIANCE" in production', show(lock)),
    ...unless(
      gatewaysPerZone,
      `${path}/gatewaysPerZone`,
      "must be true in production: a zone must not depend on another",
      show(gatewaysPerZone),
    ),
    ...unless(
      minimumReplicas >= 2,
      `${path}/minimumReplicas`,
      "must be >= 2 in production (MUN-4.8)",
      show(minimumReplicas),
    ),
    ...unless(
      volumeShare === 1,
      `${path}/volumeShare`,
      "must be 1 in production: sizes are declared for it",
      show(volumeShare),
    ),
  ];
}

export const environments: Check = (catalogue) =>
  catalogue.environments.flatMap((environment) => [
    ...place(environment),
    ...logs(environment),
    ...production(environment),
  ]);
