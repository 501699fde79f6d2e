import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseRequest, usage } from "./requirements/arguments.ts";
import { claimsOf } from "./requirements/claims.ts";
import { page, pagePath } from "./requirements/page.ts";
import { closing, counts, judged, list } from "./requirements/report.ts";
import { type Requirement, readRequirements, systemOf } from "./requirements/requirement.ts";
import { type Results, readResults, resultsPath } from "./requirements/results.ts";

// A reader that has seen enough, such as head, ends the run without a word.
process.stdout.once("error", () => process.exit());

const root = resolve(import.meta.dirname, "..");
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(`npm run requirements: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

function main(args: readonly string[]): number {
  const request = parseRequest(args);
  if (request.help) {
    console.log(usage);
    return 0;
  }
  const requirements = readRequirements(root);
  if (request.write) {
    mkdirSync(dirname(join(root, pagePath)), { recursive: true });
    writeFileSync(join(root, pagePath), page(requirements, claimsOf(root)));
    console.log(pagePath);
    return 0;
  }
  const results = readResults(root, resolve(request.results ?? join(root, resultsPath)));
  const wanted = requirements.filter(
    (each) => request.systems.length === 0 || request.systems.includes(systemOf(each)),
  );
  const all = judged(wanted, results.passed);
  if (request.json) {
    console.log(JSON.stringify(all, undefined, 2));
  } else {
    console.log(list(all, request.statuses.length === 0 ? ["planned", "open"] : request.statuses));
    console.log(counts(all));
    console.log(closing(all, results.skipped));
  }
  return request.check ? check(requirements, results) : 0;
}

/** Says on standard error what is stale or not borne out; 1 when anything is. */
function check(requirements: readonly Requirement[], { passed, failed }: Results): number {
  const claims = claimsOf(root);
  const faults = [
    ...[...failed].flatMap(([id, titles]) => titles.map((title) => `${id} is named by a test that failed: ${title}`)),
    ...[...claims.keys()]
      .filter((id) => !passed.has(id) && !failed.has(id))
      .map((id) => `${id} is named in ${claims.get(id)?.join(", ")}, and by no test that passed`),
    ...(page(requirements, claims) === current() ? [] : [`${pagePath} is stale: run npm run requirements -- --write`]),
  ];
  for (const fault of faults) console.error(`npm run requirements: ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

/** The page as it lies there; empty when it does not. */
function current(): string {
  try {
    return readFileSync(join(root, pagePath), "utf8");
  } catch {
    return "";
  }
}
