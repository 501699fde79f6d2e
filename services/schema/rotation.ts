import type { Pods } from "./component.ts";
import { TOOLS } from "./dump.ts";
import { type Job, job } from "./job.ts";
import { daily } from "./schedule.ts";
import type { Secret } from "./secret.ts";
import { mib, minutes } from "./units.ts";

/**
 * Fails while the value of a secret is older than its rotation allows, and logs the age of each. Nothing rotates secrets by
 * itself (a new value belongs with its users), so something must notice what a calendar forgot.
 */
export const rotationCheck = (secrets: Readonly<Record<string, Secret>>, on: Pods): Job =>
  job("rotation-check", {
    why: "tells of secrets whose rotation is late (NOD-2.7, MUN-2.17)",
    on,
    image: TOOLS,
    command: [TOOLS, "secret-ages"],
    schedule: daily("06:30"), // before people start work; ours
    limit: minutes(10),
    scratch: { "/tmp": mib(16) },
    environment: {},
    watches: Object.values(secrets),
  });
