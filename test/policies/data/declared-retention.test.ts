import { expect, test } from "vitest";
import { readIndex } from "../../../policies/artefacts/declarations.ts";
import { auditDays, lockModes, logDays, mustStay } from "../../../policies/model/backups/protection.ts";

const lists = { subnets: [], stacks: [], flows: [], zones: [] };
const service = {
  name: "orders",
  components: [],
  stores: [],
  entrypoints: [],
  flows: [],
  egress: [],
  secrets: [],
  backups: [],
};
const index = {
  services: [{ name: "orders", logs: { keepSeconds: 45 * 86_400, auditSeconds: 365 * 86_400 } }],
  weakerChoices: [{ path: "environments/dev/unprotected", reason: "no data of people", until: "2027-11-30" }],
  environments: ["dev", "production"].map((name) => ({ name, ...lists, services: [service] })),
};

test("an environment knows how long its services keep records, and whether it may be deleted", () => {
  // when
  const [dev, production] = readIndex(index, "index.json").environments;
  // then
  expect(dev?.services[0]?.logs?.keepSeconds).toBe(45 * 86_400);
  expect([mustStay(dev), mustStay(production), mustStay(undefined)]).toEqual([false, true, true]);
  expect([logDays(dev), logDays(undefined)]).toEqual([45, 30]);
  expect([auditDays(dev), auditDays(production), auditDays(undefined)]).toEqual([90, 365, 90]);
});

test("only where it is not production may a lock be lifted", () => {
  const [dev, production] = readIndex(index, "index.json").environments;
  expect([lockModes(dev), lockModes(production), lockModes(undefined)]).toEqual([
    ["COMPLIANCE", "GOVERNANCE"],
    ["COMPLIANCE"],
    ["COMPLIANCE"],
  ]);
});
