import type { Lab } from "../hosts.ts";

/** One thing that `verify` proves on converged hosts. */
export interface Check {
  /** For `--only`, in kebab case: `second-run`. */
  readonly name: string;
  /** What holds when it passes, with ids of requirements. */
  readonly proves: string;
  /** Services it is for; absent: all. */
  readonly services?: readonly string[];
  /** Takes minutes for what playbooks promise beside their roles: runs with `--all`, or when it is named. */
  readonly long?: true;
  /** A line for the report: what was counted or measured. Throws CheckFailed with what does not hold. */
  readonly run: (lab: Lab) => Promise<string>;
}

/** What a check found: each line names one thing that does not hold. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join("\n"));
    this.findings = findings;
  }
}

/** Throws CheckFailed unless nothing was found. */
export function demandNone(findings: readonly string[]): void {
  if (findings.length > 0) throw new CheckFailed(findings);
}
