import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { type Finding, judge } from "../../../policies/engine/judge.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { reachability } from "../../../policies/reachability/judge.ts";
import { jsonText } from "../../../policies/report/json.ts";
import { noSecretIsWrittenDown } from "../../../policies/rules/data/no-secret-is-written-down.ts";
import { administrationIsNotPublic } from "../../../policies/rules/firewall/administration-is-not-public.ts";
import { applyWaivers } from "../../../policies/waivers/apply.ts";
import { fingerprintOf } from "../../../policies/waivers/waiver.ts";
import { type Parts, ruleset, smallEstate } from "../reachability/small-estate.ts";
import { report } from "../support/findings.ts";

/** Values that a finding shows but a part of: what is accepted is the one, and not the other that looks alike. */

const found = (resources: JsonObject): readonly Finding[] =>
  judge(estateOf({ title: "", resources }), [administrationIsNotPublic, noSecretIsWrittenDown]).findings;

const openTo = (...last: readonly string[]) =>
  found({
    aws_security_group: {
      a: {
        ingress: [
          {
            ...{ from_port: 22, to_port: 22, protocol: "tcp" },
            cidr_blocks: ["1.1.1.0/24", "2.1.1.0/24", "3.1.1.0/24", "4.1.1.0/24", "5.1.1.0/24", "6.1.1.0/24", ...last],
          },
        ],
      },
    },
  });
const keptAs = (password: string) => found({ aws_db_instance: { a: { password } } });
const pem = (last: string) => `-----BEGIN PRIVATE KEY-----\n${"A".repeat(64)}\n${last}\n-----END PRIVATE KEY-----\n`;
const reached = (parts: Parts, rule: string) =>
  reachability(smallEstate(parts)).findings.filter((each) => each.rule === rule);

/** What became of a waiver of findings, when others came in their place. */
function stateAfter(accepted: readonly Finding[], now: readonly Finding[]): string | undefined {
  const [first] = accepted;
  if (first === undefined) throw new Error("nothing is found that a waiver could accept");
  const { rule, resource: address } = first;
  const waiver = { rule, address, reason: "", owner: "", until: "2026-12-31", fingerprint: fingerprintOf(accepted) };
  return applyWaivers(now, [waiver], { today: "2026-11-21", environments: ["production"], source: "" }).waivers[0]
    ?.state;
}

test.each<readonly [string, readonly Finding[], readonly Finding[]]>([
  [
    "SSH opened to half of the internet behind the ranges that are shown",
    openTo("201.1.1.0/24", "203.1.1.0/24"),
    openTo("128.0.0.0/2", "208.0.0.0/4"),
  ],
  ["another access key", keptAs("AKIAIOSFODNN7EXAMPLE"), keptAs("AKIAQQQQQQQQ7EXAMPLE")],
  ["another password of the same length", keptAs("hunter2hunter2"), keptAs("huntsmen3huntr")],
  ["another private key that begins alike", keptAs(pem("B")), keptAs(pem("C"))],
  [
    "a flow from more addresses than the packet that is shown",
    reached({ nftables: { database: ruleset("ip saddr 0.0.0.0/31 tcp dport 5432 accept", "drop") } }, "REACH-005"),
    reached({ nftables: { database: ruleset("ip saddr 0.0.0.0/1 tcp dport 5432 accept", "drop") } }, "REACH-005"),
  ],
])("a waiver drifts with what its finding does not show: %s", (_, accepted, now) => {
  expect([stateAfter(accepted, accepted), stateAfter(accepted, now)]).toEqual(["used", "drifted"]);
});

test("what tells secrets apart is in no report", () => {
  const [secret] = keptAs("hunter2hunter2");
  expect(secret?.whole).toMatch(/^[0-9a-f]{64}$/);
  expect(jsonText(report([{ ...secret, environment: "production" } as Finding]))).not.toContain(secret?.whole);
});
