import { rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { jsonText } from "../../policies/report/json.ts";
import { type Report, reportOf, unwaived } from "../../policies/report/report.ts";
import { sarifText } from "../../policies/report/sarif.ts";
import { textOf } from "../../policies/report/text.ts";
import type { Verdict } from "../../policies/report/verdict.ts";
import { readWaivers, waiversFile } from "../../policies/waivers/read.ts";
import { callJudges } from "../policy/judges.ts";
import { styleFor } from "../policy/style.ts";
import { writeWhole } from "../policy/write-whole.ts";

const root = resolve(import.meta.dirname, "../..");

/** How outputs are called in the verdict, wherever they lie: the same outputs have the same verdict. */
const SHOWN = "out";

/** Called when this is loaded, so that they are ready when outputs are. */
const judges = callJudges();

/**
 * Judges outputs by every policy, and leaves the verdict beside them: `policy/findings.json` and `policy/findings.sarif`.
 * Returns how many findings nobody accepts, and what to print. `today` is a day, `2026-11-21`: waivers end on one.
 */
export async function judgeOutputs(
  out: string,
  today: string,
): Promise<{ readonly findings: number; readonly text: string }> {
  const waivers = readWaivers(waiversFile);
  const given = { waivers, waiversFile: relative(root, waiversFile), today };
  const report = shownFrom(out, reportOf(await judgedFresh(out), given));
  writeWhole(join(out, "policy", "findings.json"), jsonText(report));
  writeWhole(join(out, "policy", "findings.sarif"), sarifText(report));
  return { findings: unwaived(report).length, text: textOf(report, styleFor(process.stdout)) };
}

/**
 * Plans of states that have changed since are of no use to anybody, and would stand in the way of every later run: they go.
 * In any other folder a stale plan is a finding.
 */
async function judgedFresh(path: string): Promise<Verdict> {
  const verdict = await judges({ path, environments: [] });
  // One that says another thing than its configuration, although that is unchanged, was edited: a finding, here too.
  const changed = verdict.stalePlans.filter((each) => each.changed.length > 0);
  for (const { source } of changed) rmSync(source);
  return changed.length === 0 ? verdict : await judges({ path, environments: [] });
}

function shownFrom(out: string, report: Report): Report {
  const findings = report.findings.map((each) => ({
    ...each,
    source: each.source.startsWith(out) ? `${SHOWN}${each.source.slice(out.length)}` : each.source,
  }));
  return { ...report, findings };
}
