import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { claimsOf } from "../../scripts/requirements/claims.ts";
import { page, pagePath } from "../../scripts/requirements/page.ts";
import { checked, readRequirements, systemOf, systems } from "../../scripts/requirements/requirement.ts";

const root = join(import.meta.dirname, "../..");
const requirements = readRequirements(root);
const ids = new Set(requirements.map(({ id }) => id));
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("docs/requirements.yaml", () => {
  test("lists every requirement of the five systems", () => {
    const counts = systems.map((system) => [system, requirements.filter((each) => systemOf(each) === system).length]);

    expect(Object.fromEntries(counts)).toEqual({ TKT: 74, NOD: 51, MUN: 81, BRK: 217, ALC: 67 });
  });

  test("says of each that is not ours why, and of the others what the platform does", () => {
    const notOurs = requirements.filter(({ decision }) => /^Not ours[:,]/.test(decision)).map(({ id }) => id);

    expect(notOurs).toEqual(requirements.filter(({ owner }) => owner === "app").map(({ id }) => id));
  });

  test("names only files and folders that exist", () => {
    const paths = requirements.flatMap(({ id, decision, gives }) =>
      [
        ...`${decision} ${gives?.form}`.matchAll(
          /\b(?:services|constructs|stacks|helm|docs|scripts|test)\/[\w./-]*\w/g,
        ),
      ].map(([path]) => ({ id, path })),
    );

    expect(paths.length).toBeGreaterThan(300);
    expect(paths.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("names only decision records that exist, those in the text among them", () => {
    const records = readdirSync(join(root, "docs/adr")).map((name) => Number(name.slice(0, 4)));
    const named = requirements.flatMap(({ id, adr = [] }) => adr.map((number) => ({ id, number })));
    const inText = requirements.flatMap(({ id, decision }) =>
      [...decision.matchAll(/\bADR (\d+)/g)].map(([, number]) => ({ id, number: Number(number) })),
    );

    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ number }) => !records.includes(number))).toEqual([]);
    expect(inText.filter((one) => !named.some((other) => other.id === one.id && other.number === one.number))).toEqual(
      [],
    );
  });

  test("points every requirement that contradicts another to the record of contradictions", () => {
    const rows = read("docs/adr/0020-contradictions.md")
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
    const contradicting = rows.flatMap((row) => row.match(ID) ?? []).filter((id) => ids.has(id));
    const pointing = requirements.filter(({ adr }) => adr?.includes(20)).map(({ id }) => id);

    expect(contradicting.length).toBeGreaterThan(40);
    expect(contradicting.filter((id) => !pointing.includes(id))).toEqual([]);
  });

  test("gives every insecure entry a record that names it and says what is done instead", () => {
    const insecure = requirements.filter(({ id }) => id.includes("-SEC."));
    const texts = new Map(
      readdirSync(join(root, "docs/adr")).map((file) => [Number(file.slice(0, 4)), read(`docs/adr/${file}`)]),
    );
    const named = (id: string, number: number) => texts.get(number)?.match(ID)?.includes(id) === true;

    expect(insecure.length).toBe(42);
    expect(insecure.filter(({ id, adr = [] }) => !adr.some((number) => named(id, number))).map(({ id }) => id)).toEqual(
      [],
    );
  });

  const entry = { id: "TKT-1.1", section: "one", kind: "must", text: "Do it.", layer: ["edge"], owner: "infra" };
  const decided = { ...entry, decision: "It is done here." };

  test("takes an entry with all that its owner demands", () => {
    const given = { ...decided, owner: "contract", gives: { what: "a port", form: "port 9101" }, planned: ["helm"] };

    expect(checked([decided, { ...given, id: "TKT-1.2" }])).toHaveLength(2);
  });

  test.each([
    ["an entry has no decision", [entry], "entries/0 must have required property 'decision'"],
    [
      "the application is given nothing",
      [{ ...decided, owner: "contract" }],
      "entries/0 must have required property 'gives'",
    ],
    [
      "work is planned for what is not ours",
      [{ ...decided, owner: "app", planned: ["helm"] }],
      "entries/0/planned boolean schema is false",
    ],
    ["a layer is unknown", [{ ...decided, layer: ["cloud"] }], "entries/0/layer/0 must be equal to one of"],
    ["an id stands twice", [decided, decided], "each id must stand once, got twice TKT-1.1"],
  ])("fails when %s", (_title, entries, message) => {
    expect(() => checked(entries)).toThrow(message);
  });
});

const ID = /\b(?:TKT|NOD|MUN|BRK|ALC)-(?:SEC\.)?\d+(?:\.\d+)?/g;

describe("ids of requirements", () => {
  test("in titles of tests are of the table", () => {
    const claimed = [...claimsOf(root).keys()];

    expect(claimed.length).toBeGreaterThan(100);
    expect(claimed.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("in titles of tests are of requirements that are ours", () => {
    const owners = new Map(requirements.map(({ id, owner }) => [id, owner]));

    expect([...claimsOf(root).keys()].filter((id) => owners.get(id) === "app")).toEqual([]);
  });

  test("in code, comments and documents are of the table, or of a whole section of it", () => {
    const sections = new Set([...ids].map((id) => id.replace(/\.\d+$/, "")));
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    })
      .split("\n")
      .filter((path) => /\.(ts|md|json|yaml)$/.test(path) && existsSync(join(root, path)));
    const named = files.flatMap((path) => (read(path).match(ID) ?? []).map((id) => ({ path, id })));

    expect(named.length).toBeGreaterThan(1_000);
    expect(named.filter(({ id }) => !ids.has(id) && !sections.has(id))).toEqual([]);
  });
});

test("the generated page says what table and titles say", () => {
  const stale = read(pagePath) === page(requirements, claimsOf(root)) ? undefined : "npm run requirements -- --write";

  expect(stale).toBeUndefined();
});
