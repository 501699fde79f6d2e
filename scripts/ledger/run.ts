import { join } from "node:path";
import { type CheckEnded, parseCheckRequest } from "../options.ts";
import { readEstate } from "../validate/estate.ts";
import { readLedger, writeLedger } from "./files.ts";
import { judge } from "./judge.ts";
import { changeLines, faultLines, jsonText } from "./report.ts";
import { usage } from "./usage.ts";

/** Where and when a run takes place. */
export interface Surroundings {
  /** The project: its `out/terraform` and its `stacks/ledger`. */
  readonly root: string;
  /** `2026-11-21`. */
  readonly today: string;
  /** Where `stdout` goes: only a terminal has colours. */
  readonly stream: NodeJS.WritableStream;
}

/** Compares, and writes the ledger when nothing is refused. Throws an error of one line when it could not compare. */
export function run(args: readonly string[], { root, today, stream }: Surroundings): CheckEnded {
  const request = parseCheckRequest(args);
  if (request.help) return { code: 0, stdout: `${usage}\n`, stderr: "" };
  const verdict = judge(readLedger(root), readEstate(join(root, "out")), today);
  const { entries, changes, faults } = verdict;
  const stdout = request.json ? jsonText(verdict) : changeLines(changes, stream);
  if (faults.length > 0) {
    const refusal = `npm run ledger: nothing was written\n${faultLines(faults)}\n`;
    return { code: 1, stdout, stderr: request.json ? "" : refusal };
  }
  if (request.check) {
    const stale = changes.length > 0;
    return { code: stale ? 1 : 0, stdout, stderr: stale ? "npm run ledger: out of date, run npm run ledger\n" : "" };
  }
  writeLedger(root, entries);
  const closing = request.json ? "" : `stacks/ledger: addresses ${entries.length}, changes ${changes.length}\n`;
  return { code: 0, stdout: stdout + closing, stderr: "" };
}
