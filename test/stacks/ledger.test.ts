import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Entry, entriesOf, type MadeStack, pathOf, referencesIn, typeOf } from "../../scripts/ledger/entries.ts";
import { readLedger } from "../../scripts/ledger/files.ts";
import { judge } from "../../scripts/ledger/judge.ts";
import { changeLines, faultLines } from "../../scripts/ledger/report.ts";
import { statefulTypes } from "../../scripts/ledger/stateful-types.ts";
import { synthesize } from "../../scripts/start/synthesize.ts";
import { type Catalogue, catalogue } from "../../services/catalogue.ts";
import { production } from "../../services/environments/production.ts";
import { endpoints } from "../../services/platform.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { Store } from "../../services/schema/store.ts";
import { cases } from "../scripts/ledger-cases.ts";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";

/** The committed ledger against the real output, and what a change of the catalogue would bring to light. */

const root = join(import.meta.dirname, "../..");
const today = new Date().toISOString().slice(0, 10);

let estate: SynthesizedEstate;
let stacks: readonly MadeStack[];
/** What stands in production, as a ledger that is up to date holds it. */
let recorded: readonly Entry[];
beforeAll(() => {
  estate = synthesizeEstate();
  stacks = estate.stacks.map(({ environment, name, json }) => ({ environment, stack: name, json }));
  recorded = stacks.filter(({ environment }) => environment === production.name).flatMap(entriesOf);
});

describe("the committed ledger", () => {
  test("holds every stateful resource of every environment, and none has left it unaccepted", () => {
    const { changes, faults } = judge(readLedger(root), stacks, today);

    expect(faultLines(faults)).toBe("");
    expect(changeLines(changes, process.stdout), "the ledger is out of date: npm run ledger").toBe("");
  });

  test("knows of every argument of a stateful resource whether it replaces it, by a plan that proves it", () => {
    const meta = ["//", "depends_on", "lifecycle", "provider"];
    const unproven = estate.stacks.flatMap((stack) =>
      stack
        .all()
        .filter(({ type }) => statefulTypes[type] !== undefined)
        .flatMap(({ type, args }) => {
          const proven = new Set(Object.keys(cases[type]?.values ?? {}).map((path) => path.split(".")[0]));
          const planned = new Set([...proven, ...Object.keys(cases[type]?.base ?? {}), ...meta]);
          return Object.keys(args).flatMap((name) => (planned.has(name) ? [] : [`${type}.${name}`]));
        }),
    );

    expect([...new Set(unproven)], "add two values of it to test/scripts/ledger-cases.ts").toEqual([]);
  });

  test("holds whatever its own entries refer to: what is replaced takes along what refers to it", () => {
    const held = new Set(recorded.map(pathOf));
    const references = recorded.flatMap(({ environment, stack, arguments: args }) =>
      Object.values(args).flatMap((value) =>
        JSON.stringify(value).includes("${")
          ? referencesIn(value).map((address) => pathOf({ environment, stack, address }))
          : [],
      ),
    );

    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((path) => !held.has(path))).toEqual([]);
  });
});

/** The stacks of production, from a changed catalogue or a changed environment. */
function made({ services }: Pick<Catalogue, "services">, environment: Environment = production): readonly MadeStack[] {
  const directory = mkdtempSync(join(tmpdir(), "ledger-"));
  try {
    return synthesize({ services, environments: [environment] }, environment, directory).stacks.map((built) => ({
      environment: built.environment,
      stack: built.name,
      json: JSON.parse(readFileSync(built.file, "utf8")),
    }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A copy of the catalogue in which one store has another name; what identifies the platform stays the same object. */
function withStoreRenamed(store: Store, to: string): Catalogue {
  const seen = new Map<unknown, unknown>(Object.values(endpoints).map((endpoint) => [endpoint, endpoint]));
  const copied = <T>(value: T, word: (text: string) => string): T => {
    if (typeof value === "string") return word(value) as T;
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value) as T;
    const copy = Array.isArray(value) ? [] : {};
    seen.set(value, copy);
    for (const [key, field] of Object.entries(value)) Reflect.set(copy, key, copied(field, word));
    return copy as T;
  };
  copied(store, (text) => (text === store.name ? to : text));
  return copied(catalogue, (text) => text);
}

function storeOf(service: string, kind: Store["kind"]): Store {
  const found = catalogue.services.find(({ name }) => name === service)?.stores.find((store) => store.kind === kind);
  if (found === undefined) throw new Error(`${service} has no ${kind}`);
  return found;
}

const faultsOf = (changed: readonly MadeStack[]) =>
  judge({ entries: recorded, waivers: [] }, changed, today).faults.map(({ path, problem }) => `${path}: ${problem}`);

const hostData = "Terraform would destroy it, and with it goes the data of a host's store";

describe("the ledger of production", () => {
  let renamed: readonly MadeStack[];
  beforeAll(() => {
    renamed = made(withStoreRenamed(storeOf("ticketing", "patroni"), "records"));
  });

  test("fails when a database on hosts is renamed, and says what each volume may be called now", () => {
    expect(faultsOf(renamed)).toEqual(
      ["a", "b", "c"].map(
        (zone) =>
          `production/ticketing/aws_ebs_volume.database-${zone}_data_volume: left the output: ${hostData}; renamed to aws_ebs_volume.records-${zone}_data_volume?`,
      ),
    );
  });

  test("fails when a managed database is renamed", () => {
    const faults = faultsOf(made(withStoreRenamed(storeOf("resident-services", "managed-postgres"), "records")));

    expect(faults).toContain(
      "production/resident-services/aws_rds_cluster.database-cluster_cluster: left the output: Terraform would destroy it, and with it goes the database; renamed to aws_rds_cluster.records-cluster_cluster?",
    );
    expect(faults.filter((fault) => !fault.includes("left the output"))).toEqual([]);
  });

  test("lets a database be renamed by moved blocks for all it consists of", () => {
    const changed = renamed.map((stack) => {
      const moved = ["a", "b", "c"].map((zone) => ({
        from: `aws_ebs_volume.database-${zone}_data_volume`,
        to: `aws_ebs_volume.records-${zone}_data_volume`,
      }));
      return stack.stack === "ticketing" ? { ...stack, json: { ...stack.json, moved } } : stack;
    });

    expect(faultsOf(changed)).toEqual([]);
  });

  test("fails when volumes change their zone", () => {
    const [first, ...others] = production.zones;
    const volumes = recorded.filter(
      ({ address, arguments: args }) =>
        typeOf(address) === "aws_ebs_volume" && args !== "left" && args["availability_zone"] === first.name,
    );

    expect(volumes.length).toBeGreaterThan(5);
    expect(
      faultsOf(
        made(catalogue, { ...production, zones: [{ letter: first.letter, name: "eu-central-1d" }, ...others] }),
      ).sort(),
    ).toEqual(
      volumes
        .map(
          ({ stack, address }) =>
            `production/${stack}/${address}: availability_zone was "eu-central-1a", is "eu-central-1d": Terraform would replace it, and with it goes the data of a host's store`,
        )
        .sort(),
    );
  });

  test("fails when a product is deleted: its stack in one line, and what other stacks keep of it", () => {
    const faults = faultsOf(made({ services: catalogue.services.filter(({ name }) => name !== "student-allocation") }));

    expect(faults.filter((fault) => fault.startsWith("production/student-allocation"))).toEqual([
      expect.stringMatching(
        /^production\/student-allocation: the stack left the output: nobody manages what it made any more \(.*1 aws_rds_cluster.*\)$/,
      ),
    ]);
    expect(faults).toContain(
      "production/vault/aws_s3_bucket.student-allocation-data_bucket: left the output: Terraform would destroy it, and with it goes every object of the bucket, and its name to whoever takes it first",
    );
  });
});
