import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contents, filesIn, makeRuns, only, type Result, type Runs, root, start, touched } from "../support/start.ts";

const stacks = [
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
const environments = ["dev", "staging", "production"];

let runs: Runs;
let whole: string;
beforeAll(async () => {
  runs = await makeRuns();
  whole = runs.whole;
});
afterAll(() => runs.remove());
const folder = () => runs.folder();
const earlier = () => runs.earlier();

describe("a whole run", () => {
  test("writes every stack of every environment and the index, and nothing else", () => {
    const lock = existsSync(join(root, "stacks/provider.lock.hcl")) ? [".terraform.lock.hcl"] : [];
    const expected = environments.flatMap((environment) =>
      stacks.flatMap((stack) => ["cdk.tf.json", ...lock].map((file) => `terraform/${environment}/${stack}/${file}`)),
    );

    expect(runs.first).toMatchObject({ code: 0, stderr: "" });
    expect(filesIn(whole)).toEqual([...expected, "index.json"].sort());
    expect(readdirSync(whole).sort()).toEqual(["index.json", "terraform"]);
  });

  test("prints a row per stack and the totals, without colour codes", () => {
    const rows = runs.first.stdout.split("\n").filter((line) => /^│ (dev|staging|production) /.test(line));

    expect(
      rows.map((row) =>
        row
          .split("│")
          .slice(1, 3)
          .map((cell) => cell.trim()),
      ),
    ).toEqual(environments.flatMap((environment) => stacks.map((stack) => [environment, stack])));
    expect(runs.first.stdout).toMatch(/^36 stacks, \d{4} resources; 6 services, /m);
    expect(runs.first.stdout).not.toContain("\u001b");
  });

  test("writes the same bytes below a relative directory, where there is no home and no language", async () => {
    const cwd = folder();

    const run = await start(["--output", "deep/er", "--json"], cwd, {
      TZ: "UTC",
      LANG: "C",
      LC_ALL: "C",
      HOME: "/nonexistent",
      FORCE_COLOR: "1",
      NO_COLOR: undefined,
    });

    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(contents(join(cwd, "deep/er"))).toEqual(contents(whole));
    // --json: the same counts as the index, for programs.
    const index = JSON.parse(readFileSync(join(whole, "index.json"), "utf8"));
    expect(JSON.parse(run.stdout)).toEqual(
      index.environments.flatMap(
        (environment: { name: string; stacks: readonly { name: string; resources: number }[] }) =>
          environment.stacks.map(({ name, resources }) => ({
            id: `${environment.name}-${name}`,
            environment: environment.name,
            name,
            resources,
          })),
      ),
    );
  });
});

describe("another run over what an earlier one left, by another user, elsewhere, in another time zone and language", () => {
  const stale = [
    "terraform/dev/gone/cdk.tf.json",
    "terraform/test/network/cdk.tf.json",
    ".staging-999999999/dev/manifest.json",
  ];
  const foreign = ["terraform/notes.txt", "terraform/dev/modules/main.tf", "plans/dev/network.json", "mine.txt"];
  let out: string;
  let home: string;
  let run: Result;
  beforeAll(async () => {
    out = earlier();
    home = folder();
    for (const file of [...stale, ...foreign]) {
      mkdirSync(join(out, file, ".."), { recursive: true });
      writeFileSync(join(out, file), "planted\n");
    }
    const language = "fa_IR.UTF-8";
    const other = { TZ: "Asia/Tehran", LANG: language, LC_ALL: language, HOME: home, USER: "other", LOGNAME: "other" };
    run = await start(["--output", out], home, other);
  });

  test("writes the same bytes, says the same, and leaves nothing in their folder", () => {
    expect(run).toMatchObject({ code: 0, stdout: runs.first.stdout, stderr: "" });
    expect(only(contents(out), (file) => file in contents(whole))).toEqual(contents(whole));
    expect(filesIn(home)).toEqual([]);
  });

  test("removes stacks that are no more, and the rest of an interrupted run", () => {
    expect(stale.filter((file) => existsSync(join(out, file)))).toEqual([]);
    expect(readdirSync(join(out, "terraform")).sort()).toEqual([...environments, "notes.txt"].sort());
  });

  test("keeps what is not its own", () => {
    expect(foreign.map((file) => readFileSync(join(out, file), "utf8"))).toEqual(foreign.map(() => "planted\n"));
  });
});

describe("a narrowed run", () => {
  test.each([
    { args: ["--environment", "dev"], wanted: /^terraform\/dev\// },
    { args: ["--service", "ticketing"], wanted: /^terraform\/\w+\/ticketing\// },
  ])("writes the same bytes for $args, the index, and touches nothing else", async ({ args, wanted }) => {
    const out = earlier();
    const foreign = "terraform/dev/gone/cdk.tf.json";
    mkdirSync(join(out, foreign, ".."));
    writeFileSync(join(out, foreign), "planted\n");
    const isAskedFor = (file: string) => wanted.test(file) && file !== foreign;
    const before = touched(out);

    const run = await start([...args, "--output", out]);

    expect(run).toMatchObject({ code: 0, stderr: "" });
    const written = (file: string) => isAskedFor(file) || file === "index.json";
    expect(Object.keys(only(contents(out), isAskedFor)).length).toBeGreaterThan(0);
    expect(only(contents(out), written)).toEqual(only(contents(whole), written));
    expect(only(touched(out), (file) => !written(file))).toEqual(only(before, (file) => !written(file)));
  });
});
