import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { afterAll, describe, expect, test } from "vitest";
import { synthesize } from "../../scripts/start/synthesize.ts";
import type { Catalogue } from "../../services/catalogue.ts";
import { production } from "../../services/environments/production.ts";
import { observability } from "../../services/observability.ts";
import { endpoints } from "../../services/platform.ts";
import { ticketing } from "../../services/products/ticketing.ts";
import { validateCatalogue } from "../../services/validate.ts";
import { typedChanges } from "../services/validate/arbitrary.ts";
import { parseStack, type Synthesized } from "../support/synth.ts";

/** A copy that can be broken; what identifies the platform stays the same object. */
function copied<T>(value: T, seen: Map<unknown, unknown>): T {
  if (typeof value !== "object" || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known as T;
  const copy = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const [key, field] of Object.entries(value)) Reflect.set(copy, key, copied(field, seen));
  return copy as T;
}
const shared = new Set<object>(Object.values(endpoints));
const fresh = (): Catalogue =>
  copied(
    { services: [ticketing, observability], environments: [production] },
    new Map<unknown, unknown>([...shared].map((value) => [value, value])),
  );

const directory = mkdtempSync(join(tmpdir(), "random-"));
afterAll(() => rmSync(directory, { recursive: true }));

function synthesized(catalogue: Catalogue): readonly Synthesized[] {
  return catalogue.environments.flatMap((environment) =>
    synthesize(catalogue, environment, directory).stacks.map(({ file }) => parseStack(readFileSync(file, "utf8"))),
  );
}

/** What AWS would refuse in the middle of an apply, though Terraform plans it. */
function refusedByAws(stacks: readonly Synthesized[]): readonly string[] {
  const all = stacks.flatMap((stack) => stack.all());
  const text = JSON.stringify(all.map(({ args }) => args));
  const addresses = all.filter(({ type }) => type === "aws_instance").map(({ args }) => args.private_ip);
  const subnets = all.filter(({ type }) => type === "aws_subnet").map(({ args }) => args.cidr_block);
  return [
    ...["NaN", "undefined", "[object Object]"].filter((hole) => text.includes(hole)),
    ...all
      .filter(
        ({ type, args }) =>
          (type === "aws_lb" || type === "aws_lb_target_group") &&
          !/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,31}$/.test(args.name),
      )
      .map(({ address, args }) => `${address}: name ${args.name}`),
    ...all
      .filter(({ type, args }) => type === "aws_s3_bucket" && !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(args.bucket))
      .map(({ address, args }) => `${address}: bucket ${args.bucket}`),
    ...addresses.filter((address, index) => addresses.indexOf(address) !== index).map((address) => `${address} twice`),
    ...addresses.filter((address) => !subnets.some((cidr) => ipaddr.parse(address).match(ipaddr.parseCIDR(cidr)))),
  ];
}

describe("what validation lets through", () => {
  test("is the catalogue as it stands", () => {
    expect(validateCatalogue(fresh(), "2026-11-21", [])).toEqual([]);
    expect(refusedByAws(synthesized(fresh()))).toEqual([]);
  });

  test("fails when the platform's own service is not in it: alarms would have nowhere to go", () => {
    expect(() => synthesized({ ...fresh(), services: [] })).toThrow("the catalogue must hold observability");
  });

  test("makes stacks without a hole or a name that AWS refuses, however the catalogue was changed", () => {
    fc.assert(
      fc.property(typedChanges(fresh, 1, shared), (catalogue) => {
        fc.pre(catalogue.services.some(({ name }) => name === observability.name));
        fc.pre(validateCatalogue(catalogue, "2026-11-21", []).length === 0);
        expect(refusedByAws(synthesized(catalogue))).toEqual([]);
      }),
      { numRuns: 30, maxSkipsPerRun: 100, seed: 20261121 },
    );
  });
});
