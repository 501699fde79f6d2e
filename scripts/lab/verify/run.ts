import { UsageError } from "../../options.ts";
import type { Lab } from "../hosts.ts";
import { type Check, CheckFailed } from "./check.ts";
import { checks } from "./checks.ts";
import { notProven } from "./not-proven.ts";

/** How one check ended. */
interface Verdict {
  readonly name: string;
  readonly proves: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What was counted, of a check that passed. */
  readonly detail: string;
  readonly findings: readonly string[];
}

/** Which checks of a service. */
export interface Selection {
  /** Their names; none: not by name. */
  readonly only: readonly string[];
  /** Long ones too. */
  readonly all: boolean;
}

/** Findings of one check that are printed; the rest is counted. */
const SHOWN = 20;

/**
 * The checks of a service, in rows: all but long ones, or all; with names, only these. Throws UsageError for a name that
 * is none.
 */
export function chosen(service: string, { only, all }: Selection): readonly (readonly Check[])[] {
  const own = checks.map((row) => row.filter(({ services }) => services?.includes(service) ?? true));
  const names = own.flat().map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const got = unknown.map((name) => `"${name}"`).join(", ");
    throw new UsageError(`--only: got ${got}, allowed are ${names.join(", ")}`);
  }
  return own.map((row) => row.filter(({ name, long }) => (only.length > 0 ? only.includes(name) : all || !long)));
}

/** Runs the checks, one row after the other, and prints each as it ends; 0 when all passed. */
export async function verify(lab: Lab, selection: Selection, json: boolean): Promise<number> {
  const say = json ? () => undefined : console.log;
  const since = performance.now();
  const verdicts: Verdict[] = [];
  for (const row of chosen(lab.plan.resolved.service.name, selection)) {
    const judging = row.map(async (check) => {
      const verdict = await judged(check, lab);
      verdicts.push(verdict);
      say(lineOf(verdict));
    });
    await Promise.all(judging);
  }
  const failed = verdicts.filter(({ passed }) => !passed);
  if (json) {
    console.log(JSON.stringify({ checks: verdicts, notProven }, undefined, 2));
  } else {
    say(`\nNot proven here:\n${notProven.map((each) => `  ${each}`).join("\n")}`);
    const seconds = (performance.now() - since) / 1000;
    say(`\nverify: ${verdicts.length - failed.length} passed, ${failed.length} failed, ${seconds.toFixed(0)} s`);
  }
  return failed.length === 0 ? 0 : 1;
}

async function judged({ name, proves, run }: Check, lab: Lab): Promise<Verdict> {
  const since = performance.now();
  const seconds = () => (performance.now() - since) / 1000;
  try {
    const detail = await run(lab);
    return { name, proves, passed: true, seconds: seconds(), detail, findings: [] };
  } catch (error) {
    // A check that could not be made has proved nothing either.
    const said = error instanceof Error ? error.message : String(error);
    const findings = error instanceof CheckFailed ? error.findings : [said];
    return { name, proves, passed: false, seconds: seconds(), detail: "", findings };
  }
}

function lineOf({ name, proves, passed, seconds, detail, findings }: Verdict): string {
  const head = `${passed ? "pass" : "FAIL"}  ${name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s  ${proves}`;
  if (passed) return `${head}: ${detail}`;
  const rest = findings.length > SHOWN ? [`and ${findings.length - SHOWN} more`] : [];
  return [head, ...[...findings.slice(0, SHOWN), ...rest].map((each) => `        ${each}`)].join("\n");
}
