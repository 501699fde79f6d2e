import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { compact } from "./compact.ts";

/**
 * One reviewed snapshot of each stack of production: it shows a reviewer every change that a commit makes to Terraform,
 * and is never the only test of anything: what must hold is asserted beside it. The other environments have the same
 * shape, which `every-stack.test.ts` asserts. After a wanted change:
 * `npx vitest run test/stacks/snapshots.test.ts --update`, then read the difference before it is committed.
 */

const environment = "production";
const names = [
  "bootstrap",
  "audit",
  "network",
  "vault",
  "pki",
  "observability",
  "cluster",
  "ticketing",
  "desktop-backend",
  "resident-services",
  "message-broker",
  "student-allocation",
];

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate(environment);
});

test("stand for every stack there is", () => {
  expect(estate.stacks.map(({ name }) => name)).toEqual(names);
});

test.each(names)("%s is as reviewed", async (name) => {
  const { json } = estate.stack(environment, name);

  await expect(compact(json)).toMatchFileSnapshot(
    join(import.meta.dirname, "__snapshots__", environment, `${name}.json`),
  );
});

describe("a snapshot", () => {
  test("holds every resource and argument, sorted, without the engine's metadata, with policies opened", () => {
    const json = {
      "//": { metadata: {} },
      terraform: { required_version: ">= 1" },
      resource: {
        b_type: { two: { "//": {}, z: [1, { y: 2, x: 1 }], a: null } },
        a_type: { one: { policy: '{"Version":"2012-10-17","Statement":[]}' } },
      },
    };

    expect(JSON.parse(compact(json))).toEqual({
      terraform: { required_version: ">= 1" },
      resource: {
        "a_type.one": { "policy (JSON)": { Version: "2012-10-17", Statement: [] } },
        "b_type.two": { z: [1, { y: 2, x: 1 }], a: null },
      },
    });
    expect(compact(json)).toBe(
      '{"terraform":{"required_version":">= 1"},"resource":{"a_type.one":{"policy (JSON)":{"Statement":[],"Version":"2012-10-17"}},"b_type.two":{"a":null,"z":[1,{"x":1,"y":2}]}}}\n',
    );
  });

  test("fails when a single value changes", () => {
    const stack = estate.stack("production", "ticketing");
    const changed = structuredClone(stack.json);
    changed.resource.aws_instance["api-a_host"].root_block_device.encrypted = false;

    expect(compact(changed)).not.toBe(compact(stack.json));
  });
});
