import { hash } from "node:crypto";
import type { Finding } from "../engine/judge.ts";

/** Findings of one rule at one address that somebody accepts until a day, as `waivers.yaml` holds it. */
export interface Waiver {
  /** `DATA-004` */
  readonly rule: string;
  /** Absent: every environment. */
  readonly environment?: string;
  /** Absent: whichever stack has the address. */
  readonly stack?: string;
  /** As findings have it: `aws_s3_bucket.x`. */
  readonly address: string;
  /** Absent: all attributes of the address. */
  readonly attribute?: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day it holds, `2026-12-31`. */
  readonly until: string;
  /** Of what the rule got there when it was accepted. */
  readonly fingerprint: string;
}

/** Whether a waiver is about a finding, whatever it got. */
export const isAbout = (waiver: Waiver, finding: Finding): boolean =>
  waiver.rule === finding.rule &&
  waiver.address === finding.resource &&
  (waiver.environment ?? finding.environment) === finding.environment &&
  (waiver.stack ?? finding.stack) === finding.stack &&
  (waiver.attribute ?? finding.attribute) === finding.attribute;

/** Of what findings got, all of it, whatever their order: another value is another fingerprint. */
export function fingerprintOf(findings: readonly Finding[]): string {
  const values = findings
    .map(({ attribute, got, whole }) => JSON.stringify([attribute, got, ...(whole === undefined ? [] : [whole])]))
    .sort();
  return hash("sha256", values.join("\n")).slice(0, 16);
}
