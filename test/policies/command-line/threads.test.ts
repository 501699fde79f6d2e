import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readArtefacts } from "../../../policies/artefacts/read.ts";
import { reportOf } from "../../../policies/report/report.ts";
import { type Verdict, verdictOf } from "../../../policies/report/verdict.ts";
import { loadJudges } from "../../../scripts/policy/judges.ts";
import { callJudges } from "../../../scripts/policy/threads.ts";

const folder = join(import.meta.dirname, "../fixtures");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .map((name) => join(folder, name));

const reported = (verdict: Verdict) => reportOf(verdict, { waivers: [], waiversFile: "none", today: "2026-11-22" });

test("two threads report what one does, in its order", async () => {
  const judges = callJudges();
  const alone = await loadJudges();

  let findings = 0;
  for (const path of files) {
    const report = reported(await judges({ path, environments: [] }));

    expect(report).toEqual(reported(verdictOf(readArtefacts(path), alone)));
    findings += report.findings.length;
  }
  expect(findings).toBeGreaterThan(100);
});

test("outputs that cannot be read are the caller's matter, who may ask again", async () => {
  const judges = callJudges();

  await expect(judges({ path: join(folder, "no-such-file.json"), environments: [] })).rejects.toThrow(
    /no-such-file\.json: cannot be read \(ENOENT\)$/,
  );
  const [path = ""] = files;
  expect((await judges({ path, environments: [] })).judged).toHaveLength(1);
});
