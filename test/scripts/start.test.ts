import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
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
/** Each in the cluster, under the name of its stack. */
const releases = ["cluster", "desktop-backend", "resident-services", "student-allocation"];

/** Zones in which each group of hosts stands. */
const hosts = {
  "tkt-api": "ab",
  "tkt-worker": "ab",
  "tkt-database": "abc",
  "tkt-redis": "abc",
  "nod-database": "abc",
  "mun-redis": "abc",
  "brk-proxy": "ab",
  "brk-main": "a",
  "brk-worker": "a",
  "brk-portal": "ab",
  "alc-redis": "abc",
  "obs-prometheus": "ab",
  "obs-loki": "ab",
  "obs-tempo": "ab",
  "obs-grafana": "ab",
};

/** Of every host its firewall, and what is committed of it. */
function hostFiles(environment: string, short: string): readonly string[] {
  const tags = Object.entries(hosts).flatMap(([group, zones]) => [...zones].map((zone) => `${short}-${group}-${zone}`));
  const rendered = join(root, "ansible/generated", environment, "rendered");
  return [
    ...tags.map((tag) => `ansible/${environment}/${tag}/nftables.conf`),
    ...(existsSync(rendered) ? filesIn(rendered).map((path) => `ansible/${environment}/${path}`) : []),
  ];
}

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
  test("writes every stack and release of every environment and the index, and nothing else", () => {
    const lock = existsSync(join(root, "stacks/provider.lock.hcl")) ? [".terraform.lock.hcl"] : [];
    const expected = environments.flatMap((environment, index) => [
      ...releases.map((release) => `helm/${environment}/${release}.yaml`),
      ...hostFiles(environment, ["dev", "stg", "prd"][index] ?? ""),
      ...stacks.flatMap((stack) => ["cdk.tf.json", ...lock].map((file) => `terraform/${environment}/${stack}/${file}`)),
    ]);

    expect(runs.first).toMatchObject({ code: 0, stderr: "" });
    const verdict = ["policy/findings.json", "policy/findings.sarif"];
    expect(filesIn(whole)).toEqual([...expected, "index.json", ...verdict].sort());
    expect(readdirSync(whole).sort()).toEqual(["ansible", "helm", "index.json", "policy", "terraform"]);
  });

  test("renders what Helm would install, with marked placeholders for what only a deployment knows", () => {
    for (const environment of environments) {
      for (const release of releases) {
        const text = readFileSync(join(whole, "helm", environment, `${release}.yaml`), "utf8");
        const [head = "", ...objects] = parseAllDocuments(text).map((document) => document.toJS() ?? {});

        expect(text.split("\n", 1)).toEqual([
          `# Release ${release} of ${environment}: made by npm start from the catalogue and helm/${release === "cluster" ? "cluster" : "service"}. Not to be applied: digests and`,
        ]);
        expect([head, ...objects].filter(({ kind }) => kind === undefined)).toEqual([]);
        expect(text).toContain(
          release === "cluster" ? "00000000-0000-0000-0000-000000000000" : `@sha256:${"0".repeat(64)}`,
        );
      }
    }
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
    expect(runs.first.stdout).toMatch(
      /^36 stacks, \d{4} resources; 12 releases, \d{3,4} objects; 99 hosts; 6 services, /m,
    );
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
    // --json: the same counts as the index, for programs, and those of the manifests.
    const objectsOf = (environment: string, name: string) => {
      if (!releases.includes(name)) return {};
      const text = readFileSync(join(whole, "helm", environment, `${name}.yaml`), "utf8");
      return { objects: parseAllDocuments(text).filter((document) => document.has("kind")).length };
    };
    const index = JSON.parse(readFileSync(join(whole, "index.json"), "utf8"));
    expect(JSON.parse(run.stdout)).toEqual(
      index.environments.flatMap(
        (environment: { name: string; stacks: readonly { name: string; resources: number }[] }) =>
          environment.stacks.map(({ name, resources }) => ({
            id: `${environment.name}-${name}`,
            environment: environment.name,
            name,
            resources,
            ...objectsOf(environment.name, name),
          })),
      ),
    );
  });
});

describe("another run over what an earlier one left, by another user, elsewhere, in another time zone and language", () => {
  const stale = [
    "terraform/dev/gone/cdk.tf.json",
    "terraform/test/network/cdk.tf.json",
    "helm/dev/gone.yaml",
    "helm/test/cluster.yaml",
    "ansible/dev/dev-tkt-gone-a/nftables.conf",
    "ansible/dev/dev-tkt-api-a/etc/gone.conf",
    "ansible/test/tst-tkt-api-a/nftables.conf",
    // A plan of a state that has changed since, as far as anybody knows.
    "plans/dev/network.json",
    ".staging-999999999/dev/manifest.json",
  ];
  const foreign = [
    "terraform/notes.txt",
    "terraform/dev/modules/notes.txt",
    "helm/notes.txt",
    "helm/dev/notes.txt",
    "mine.txt",
  ];
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
    const wanted = contents(whole);
    expect(only(contents(out), (file) => file in wanted)).toEqual(wanted);
    expect(filesIn(home)).toEqual([]);
  });

  test("removes stacks, releases and hosts that are no more, what a host no longer has, and the rest of an interrupted run", () => {
    expect(stale.filter((file) => existsSync(join(out, file)))).toEqual([]);
    expect(readdirSync(join(out, "terraform")).sort()).toEqual([...environments, "notes.txt"].sort());
    expect(readdirSync(join(out, "helm")).sort()).toEqual([...environments, "notes.txt"].sort());
  });

  test("keeps what is not its own", () => {
    expect(foreign.map((file) => readFileSync(join(out, file), "utf8"))).toEqual(foreign.map(() => "planted\n"));
  });
});

test.each([
  ["terraform/dev/modules/main.tf", "is HCL, which is not read; allowed are"],
  ["helm/notes.yaml", "is read by nobody, must lie in"],
  ["ansible/dev/notes.txt", "is read by nobody, must lie in"],
])("fails over %s, which programs would read and nobody judges: written, exit 2", async (file, why) => {
  const out = earlier();
  mkdirSync(join(out, file, ".."), { recursive: true });
  writeFileSync(join(out, file), "planted\n");

  const run = await start(["--output", out]);

  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(`npm start: outputs are written, and cannot be judged: ${join(out, file)}: ${why}`);
  expect(readFileSync(join(out, file), "utf8")).toBe("planted\n");
  expect(readFileSync(join(out, "index.json"))).toEqual(readFileSync(join(whole, "index.json")));
});

describe("a narrowed run", () => {
  test.each([
    { args: ["--environment", "dev"], wanted: /^(terraform|helm|ansible)\/dev\// },
    { args: ["--service", "ticketing"], wanted: /^(terraform\/\w+\/ticketing\/|ansible\/\w+\/\w+-tkt-)/ },
    {
      args: ["--service", "student-allocation", "--environment", "staging"],
      wanted: /^((terraform|helm)\/staging\/student-allocation[/.]|ansible\/staging\/stg-alc-)/,
    },
  ])("writes the same bytes for $args, the index, and touches nothing else", async ({ args, wanted }) => {
    const out = earlier();
    const foreign = [
      "terraform/dev/gone/cdk.tf.json",
      "helm/dev/gone.yaml",
      "ansible/dev/dev-tkt-gone-a/nftables.conf",
      "ansible/staging/stg-alc-gone-a/nftables.conf",
    ];
    for (const file of foreign) {
      mkdirSync(join(out, file, ".."), { recursive: true });
      writeFileSync(join(out, file), "planted\n");
    }
    const isAskedFor = (file: string) => wanted.test(file) && !foreign.includes(file);
    const before = touched(out);

    const run = await start([...args, "--output", out]);

    expect(run).toMatchObject({ code: 0, stderr: "" });
    const written = (file: string) => isAskedFor(file) || file === "index.json";
    expect(Object.keys(only(contents(out), isAskedFor)).length).toBeGreaterThan(0);
    expect(only(contents(out), written)).toEqual(only(contents(whole), written));
    expect(only(touched(out), (file) => !written(file))).toEqual(only(before, (file) => !written(file)));
  });
});
