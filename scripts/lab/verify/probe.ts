import { readFileSync } from "node:fs";
import { inHost, type Lab } from "../hosts.ts";
import { inside } from "../namespace.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { piece } from "../state.ts";

/** What became of a packet: `passed` and answered, passed and nobody listens, or no answer. */
export type Outcome = "open" | "refused" | "silent";

/** One try: protocol, address, port. */
export type Probe = readonly [protocol: "tcp" | "udp", address: string, port: number];

/** Where packets come from: a host, or an address of the cloud. */
export type Source = LabHost | { readonly address: string; readonly source: string };

/** Seconds without an answer until a packet counts as dropped. */
const PATIENCE = 1.5;

/** Tries all at once from a host, or from the cloud with one of its addresses. Outcomes in the order of the probes. */
export async function probeFrom(
  lab: Lab,
  from: Source,
  probes: readonly Probe[],
  seconds = PATIENCE,
): Promise<readonly Outcome[]> {
  const program = readFileSync(piece("verify/prober.py"), "utf8");
  const command = ["python3", "-c", program];
  const asked = { seconds, probes, source: "source" in from ? from.source : null };
  const place = "source" in from ? [...inside(lab.pid, "cloud"), ...command] : await inHost(lab, from, command);
  return JSON.parse(await demand("nsenter", place, JSON.stringify(asked))) as readonly Outcome[];
}
