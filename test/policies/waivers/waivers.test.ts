import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { applyWaivers } from "../../../policies/waivers/apply.ts";
import { entriesFor } from "../../../policies/waivers/entry.ts";
import { readWaivers, waiversFile } from "../../../policies/waivers/read.ts";
import { fingerprintOf, type Waiver } from "../../../policies/waivers/waiver.ts";
import { finding } from "../support/findings.ts";

const occasion = { today: "2026-11-21", environments: ["dev", "production"], source: "waivers.yaml" };
const one = finding();
const waiver = (given: Partial<Waiver> = {}): Waiver => ({
  rule: one.rule,
  environment: "production",
  stack: "data",
  address: one.resource,
  reason: "the new size comes in spring",
  owner: "platform",
  until: "2026-11-21",
  fingerprint: fingerprintOf([one]),
  ...given,
});
const apply = (waivers: readonly Waiver[], findings = [one], given = occasion) => {
  const { accepted, waivers: applied, faults } = applyWaivers(findings, waivers, given);
  return {
    accepted: [...accepted.keys()],
    states: applied.map(({ state }) => state),
    faults: faults.map(({ rule, resource, attribute, got }) => `${rule} ${resource} ${attribute}: ${got}`),
  };
};

describe("a waiver", () => {
  test("accepts what its rule finds at its address, up to its last day", () => {
    expect(apply([waiver()])).toEqual({ accepted: [one], states: ["used"], faults: [] });
  });

  test("accepts in every environment and stack where it names none", () => {
    const dev = finding({ environment: "dev", stack: "other" });
    const { environment: _, stack: __, ...everywhere } = waiver();

    expect(apply([everywhere], [one, dev])).toEqual({ accepted: [one, dev], states: ["used"], faults: [] });
  });

  test("accepts one attribute where it names one, and leaves the others", () => {
    const other = finding({ attribute: "colour", got: "red" });

    expect(apply([waiver({ attribute: "size" })], [other, one])).toEqual({
      accepted: [one],
      states: ["used"],
      faults: [],
    });
  });

  test.each<readonly [string, Partial<Waiver>]>([
    ["rule", { rule: "DATA-901" }],
    ["address", { address: "aws_x.b" }],
    ["stack", { stack: "network" }],
    ["attribute", { attribute: "colour" }],
  ])("fails when it is about another %s: what is found stands, and it is needless itself", (_, given) => {
    const { accepted, states, faults } = apply([waiver(given)]);

    expect({ accepted, states }).toEqual({ accepted: [], states: ["unused"] });
    expect(faults).toEqual([
      `WVR-002 ${given.address ?? "aws_x.a"} rule: ${given.rule ?? "DATA-900"}${given.attribute === undefined ? "" : " colour"} finds nothing here`,
    ]);
  });

  test("fails when it has expired: what is found stands", () => {
    expect(apply([waiver({ until: "2026-11-20" })])).toEqual({
      accepted: [],
      states: ["expired"],
      faults: ["WVR-001 aws_x.a until: DATA-900 was waived until 2026-11-20"],
    });
  });

  test("fails when nobody would read it again within 400 days: what is found stands", () => {
    expect(apply([waiver({ until: "2027-12-26" })]).states).toEqual(["used"]);
    expect(apply([waiver({ until: "2027-12-27" })])).toEqual({
      accepted: [],
      states: ["far"],
      faults: ["WVR-005 aws_x.a until: DATA-900 is waived until 2027-12-27"],
    });
  });

  test("fails when the value is another by now: what is found stands", () => {
    const now = finding({ got: "0" });

    expect(apply([waiver()], [now])).toEqual({
      accepted: [],
      states: ["drifted"],
      faults: [`WVR-003 aws_x.a fingerprint: ${fingerprintOf([now])}: size is 0`],
    });
  });

  test("fails when one more attribute is found than was accepted", () => {
    expect(apply([waiver()], [one, finding({ attribute: "colour" })]).states).toEqual(["drifted"]);
  });

  test("fails when it stands there twice: the second is needless", () => {
    expect(apply([waiver(), waiver()]).states).toEqual(["used", "unused"]);
  });

  test("is not asked for where its environment is not judged, or outputs name none", () => {
    expect(apply([waiver()], [], { ...occasion, environments: ["dev"] })).toEqual({
      accepted: [],
      states: ["not asked"],
      faults: [],
    });
    const { environment: _, ...everywhere } = waiver();
    const given = { today: "2026-11-21", environments: [undefined], source: "waivers.yaml" };
    expect(applyWaivers([], [everywhere], given).waivers.map(({ state }) => state)).toEqual(["not asked"]);
  });
});

describe("a ready entry", () => {
  test("is one for each environment and stack, and waives once it is filled in", () => {
    const dev = finding({ environment: "dev" });
    const entries = parse(entriesFor([one, dev, finding({ attribute: "colour" })])) as readonly Waiver[];

    expect(entries.map(({ environment, fingerprint }) => [environment, fingerprint])).toEqual([
      ["production", fingerprintOf([finding({ attribute: "colour" }), one])],
      ["dev", fingerprintOf([dev])],
    ]);
  });
});

describe("the file", () => {
  const directory = mkdtempSync(join(tmpdir(), "waivers-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const read = (text: string) => {
    const path = join(directory, "waivers.yaml");
    writeFileSync(path, text);
    try {
      return readWaivers(path);
    } catch (error) {
      return (error as Error).message.replace(`${directory}/`, "");
    }
  };
  const entry = `- rule: DATA-900
  address: aws_x.a
  reason: the new size comes in spring
  owner: platform
  until: 2026-12-31
  fingerprint: "0123456789abcdef"
`;

  test("that is committed can be read", () => {
    expect(readWaivers(waiversFile)).toBeInstanceOf(Array);
  });

  test("may hold nothing", () => {
    expect([read(""), read("[]"), read("# none\n")]).toEqual([[], [], []]);
  });

  test("is read as it stands, a day as text", () => {
    expect(read(entry)).toEqual([
      {
        rule: "DATA-900",
        address: "aws_x.a",
        reason: "the new size comes in spring",
        owner: "platform",
        until: "2026-12-31",
        fingerprint: "0123456789abcdef",
      },
    ]);
  });

  test.each([
    ["no list", "a: 1", "waivers.yaml: must be array"],
    [
      "cut off",
      "- rule: [",
      "waivers.yaml: is not YAML (unexpected end of the stream within a flow collection (1:10))",
    ],
    [
      "an entry without owner",
      entry.replace(/ {2}owner.*\n/, ""),
      "waivers.yaml: /0 must have required property 'owner'",
    ],
    [
      "an entry with a word of its own",
      `${entry}  because: x\n`,
      "waivers.yaml: /0 must NOT have additional properties",
    ],
    [
      "an entry that is not filled in",
      entry.replace("platform", "<who>"),
      'waivers.yaml: /0/owner must match pattern "^[^<]"',
    ],
    [
      "a reason of one word",
      entry.replace(/reason: .*/, "reason: later"),
      "waivers.yaml: /0/reason must NOT have fewer than 20 characters",
    ],
    [
      "a day that no month has",
      entry.replace("12-31", "02-30"),
      "waivers.yaml: DATA-900 aws_x.a: until must be a day, got 2026-02-30",
    ],
    [
      "wrong in many places",
      "- rule: [DATA-900]\n  stack: ''\n- 7\n",
      "waivers.yaml: /0 must have required property 'address', /0 must have required property 'reason', /0 must have required property 'owner', /0 must have required property 'until', /0 must have required property 'fingerprint', /0/rule must be string, /0/stack must NOT have fewer than 1 characters, /1 must be object",
    ],
    ["two documents", `${entry}---\n[]\n`, "waivers.yaml: must be one document, got 2"],
  ])("fails when it is %s: one line", (_, text, message) => {
    expect(read(text)).toBe(message);
  });
});
