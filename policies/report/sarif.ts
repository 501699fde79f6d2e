import { hash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { keyOf } from "../engine/judge.ts";
import type { RuleFacts, Severity } from "../engine/rule.ts";
import type { Report, ReportedFinding } from "./report.ts";

/** SARIF 2.1.0 (OASIS standard with errata 01): one run, all rules with their help, what is waived as suppressed. */
export function sarifText(report: Report): string {
  const index = new Map(report.rules.map(({ id }, at) => [id, at]));
  const seen = new Map<string, number>();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "platform-policies", semanticVersion: "1.0.0", rules: report.rules.map(descriptorOf) },
        },
        automationDetails: { id: "policies/" },
        invocations: [{ executionSuccessful: true }],
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => resultOf(finding, index.get(finding.rule) ?? -1, seen)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** Of the scale that GitHub shows alerts by: over 9 critical, from 7 high, from 4 medium. */
const scores: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

function descriptorOf({ id, slug, severity, title, why, fix, requirements }: RuleFacts) {
  const sources = requirements.length === 0 ? "" : `\n\nHolds: ${requirements.join(", ")}`;
  return {
    id,
    name: slug,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\nFix: ${fix}${sources}`, markdown: `${why}\n\n**Fix.** ${fix}${sources}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", ...requirements], precision: "very-high", "security-severity": scores[severity] },
  };
}

function resultOf(finding: ReportedFinding, ruleIndex: number, seen: Map<string, number>) {
  const { rule, severity, outcome, environment, stack, resource, attribute, got, expected, waiver } = finding;
  const name = [environment, stack, resource].filter((part) => part !== undefined).join("/");
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: `${resource}: ${attribute}: got ${got}, expected ${expected}` },
    locations: [
      {
        ...(finding.source === ""
          ? {}
          : { physicalLocation: { artifactLocation: { uri: uriOf(finding.source) }, region: { startLine: 1 } } }),
        logicalLocations: [{ name: resource, fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    partialFingerprints: { "finding/v1": fingerprintOf(finding, seen) },
    properties: { outcome, environment: environment ?? null, stack: stack ?? null, attribute, got, expected },
    ...(waiver === undefined ? {} : { suppressions: [suppressionOf(waiver)] }),
  };
}

const suppressionOf = ({ reason, owner, until }: NonNullable<ReportedFinding["waiver"]>) => ({
  kind: "external",
  status: "accepted",
  justification: `${reason} (until ${until}, ${owner})`,
});

/** The same while rule, place and attribute are: another value, or another order, is the same alert. */
function fingerprintOf(finding: ReportedFinding, seen: Map<string, number>): string {
  const key = keyOf(finding);
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return hash("sha256", before === 0 ? key : `${key}\n${before}`);
}

/** A path as SARIF wants it: relative where it was given so. */
const uriOf = (path: string): string =>
  path.startsWith("/") ? pathToFileURL(path).href : path.split("/").map(encodeURIComponent).join("/");
