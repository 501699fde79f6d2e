import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { claimsOf, idsIn } from "../../scripts/requirements/claims.ts";
import { readRequirements, systemOf, systems } from "../../scripts/requirements/requirement.ts";
import { MutatedTree } from "./mutated-tree.ts";
import { desktopBackend } from "./mutations/desktop-backend.ts";
import { messageBroker } from "./mutations/message-broker.ts";
import { residentServices } from "./mutations/resident-services.ts";
import { studentAllocation } from "./mutations/student-allocation.ts";
import { ticketing } from "./mutations/ticketing.ts";
import type { Ran } from "./test-server.ts";

/** An id stands in a title only where breaking the requirement breaks the test: a sample of that, by breaking it. */

const root = join(import.meta.dirname, "../..");
const mutations = [...ticketing, ...desktopBackend, ...residentServices, ...messageBroker, ...studentAllocation];
const claims = claimsOf(root);
/**
 * Of tests that name it the quick ones, those of roles last, for the first that fails is enough; those that make whole
 * stacks, or all outputs, only where there are no others.
 */
function testsOf(id: string): readonly string[] {
  const files = claims.get(id) ?? [];
  const cheap = files.filter((file) => !file.startsWith("test/policies/"));
  const quick = cheap.filter((file) => !file.startsWith("test/stacks/"));
  const chosen = [quick, cheap].find(({ length }) => length > 0) ?? files;
  return [false, true].flatMap((ofRoles) => chosen.filter((file) => file.startsWith("test/ansible/") === ofRoles));
}

const trees = Array.from({ length: Math.min(4, availableParallelism()) }, () => new MutatedTree());
afterAll(() => Promise.all(trees.map((tree) => tree.remove())));

/** Hands a tree to one after the other. */
const free = [...trees];
const waiting: ((tree: MutatedTree) => void)[] = [];
async function inTree<Result>(use: (tree: MutatedTree) => Promise<Result>): Promise<Result> {
  const tree = free.pop() ?? (await new Promise<MutatedTree>((given) => waiting.push(given)));
  try {
    return await use(tree);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free.push(tree);
    else next(tree);
  }
}
const patience = 300_000;
/** Tests that failed when what they name was broken. */
const noticing: Ran[] = [];

describe("the sample of broken requirements", () => {
  test("is of all systems and of every layer whose part is made", () => {
    const sampled = readRequirements(root).filter(({ id }) => mutations.some((each) => each.id === id));
    const layers = new Set(sampled.flatMap(({ layer }) => layer));

    expect(new Set(sampled.map(systemOf))).toEqual(new Set(systems));
    for (const layer of [
      "ansible",
      "backup",
      "compute",
      "data",
      "edge",
      "governance",
      "helm",
      "network",
      "observability",
      "policy",
      "secrets",
    ]) {
      expect(layers).toContain(layer);
    }
  });

  test.concurrent.for(mutations)("$id is no longer proven when $change", { timeout: patience }, async (mutation) => {
    const { failed, unread } = await inTree((tree) => tree.runBroken(mutation, testsOf(mutation.id)));
    const own = failed.filter(({ title }) => idsIn(title).includes(mutation.id));

    expect(unread).toEqual([]);
    expect(own).not.toEqual([]);
    noticing.push(...own);
  });

  test("is proven by the same tests while nothing is broken", { timeout: patience }, async () => {
    const { passed, failed, unread } = await inTree((tree) => tree.run(noticing));

    expect({ failed, unread }).toEqual({ failed: [], unread: [] });
    expect(noticing.filter((test) => !passed.some((ran) => isDeepStrictEqual(ran, test)))).toEqual([]);
  });
});
