import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** `npm start` as its user runs it: the real program, its files, its words, its exit status. */

const root = join(import.meta.dirname, "../..");
const node = join(root, "node_modules/.bin/node");
const program = (project: string) => ["--no-experimental-detect-module", join(project, "scripts/start.ts")];
const stacks = ["bootstrap", "audit", "network", "vault", "pki", "observability", "ticketing"];
const environments = ["dev", "staging", "production"];

let directory: string;
/** What a whole run writes: made once by `npm start`, compared with by all others, changed by none. */
let whole: string;
let first: Result;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "start-"));
  whole = folder();
  first = await ended(spawn("npm", ["start", "--silent", "--", "--output", whole], { cwd: root }));
  if (first.code !== 0) throw new Error(`npm start: exit ${first.code}\n${first.stderr}`);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}
async function ended(child: ChildProcess): Promise<Result> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr?.on("data", (text) => {
    output.stderr += text;
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output };
}

const folder = () => mkdtempSync(join(directory, "out-"));
const start = (args: readonly string[], cwd = root, variables: NodeJS.ProcessEnv = {}) =>
  ended(spawn(node, [...program(root), ...args], { cwd, env: { ...process.env, ...variables } }));

/** Every file below a directory, by path. */
const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
/** The content of every file, as a checksum. */
const contents = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(path).map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(path, file)))
        .digest("hex"),
    ]),
  );
/** What changes as soon as a file is written again. */
const touched = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(path).map((file) => {
      const { mtimeMs, ino, size } = statSync(join(path, file));
      return [file, `${mtimeMs} ${ino} ${size}`];
    }),
  );
const only = (all: Readonly<Record<string, string>>, wanted: (path: string) => boolean) =>
  Object.fromEntries(Object.entries(all).filter(([path]) => wanted(path)));

/** An output directory as a run some time ago left it: other bytes in every file. */
function earlier(): string {
  const out = folder();
  cpSync(whole, out, { recursive: true });
  for (const file of filesIn(out)) writeFileSync(join(out, file), "earlier\n");
  return out;
}

describe("a whole run", () => {
  test("writes every stack of every environment and the index, and nothing else", () => {
    const lock = existsSync(join(root, "stacks/provider.lock.hcl")) ? [".terraform.lock.hcl"] : [];
    const expected = environments.flatMap((environment) =>
      stacks.flatMap((stack) => ["cdk.tf.json", ...lock].map((file) => `terraform/${environment}/${stack}/${file}`)),
    );

    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(filesIn(whole)).toEqual([...expected, "index.json"].sort());
    expect(readdirSync(whole).sort()).toEqual(["index.json", "terraform"]);
  });

  test("prints a row per stack and the totals, without colour codes", () => {
    const rows = first.stdout.split("\n").filter((line) => /^│ (dev|staging|production) /.test(line));

    expect(
      rows.map((row) =>
        row
          .split("│")
          .slice(1, 3)
          .map((cell) => cell.trim()),
      ),
    ).toEqual(environments.flatMap((environment) => stacks.map((stack) => [environment, stack])));
    expect(first.stdout).toMatch(/^21 stacks, \d{4} resources; 6 services, /m);
    expect(first.stdout).not.toContain("\u001b");
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
    expect(run).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
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

  test("fails when a service asked for has no stack yet: one line, exit 2, nothing written", async () => {
    const out = earlier();
    const before = touched(out);

    const run = await start(["--output", out, "--service", "desktop-backend"]);

    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toBe(
      "npm start: --service: desktop-backend has no stack yet, services with one are ticketing, observability\n",
    );
    expect(touched(out)).toEqual(before);
  });

  test("explains itself with --help, and writes nothing", async () => {
    const cwd = folder();

    const run = await start(["--help"], cwd);

    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.split("\n")[0]).toBe("Usage: npm start [-- options]");
    expect(filesIn(cwd)).toEqual([]);
  });
});

describe("a fault in the sources", () => {
  /** A copy of the project whose ticketing product reads otherwise. */
  function projectWith(change: (product: string) => string): string {
    const project = folder();
    for (const part of [
      "services",
      "constructs",
      "stacks",
      "scripts",
      "package.json",
      "tsconfig.json",
      "tsconfig.product.json",
    ]) {
      cpSync(join(root, part), join(project, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const product = join(project, "services/products/ticketing.ts");
    writeFileSync(product, change(readFileSync(product, "utf8")));
    return project;
  }
  async function refused(project: string): Promise<readonly string[]> {
    const out = earlier();
    const before = touched(out);
    const run = await ended(spawn(node, [...program(project), "--output", out], { cwd: project }));
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(touched(out)).toEqual(before);
    return run.stderr.trimEnd().split("\n");
  }

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
    const child = spawn(node, [...program(root), "--output", out], { cwd: root });
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
