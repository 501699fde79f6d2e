import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { serviceValues } from "../../helm/values.ts";
import { ansible } from "../../scripts/generate/ansible.ts";
import { header } from "../../scripts/generate/generated.ts";
import { helm } from "../../scripts/generate/helm.ts";
import { monitoring } from "../../scripts/generate/monitoring.ts";
import { policies } from "../../scripts/generate/policies.ts";
import { rulePages } from "../../scripts/generate/rule-pages.ts";
import { run } from "../../scripts/generate/run.ts";
import { judgeOf } from "../../scripts/generate/schemas.ts";
import { type Catalogue, catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import type { Service } from "../../services/schema/service.ts";
import { api, minimal } from "../helm/service/support/values.ts";

const root = join(import.meta.dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "generate-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TODAY = "2026-11-21";
const project = () => mkdtempSync(join(directory, "project-"));
const typesChecked = Promise.resolve(undefined);
const generate = (into: string, ...args: readonly string[]) =>
  run(args, { root: into, today: TODAY, catalogue, typesChecked });
const filesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
        .toSorted()
    : [];
/** The catalogue with one service changed in place, references within it kept. */
const changed = (name: string, change: (service: Service) => void): Catalogue => ({
  ...catalogue,
  services: catalogue.services.map((each) => {
    if (each.name !== name) return each;
    const copy = structuredClone(each);
    change(copy);
    return copy;
  }),
});
/** What follows from rules of policies: their list and pages. */
const ofRules = [await policies.files(catalogue), await rulePages.files(catalogue)];
/** Rules of alerts. */
const ofAlerts = monitoring.files(catalogue).map(({ path }) => path);
/** Releases and examples as listed below, Ansible's inventories, rules of alerts, and what follows from policies. */
const count = 15 + ansible.files(catalogue).length + ofAlerts.length + ofRules.flat().length;
const services = ["desktop-backend", "resident-services", "student-allocation"];
const all = [
  ...services.map((name) => `env/${name}.env.example`),
  ...["dev", "production", "staging"].flatMap((environment) =>
    ["cluster", ...services].map((name) => `${environment}/${name}.yaml`),
  ),
].toSorted();

describe("npm run generate", () => {
  test("writes values of every release of every environment, and examples of variables", async () => {
    const into = project();

    const { code, stdout, stderr } = await generate(into);

    expect({ code, stderr, last: stdout.split("\n").at(-2) }).toEqual({
      code: 0,
      stderr: "",
      last: `generated files: ${count}, written: ${count}`,
    });
    expect(filesIn(join(into, "helm/generated"))).toEqual(all);
    const first = filesIn(join(into, "helm/generated")).map(
      (name) => readFileSync(join(into, "helm/generated", name), "utf8").split("\n", 1)[0],
    );
    expect(new Set(first)).toEqual(
      new Set(["# Generated from services/catalogue.ts. Do not edit; run npm run generate."]),
    );
  });

  test("writes what the values are, as both kinds of YAML read it: no text becomes a number or a truth", async () => {
    const into = project();
    const [dev] = catalogue.environments;
    if (dev === undefined) throw new Error("no environment");
    const estate = resolveEstate(catalogue, dev);

    await generate(into);

    for (const resolved of estate.services.filter(({ service }) => services.includes(service.name))) {
      const text = readFileSync(join(into, `helm/generated/dev/${resolved.service.name}.yaml`), "utf8");
      const values = JSON.parse(JSON.stringify(serviceValues(resolved, estate)));
      expect(parse(text)).toEqual(values);
      expect(parse(text, { version: "1.1" })).toEqual(values);
      expect(text).not.toMatch(/[&*][a-z]\d/);
    }
  });

  test("changes nothing a second time, and only what differs later", async () => {
    const into = project();
    await generate(into);
    const file = join(into, "helm/generated/dev/student-allocation.yaml");
    const whole = readFileSync(file, "utf8");

    const again = await generate(into);
    writeFileSync(file, "planted\n");
    const mended = await generate(into);

    expect(again.stdout).toBe(`generated files: ${count}, written: 0\n`);
    expect(mended.stdout).toBe(
      `changed helm/generated/dev/student-allocation.yaml\ngenerated files: ${count}, written: 1\n`,
    );
    expect(readFileSync(file, "utf8")).toBe(whole);
  });

  test("removes what nothing makes any more, with folders that are empty then", async () => {
    const into = project();
    mkdirSync(join(into, "helm/generated/sandbox"), { recursive: true });
    writeFileSync(join(into, "helm/generated/sandbox/old.yaml"), "old\n");

    const { stdout } = await generate(into);

    expect(stdout).toContain("removed helm/generated/sandbox/old.yaml\n");
    expect(filesIn(join(into, "helm/generated"))).toEqual(all);
    expect(existsSync(join(into, "helm/generated/sandbox"))).toBe(false);
  });

  test("leaves what a killed run had staged out of account, and leaves nothing staged", async () => {
    const into = project();
    await generate(into);
    mkdirSync(join(into, "helm/generated/.staging-999999999/helm"), { recursive: true });
    writeFileSync(join(into, "helm/generated/.staging-999999999/helm/half.yaml"), "half\n");

    const checked = await generate(into, "--check");
    const { stdout } = await generate(into);

    expect(checked.code).toBe(0);
    expect(stdout).toBe(`generated files: ${count}, written: 0\n`);
    expect(readdirSync(join(into, "helm/generated")).toSorted()).toEqual(["dev", "env", "production", "staging"]);
  });
});

describe("npm run generate -- --check", () => {
  test("says what differs, ends with 1 and writes nothing", async () => {
    const into = project();
    await generate(into);
    rmSync(join(into, "helm/generated/dev/cluster.yaml"));
    writeFileSync(join(into, "helm/generated/staging/cluster.yaml"), "planted\n");
    writeFileSync(join(into, "helm/generated/env/old.env.example"), "old\n");
    const before = filesIn(into);

    const ended = await generate(into, "--check");

    expect(ended).toEqual({
      code: 1,
      stdout: [
        "added helm/generated/dev/cluster.yaml",
        "removed helm/generated/env/old.env.example",
        "changed helm/generated/staging/cluster.yaml",
        `generated files: ${count}, differing: 3`,
        "",
      ].join("\n"),
      stderr: "npm run generate: out of date, run npm run generate\n",
    });
    expect(filesIn(into)).toEqual(before);
    expect(readFileSync(join(into, "helm/generated/staging/cluster.yaml"), "utf8")).toBe("planted\n");
  });

  test("finds the committed files up to date", async () => {
    expect(await generate(root, "--check")).toEqual({
      code: 0,
      stdout: `generated files: ${count}, differing: 0\n`,
      stderr: "",
    });
  });

  test("prints for programs with --json", async () => {
    const into = project();

    const { code, stdout } = await generate(into, "--check", "--json");

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      files: count,
      changes: [
        ...all.map((name) => `helm/generated/${name}`),
        ...ansible
          .files(catalogue)
          .map(({ path }) => path)
          .toSorted(),
        ...ofAlerts.toSorted(),
        ...ofRules.flatMap((files) => files.map(({ path }) => path).toSorted()),
      ].map((path) => ({ path, change: "added" })),
    });
  });
});

describe("a run that cannot be", () => {
  test("fails when the catalogue has a fault: every one, and nothing is written", async () => {
    const into = project();
    const broken = changed("desktop-backend", (service) => Object.assign(service, { block: 7, owner: "" }));

    const ended = run([], { root: into, today: TODAY, catalogue: broken, typesChecked });

    await expect(ended).rejects.toThrow(
      new Error(
        [
          "nothing was written",
          '  desktop-backend/owner: must be a name of lower-case letters, digits and single hyphens that starts with a letter, got ""',
          "  desktop-backend/block: must be a whole number from 0 to 6, got 7",
        ].join("\n"),
      ),
    );
    expect(filesIn(into)).toEqual([]);
  });

  test("fails when values cannot be derived, or break the schema of their chart, with the path", async () => {
    const into = project();
    const underivable = changed("desktop-backend", ({ entrypoints }) =>
      Object.assign(entrypoints[0]?.routes[0] ?? {}, { rate: { requests: 7, per: 300 } }),
    );
    const refused = changed("student-allocation", ({ jobs }) =>
      Object.assign(jobs[0] ?? {}, { scratch: { "/backup": 2 ** 30, "/Temp": 2 ** 20 } }),
    );
    const surroundings = { root: into, today: TODAY, typesChecked };

    await expect(run([], { ...surroundings, catalogue: underivable })).rejects.toThrow(
      "desktop-backend/entrypoints/web/routes/api/rate: must be whole requests a second or a minute, got 7 in 300 s",
    );
    await expect(run([], { ...surroundings, catalogue: refused })).rejects.toThrow(
      new Error(
        `helm/generated/dev/student-allocation.yaml/jobs/dump/scratch: a property's name must match pattern "^(/[a-z0-9._-]+)+$", got "/Temp"`,
      ),
    );
    expect(filesIn(into)).toEqual([]);
  });

  test("fails when the sources have type errors, and nothing is written", async () => {
    const into = project();

    const ended = run([], { root: into, today: TODAY, catalogue, typesChecked: Promise.resolve("x.ts(1,1): error") });

    await expect(ended).rejects.toThrow(new Error("the sources have type errors"));
    expect(filesIn(into)).toEqual([]);
  });

  const program = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/generate.ts"), ...args], {
      cwd: root,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };
  test("fails when an option is unknown: one line, exit 2", () => {
    expect(program("--nope")).toEqual({
      status: 2,
      stdout: "",
      stderr: "npm run generate: Unknown option '--nope' (see --help)\n",
    });
  });

  test("explains itself with --help, as an npm script", () => {
    const printed = execFileSync("npm", ["run", "--silent", "generate", "--", "--help"], {
      cwd: root,
      encoding: "utf8",
    });

    expect(printed).toMatch(/^Usage: npm run generate -- \[options\]\n/);
    expect(printed).toContain("--check");
  });
});

describe("a judge of values", () => {
  const judge = judgeOf("service");
  const withApi = (change: object) => ({ ...minimal, components: { api: { ...api, ...change } } });

  test("takes values that keep the schema of their chart", () => {
    expect(() => judge("values.yaml", minimal)).not.toThrow();
  });

  const long = `records serve ${"x".repeat(100)}`;
  test.each<[kind: string, values: unknown, fault: string]>([
    [
      "a choice",
      withApi({ deploy: "canary" }),
      '/components/api/deploy: must be one of rolling, blue-green, singleton, got "canary"',
    ],
    ["a number", withApi({ longestRequestSeconds: 0 }), "/components/api/longestRequestSeconds: must be >= 1, got 0"],
    ["a type", withApi({ command: long }), `/components/api/command: must be array, got "${long.slice(0, 79)}...`],
    [
      "a pattern",
      { ...minimal, registry: "hub" },
      '/registry: must match pattern "^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com$", got "hub"',
    ],
    [
      "a slash in a path",
      withApi({ scratch: { "/tmp": "x" } }),
      '/components/api/scratch//tmp: must match pattern "^[1-9][0-9]*(Ki|Mi|Gi)?$", got "x"',
    ],
    [
      "a property more",
      { ...minimal, sidecarResources: { ...minimal.sidecarResources, claims: [] } },
      "/sidecarResources: allowed are requests, limits, got claims",
    ],
    [
      "a property less",
      { ...minimal, sidecarResources: { limits: { memory: "64Mi" } } },
      `/sidecarResources: must have required property 'requests', got {"limits":{"memory":"64Mi"}}`,
    ],
  ])("fails with path, what is allowed and what was got: %s", (_, values, fault) => {
    expect(() => judge("values.yaml", values)).toThrow(new Error(`values.yaml${fault}`));
  });
});

test("a generator's files lie in its folder and begin with the header", () => {
  const files = helm.files(catalogue);

  expect(files.filter(({ path }) => !path.startsWith(`${helm.folder}/`))).toEqual([]);
  expect(files.filter(({ text }) => !text.startsWith(header("services/catalogue.ts")))).toEqual([]);
});
