import { describe, expect, test } from "vitest";
import { BROKEN, type Finding, judge } from "../../../policies/engine/judge.ts";
import { type Mutation, onResource } from "../../../policies/engine/mutation.ts";
import { attemptsOf, type Suite, sampleOf, tried } from "../../../policies/engine/mutation-run.ts";
import { demand, type Rule, rule } from "../../../policies/engine/rule.ts";
import { Estate, kind } from "../../../policies/model/estate.ts";
import { type Place, placeOfResource } from "../../../policies/model/place.ts";
import { readConfiguration } from "../../../policies/model/terraform/document.ts";
import type { Resource } from "../../../policies/model/terraform/resource.ts";
import { facts } from "../support/findings.ts";

interface Thing {
  readonly at: Place;
  readonly resource: Resource;
}
const things = kind<Thing>("thing", ({ terraform }) =>
  terraform.ofType("aws_x").map((resource) => ({ at: placeOfResource(resource), resource })),
);
const sized = (
  check: Rule<Thing>["check"] = ({ resource }) =>
    demand("size", resource.block.number("size") ?? 0, "1", (size) => size === 1),
): Rule<Thing> => rule({ ...facts, appliesTo: things, check });
const suite = (mutations: readonly Mutation[], of = sized()): Suite => ({
  slug: of.slug,
  mutations,
  findings: (estate) => judge(estate, [of]).findings,
});
const estate = (sizes: Readonly<Record<string, number>>) =>
  new Estate({
    environment: "production",
    documents: [
      readConfiguration(
        { resource: { aws_x: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, { size }])) } },
        { environment: "production", stack: "data", source: "cdk.tf.json" },
      ),
    ],
  });
const shrink = onResource("aws_x", "shrink", (thing) => ({ ...thing, size: 0 }));
const outcomes = (of: Suite, on = estate({ a: 1, b: 1 })) =>
  [...tried(attemptsOf([on], [of]))].map(({ outcome, told }) => `${outcome}: ${told}`);

describe("a mutation", () => {
  test("is noticed when its rule finds more than before", () => {
    expect(outcomes(suite([shrink]))).toEqual(["killed: aws_x.a: aws_x.a size"]);
  });

  test("is noticed although something else is found already", () => {
    expect(outcomes(suite([shrink]), estate({ old: 7, a: 1 }))).toEqual(["survived: aws_x.old"]);
    const second = onResource(
      "aws_x",
      "shrink",
      (thing) => ({ ...thing, size: 0 }),
      ({ name }) => name === "a",
    );
    expect(outcomes(suite([second]), estate({ old: 7, a: 1 }))).toEqual(["killed: aws_x.a: aws_x.a size"]);
  });

  test("fails when nothing more is found", () => {
    const colour = onResource("aws_x", "colour", (thing) => ({ ...thing, colour: "red" }));

    expect(outcomes(suite([colour]))).toEqual(["survived: aws_x.a"]);
  });

  test("fails when there is nothing to change", () => {
    expect(outcomes(suite([onResource("aws_y", "none", () => undefined)]))).toEqual(["idle: found nothing to change"]);
  });

  test("fails when it breaks, or breaks the rule, which finds nothing then", () => {
    const broken: Mutation = {
      title: "broken",
      apply() {
        throw new TypeError("no such thing");
      },
    };
    const breaking = sized(({ resource }) => {
      if (resource.block.number("size") === 0) throw new RangeError("too small");
      return [];
    });

    expect(outcomes(suite([broken]))).toEqual(["broken: TypeError: no such thing"]);
    expect(outcomes(suite([shrink], breaking))).toEqual(["broken: aws_x.a: RangeError: too small"]);
  });
});

describe("a rule that breaks", () => {
  test("is a finding of its own, and the others are asked all the same", () => {
    const breaking = rule({
      ...facts,
      id: "DATA-901",
      appliesTo: things,
      check: (): never => {
        throw new TypeError("no such thing");
      },
    });

    const { findings, runs } = judge(estate({ a: 0 }), [breaking, sized()]);

    expect(findings.map(({ rule: id, attribute, got, outcome }: Finding) => [id, attribute, got, outcome])).toEqual([
      ["DATA-901", BROKEN, "TypeError: no such thing", "unknown"],
      ["DATA-900", "size", "0", "fail"],
    ]);
    expect(runs.map(({ outcome }) => outcome)).toEqual(["unknown", "fail"]);
  });
});

describe("a sample", () => {
  const all = Array.from({ length: 100 }, (_, at) => at);

  test("is the same for the same seed, in order, and another for another", () => {
    expect(sampleOf(all, 10, 1)).toEqual(sampleOf(all, 10, 1));
    expect(sampleOf(all, 10, 1)).not.toEqual(sampleOf(all, 10, 2));
    expect(sampleOf(all, 10, 1)).toEqual(sampleOf(all, 10, 1).toSorted((one, other) => one - other));
    expect(sampleOf(all, 1000, 1)).toEqual(all);
  });

  test("of one seed after the other comes to everything", () => {
    const seen = new Set(Array.from({ length: 60 }, (_, seed) => sampleOf(all, 10, seed + 1)).flat());

    expect(seen.size).toBe(100);
  });
});
