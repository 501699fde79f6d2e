import type { Finding } from "../engine/judge.ts";
import { latestDay } from "./days.ts";
import { faultOf, type WaiverFault } from "./faults.ts";
import { fingerprintOf, isAbout, type Waiver } from "./waiver.ts";

/** What became of a waiver in a run. `not asked`: its environment was not judged. */
export interface AppliedWaiver {
  readonly waiver: Waiver;
  readonly state: "used" | "not asked" | WaiverFault;
  /** How many findings it is about. */
  readonly findings: number;
}

/** What waivers come to. */
export interface Applied {
  /** By finding, the waiver that accepts it. */
  readonly accepted: ReadonlyMap<Finding, Waiver>;
  readonly waivers: readonly AppliedWaiver[];
  /** Of waivers that do not waive. */
  readonly faults: readonly Finding[];
}

/** When and of what a run is. */
export interface Occasion {
  /** `2026-11-21` */
  readonly today: string;
  /** Environments that were judged; nothing for outputs that name none. */
  readonly environments: readonly (string | undefined)[];
  /** The file that holds the waivers. */
  readonly source: string;
}

/** Sets waivers against findings. The first that is about a finding takes it; one that is expired, too long or drifted accepts nothing. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { today, environments, source }: Occasion,
): Applied {
  const accepted = new Map<Finding, Waiver>();
  const faults: Finding[] = [];
  const taken = new Set<Finding>();
  const applied = waivers.map((waiver): AppliedWaiver => {
    const found = findings.filter((each) => !taken.has(each) && isAbout(waiver, each));
    for (const each of found) taken.add(each);
    const states = [...Map.groupBy(found, ({ environment }) => environment).values()].map((group) => {
      const state = stateOf(waiver, group, today);
      if (state === "used") for (const each of group) accepted.set(each, waiver);
      else faults.push(faultOf(state, waiver, group, source));
      return state;
    });
    if (states.length > 0) {
      return { waiver, state: states.find((state) => state !== "used") ?? "used", findings: found.length };
    }
    const isAsked = environments.some((each) => each !== undefined && (waiver.environment ?? each) === each);
    if (isAsked) faults.push(faultOf("unused", waiver, [], source));
    return { waiver, state: isAsked ? "unused" : "not asked", findings: 0 };
  });
  return { accepted, waivers: applied, faults };
}

function stateOf(waiver: Waiver, found: readonly Finding[], today: string): "used" | "expired" | "far" | "drifted" {
  if (waiver.until < today) return "expired";
  if (waiver.until > latestDay(today)) return "far";
  return fingerprintOf(found) === waiver.fingerprint ? "used" : "drifted";
}
