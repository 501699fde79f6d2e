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
  environments: [
    { name: "dev", lock: "GOVERNANCE", archiveDays: 120 },
    { name: "production", lock: "COMPLIANCE", archiveDays: 400 },
    // One that says nothing of locks, whatever it is called.
    { name: "dev-2", lock: undefined, archiveDays: 120 },
  ].map(({ name, lock, archiveDays }) => ({
    ...{ name, account: "111111111111", region: "eu-central-1", copyRegion: "eu-west-1", cidr: "10.0.0.0/16" },
    ...{ domain: { public: "example.org", private: "internal.example.org" }, ranges: { clients: [], admins: [] } },
    ...{ ...lists, services: [service] },
    ...(lock === undefined ? {} : { lock }),
    logs: { keepSeconds: 30 * 86_400, archiveSeconds: archiveDays * 86_400 },
  })),
};

test("an environment knows how long its services keep records, and whether it may be deleted", () => {
  // when
  const [dev, production, silent] = readIndex(index, "index.json").environments;
  // then
  expect(dev?.services[0]?.logs?.keepSeconds).toBe(45 * 86_400);
  expect([mustStay(dev), mustStay(production), mustStay(undefined)]).toEqual([false, true, true]);
  expect([logDays(dev), logDays(undefined)]).toEqual([45, 30]);
  expect([dev, production, silent, undefined].map(auditDays)).toEqual([120, 400, 365, 90]);
});

test("only where an environment declares it may a lock be lifted", () => {
  const [dev, production, silent] = readIndex(index, "index.json").environments;
  expect([dev, production, silent, undefined].map(lockModes)).toEqual([
    ["COMPLIANCE", "GOVERNANCE"],
    ["COMPLIANCE"],
    ["COMPLIANCE"],
    ["COMPLIANCE"],
  ]);
});
