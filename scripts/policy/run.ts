import { join, relative } from "node:path";
import { jsonText } from "../../policies/report/json.ts";
import { junitText } from "../../policies/report/junit.ts";
import { type Report, reportOf, unwaived } from "../../policies/report/report.ts";
import { sarifText } from "../../policies/report/sarif.ts";
import { closing, type Style, textOf } from "../../policies/report/text.ts";
import { choiceRule } from "../../policies/waivers/choices.ts";
import { waiverRules } from "../../policies/waivers/faults.ts";
import { readWaivers, waiversFile } from "../../policies/waivers/read.ts";
import { type Format, parseRequest, type Request, usage } from "./arguments.ts";
import { callJudges, loadJudges } from "./judges.ts";
import { styleFor } from "./style.ts";
import { writeWhole } from "./write-whole.ts";

/** Where and when a run takes place. */
export interface Surroundings {
  readonly root: string;
  /** `2026-11-21` */
  readonly today: string;
  /** Colours only where it is a terminal. */
  readonly stream: NodeJS.WritableStream;
  /** Told what is done of a run that takes long. */
  readonly progress: (done: string) => void;
}

/** How a run ended, and what it prints. */
export interface Ended {
  readonly code: 0 | 1;
  readonly stdout: string;
}

/** Judges as the arguments say. Throws UsageError, ArtefactError or another error for the user: then nothing was written. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  const request = parseRequest(args);
  if (request.help) return { code: 0, stdout: usage };
  if (request.list) return { code: 0, stdout: handed(request.output, await listed(request.format), "") };
  const report = await judged(request, surroundings);
  if (request.waive !== undefined) {
    const { entries } = await import("./waive.ts");
    return { code: 0, stdout: handed(request.output, entries(report, request.waive), "") };
  }
  const style = styleFor(surroundings.stream);
  const code = unwaived(report).length === 0 ? 0 : 1;
  const text = printed(report, request.format, request.output === undefined ? style : (_, plainly) => plainly);
  return { code, stdout: handed(request.output, text, closing(report, style)) };
}

/** What is left to print of a text: all of it, or where it is written to a file what stands for it. */
function handed(output: string | undefined, text: string, instead: string): string {
  if (output === undefined) return text;
  writeWhole(output, text);
  return instead;
}

async function judged(request: Request, { root, today, progress }: Surroundings): Promise<Report> {
  // Loads while waivers are read. Who has a fault in that file waits for nothing else.
  const judges = callJudges();
  const file = request.waivers ?? waiversFile;
  const waivers = readWaivers(file);
  const path = request.artefacts ?? relative(process.cwd(), join(root, "out"));
  const verdict = await judges({ path, environments: request.environments }, progress);
  return reportOf(verdict, {
    waivers: request.waive === undefined ? waivers : [],
    waiversFile: request.waivers ?? relative(root, file),
    today,
  });
}

function printed(report: Report, format: Format, style: Style): string {
  switch (format) {
    case "text":
      return textOf(report, style);
    case "json":
      return jsonText(report);
    case "sarif":
      return sarifText(report);
    case "junit":
      return junitText(report);
  }
}

async function listed(format: Format): Promise<string> {
  const judges = await loadJudges();
  const rules = [...judges.flatMap((each) => each.rules), ...Object.values(waiverRules), choiceRule];
  const { listJson, listText } = await import("./list.ts");
  return format === "json" ? listJson(rules) : listText(rules);
}
