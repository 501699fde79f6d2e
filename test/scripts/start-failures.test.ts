import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typeErrors } from "../../scripts/start/type-check.ts";
import {
  contents,
  ended,
  filesIn,
  makeRuns,
  node,
  only,
  program,
  type Result,
  type Runs,
  root,
  start,
  told,
  touched,
} from "../support/start.ts";

let runs: Runs;
let whole: string;
let checked: string;
beforeAll(async () => {
  runs = await makeRuns();
  whole = runs.whole;
});
beforeAll(async () => {
  checked = await checkedCopy();
});
afterAll(() => runs.remove());
const folder = () => runs.folder();
const earlier = () => runs.earlier();

describe("a run that cannot be", () => {
  test.each([
    [["--environment", "prod"], '--environment: got "prod", allowed are dev, staging, production'],
    [["--nope"], "Unknown option '--nope' (see --help)"],
    [["--output", ""], '--output: got "", must name a directory'],
  ])("fails when its arguments are %j: one line, exit 2, nothing written", async (args, message) => {
    const out = earlier();
    const before = touched(out);

    // The fault comes last, so that all before it has been read.
    const run = await start(["--output", out, ...args], out);

    expect(run).toEqual({ code: 2, signal: null, stdout: "", stderr: `npm start: ${message}\n` });
    expect(touched(out)).toEqual(before);
  });

  test("fails when the directory cannot be written to: one line, exit 2", async () => {
    const out = join(folder(), "a-file");
    writeFileSync(out, "planted\n");

    const run = await start(["--output", join(out, "below")]);

    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^npm start: cannot write to ".*\/a-file\/below": ENOTDIR: .*\n$/);
    expect(readFileSync(out, "utf8")).toBe("planted\n");
  });

  test("explains itself with --help, and writes nothing", async () => {
    const cwd = folder();

    const run = await start(["--help"], cwd);

    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.split("\n")[0]).toBe("Usage: npm start [-- options]");
    expect(filesIn(cwd)).toEqual([]);
  });
});

/** What no test changes: thousands of files of hosts, and packages. */
const LINKED = ["ansible/generated", "node_modules"];
const isCopied = (path: string) => !LINKED.some((linked) => path === join(root, linked));

/**
 * A copy of the project whose types have been checked where it lies. What the compiler then knows names packages by the way
 * to them, which is the same from copies of the copy beside it: there it reads only what has changed.
 */
async function checkedCopy(): Promise<string> {
  const project = folder();
  for (const part of [
    "services",
    "constructs",
    "stacks",
    "helm",
    "ansible",
    "monitoring",
    "policies",
    "scripts",
    "package.json",
    "tsconfig.json",
    "tsconfig.product.json",
  ]) {
    cpSync(join(root, part), join(project, part), { recursive: true, preserveTimestamps: true, filter: isCopied });
  }
  for (const linked of LINKED) symlinkSync(join(root, linked), join(project, linked));
  expect(await typeErrors(project)).toBeUndefined();
  return project;
}

/** A copy of the project in which a file, the ticketing product unless another is named, reads otherwise. */
function projectWith(change: (text: string) => string, file = "services/products/ticketing.ts"): string {
  const project = folder();
  // The compiler goes by dates of sources.
  cpSync(checked, project, { recursive: true, preserveTimestamps: true });
  writeFileSync(join(project, file), change(readFileSync(join(project, file), "utf8")));
  return project;
}
async function refused(
  project: string,
  args: readonly string[] = [],
  variables: NodeJS.ProcessEnv = {},
): Promise<readonly string[]> {
  const out = earlier();
  const before = touched(out);
  const env = { ...process.env, ...variables };
  const run = await ended(spawn(node, [...program(project), "--output", out, ...args], { cwd: project, env }));
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(touched(out)).toEqual(before);
  return run.stderr.trimEnd().split("\n");
}

describe("a fault in the sources", () => {
  test("fails with every fault of the catalogue at once, exit 2, the earlier output as it was", async () => {
    const [head = "", ...faults] = await refused(
      projectWith((product) =>
        product
          .replace('"reads and writes tickets"', '"x"')
          .replace('"api.telegram.org"', '"no domain"')
          .replace('code: "tkt"', 'code: "ticket"'),
      ),
    );

    expect(head).toBe(`npm start: the catalogue has ${faults.length} faults, nothing was written`);
    expect(faults.filter((fault) => !/^ {2}\S.*: .+, got /.test(fault))).toEqual([]);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {2}ticketing\/flows\/.*\/why: must say why, in at least 8 characters, got "x"$/),
        expect.stringMatching(/^ {2}ticketing\/egress\/.*\/domain: .*, got "no domain"$/),
        expect.stringMatching(/^ {2}ticketing\/code: .*, got "ticket"$/),
      ]),
    );
  });

  test("fails with the compiler's words when types do not fit, exit 2, the earlier output as it was", async () => {
    const lines = await refused(projectWith((product) => `${product}export const wrong: number = "text";\n`));

    expect(lines).toEqual([
      "npm start: the sources have type errors",
      expect.stringMatching(
        /^services\/products\/ticketing\.ts\(\d+,14\): error TS2322: Type 'string' is not assignable to type 'number'\.$/,
      ),
    ]);
  });
});

describe("sources that do not even load", () => {
  test.each([
    [
      "a name is imported that is gone",
      (product: string) => product.replace("{ days,", "{ dais,"),
      /has no exported member 'dais'/,
    ],
    ["a comma is missing", (product: string) => product.replace('"tkt",', '"tkt"'), /error TS1005: ',' expected\.$/],
    [
      "a name is misspelt",
      (product: string) => product.replace("components: [api,", "components: [apii,"),
      /Cannot find name 'apii'/,
    ],
  ])("fail when %s: the compiler's words, exit 2, the earlier output as it was", async (_, change, words) => {
    const [head, first] = await refused(projectWith(change));

    expect(head).toBe("npm start: the sources have type errors");
    expect(first).toMatch(/^services\/products\/ticketing\.ts\(\d+,\d+\): error /);
    expect(first).toMatch(words);
  });

  test("fail when only running shows it: one line with kind and place, exit 2", async () => {
    const lines = await refused(
      projectWith((product) => `${product}\nexport const broken = (undefined as unknown as { a: { b: 1 } }).a.b;\n`),
    );

    expect(lines).toEqual([
      expect.stringMatching(
        /^npm start: TypeError: Cannot read properties of undefined \(reading 'a'\) \(services\/products\/ticketing\.ts:\d+:\d+\)$/,
      ),
    ]);
  });
});

describe("a chart", () => {
  test("fails when it refuses the values: each release with Helm's words, exit 2, the earlier output as it was", async () => {
    const chart = "helm/service/templates/main.yaml";
    const project = projectWith((text) => `{{ fail (printf "%s: must not be" .Values.service) }}\n${text}`, chart);

    const refusal = (environment: string, service: string) =>
      expect.stringMatching(new RegExp(`^  ${environment}/${service}: .*main\\.yaml:1:.*: ${service}: must not be$`));
    expect(await refused(project, ["--environment", "dev"])).toEqual([
      "npm start: 3 of 4 releases did not render",
      ...["desktop-backend", "resident-services", "student-allocation"].map((service) => refusal("dev", service)),
    ]);
  });
});

describe("a project in which Helm is missing", () => {
  /** One whose packages are all there but Helm's; only what Node itself needs is on its path. */
  function withoutHelm(): string {
    const project = projectWith((product) => product);
    const packages = join(project, "node_modules");
    unlinkSync(packages);
    mkdirSync(packages);
    for (const name of readdirSync(join(root, "node_modules"))) {
      if (name !== "@aws-cdk" && name !== ".cache") symlinkSync(join(root, "node_modules", name), join(packages, name));
    }
    return project;
  }
  const path = { PATH: dirname(node) };

  test("fails in one line with how to get it, exit 2, the earlier output as it was", async () => {
    expect(await refused(withoutHelm(), [], path)).toEqual([
      expect.stringMatching(/^npm start: helm is missing: (npm ci brings it, or )?install Helm 4\b.*$/),
    ]);
  });

  test("still writes services that run on hosts", async () => {
    const project = withoutHelm();
    const out = folder();
    const args = [...program(project), "--output", out, "--service", "ticketing"];

    const run = await ended(spawn(node, args, { cwd: project, env: { ...process.env, ...path } }));

    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(out).sort()).toEqual(["ansible", "index.json", "terraform"]);
  });
});

describe("two runs at once into one directory", () => {
  test("both end well, each in a staging folder of its own", async () => {
    const out = earlier();

    const both = await Promise.all([start(["--output", out]), start(["--output", out])]);

    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(contents(out)).toEqual(contents(whole));
  });
});

describe("an interrupted run", () => {
  /** Starts a run and stops it midway: the first environment is being written beside the others. */
  async function interrupted(out: string, signal: NodeJS.Signals): Promise<Result> {
    const child = spawn(node, [...program(root), "--output", out], {
      cwd: root,
      env: { ...process.env, ...told },
    });
    const result = ended(child);
    while (child.exitCode === null && !existsSync(join(out, `.staging-${child.pid}/dev/stacks`))) await wait(10);
    child.kill(signal);
    return await result;
  }

  test("leaves every earlier file whole, and the next run clears up after it", async () => {
    const out = earlier();
    const before = touched(out);

    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      expect(await interrupted(out, signal)).toMatchObject({ code: null, signal });
      expect(only(touched(out), (file) => !file.startsWith(".staging-"))).toEqual(before);
    }
    expect((await start(["--output", out])).code).toBe(0);
    expect(contents(out)).toEqual(contents(whole));
    expect(readdirSync(out).filter((name) => name.startsWith(".staging"))).toEqual([]);
  });
});
