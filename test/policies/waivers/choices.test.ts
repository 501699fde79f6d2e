import { expect, test } from "vitest";
import { readIndex } from "../../../policies/artefacts/declarations.ts";
import { estateOf } from "../../../policies/engine/example.ts";
import { reportOf, unwaived } from "../../../policies/report/report.ts";
import { verdictOf } from "../../../policies/report/verdict.ts";

/** Choices weaker than the default end on their day, as waivers do. */

const environment = (name: string) => ({
  ...{ name, account: "111111111111", region: "eu-central-1", copyRegion: "eu-west-1", cidr: "10.0.0.0/16" },
  ...{ domain: { public: "example.org", private: "internal.example.org" }, ranges: { clients: [], admins: [] } },
  ...{ subnets: [], stacks: [], flows: [], zones: [] },
  services: [],
});
const choice = (path: string, until: string) => ({ path, reason: "holds nothing", until });

/** What is said of an estate whose index has these choices, on a day. */
function said(today: string, ...weakerChoices: readonly ReturnType<typeof choice>[]) {
  const environments = ["dev", "production"].map(environment);
  const declared = readIndex({ environments, weakerChoices }, "out/index.json").environments;
  const estates = declared.map((declaration) => estateOf({ title: declaration.name, resources: {}, declaration }));
  const report = reportOf(verdictOf(estates, []), { waivers: [], waiversFile: "waivers.yaml", today });
  return unwaived(report).map(({ rule, environment, source, resource, outcome, got }) =>
    [rule, environment ?? "all", source, resource, outcome, got].join(" "),
  );
}

const ofDev = choice("environments/dev/unprotected", "2026-11-21");
const ofService = choice("broker/components/main/single", "2026-11-21");

test("nothing is said of a choice up to its last day", () => {
  expect(said("2026-11-21", ofDev, ofService)).toEqual([]);
});

test("fails when its day is over, once for whoever it is for", () => {
  expect(said("2026-11-22", ofDev, ofService)).toEqual([
    "WVR-004 dev out/index.json environments/dev/unprotected fail 2026-11-21: holds nothing",
    "WVR-004 all out/index.json broker/components/main/single fail 2026-11-21: holds nothing",
  ]);
});

test("fails when its day is farther than 400 days", () => {
  expect(said("2026-11-21", choice("environments/dev/unprotected", "2027-12-26"))).toEqual([]);
  expect(said("2026-11-21", choice("environments/dev/unprotected", "2027-12-27"))).toEqual([
    "WVR-004 dev out/index.json environments/dev/unprotected fail 2027-12-27: holds nothing",
  ]);
});

test("does not know and fails when it names no day", () => {
  expect(said("2026-11-21", choice("environments/dev/unprotected", "for ever"))).toEqual([
    "WVR-004 dev out/index.json environments/dev/unprotected unknown for ever: holds nothing",
  ]);
});
