import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Which folders' code a folder may import besides its own, as DESIGN's folder table says. */
const zones: Record<string, readonly string[]> = {
  services: [],
  constructs: [],
  stacks: ["services", "constructs"],
  helm: ["services"],
  ansible: ["services"],
  monitoring: ["services"],
  docs: ["services"],
  policies: [],
  drills: ["services", "scripts"],
  scripts: ["services", "constructs", "stacks", "helm", "ansible", "monitoring", "docs", "policies", "drills"],
  test: ["services", "constructs", "stacks", "helm", "ansible", "monitoring", "docs", "policies", "drills", "scripts"],
};
const folders = Object.keys(zones);
const knowTheEngine = ["constructs", "stacks", "scripts", "test"];

/** Files of the probe repository by path; the lint run over them is shared by all tests. */
const files = new Map<string, string>();
/** Registers a file that holds only `statement`, and returns its path. */
function probe(folder: string, slug: string, statement: string): string {
  const path = `${folder}/${slug}.ts`;
  files.set(path, `${statement}\n`);
  return path;
}
const bare = (specifier: string) => `import { x } from "${specifier}";\nexport const y = x;`;
const importing = (folder: string, depth: number) => bare(`${"../".repeat(depth)}${folder}/deep/thing.ts`);

const crossings = folders.flatMap((from) =>
  folders
    .filter((to) => to !== from)
    .map((to) => ({
      from,
      to,
      paths: [
        probe(from, `imports-${to}`, importing(to, 1)),
        probe(from, `area/imports-${to}`, importing(to, 2)),
        probe(from, `area/part/imports-${to}`, importing(to, 3)),
        probe(from, `types-of-${to}`, `export type { X } from "../${to}/thing.ts";`),
        probe(from, `loads-${to}`, `export const load = () => import("../${to}/thing.ts");`),
      ],
    })),
);
const within = folders.map((folder) => ({
  folder,
  path: probe(folder, "area/own", bare("../other/thing.ts")),
}));
const engines = folders.flatMap((folder) =>
  ["cdktf", "constructs", "@cdktf/provider-aws/lib/vpc/index.js"].map((specifier, index) => ({
    folder,
    specifier,
    path: probe(folder, `engine-${index}`, bare(specifier)),
  })),
);
const barrels = folders.flatMap((folder) =>
  [
    "@cdktf/provider-aws",
    "@cdktf/provider-aws/index.js",
    "@cdktf/provider-aws/lib",
    "@cdktf/provider-aws/lib/index.js",
    "@cdktf/provider-aws/lib/lazy-index.js",
    "cdktn",
    "@cdktn/provider-aws/lib/vpc/index.js",
  ].map((specifier, index) => ({
    folder,
    specifier,
    path: probe(folder, `barrel-${index}`, bare(specifier)),
  })),
);
const cycle = [
  probe("services", "hen", 'import { egg } from "./egg.ts";\nexport const hen = (): string => `hen of ${egg()}`;'),
  probe("services", "egg", 'import { hen } from "./hen.ts";\nexport const egg = (): string => `egg of ${hen()}`;'),
];
const extensionless = probe("services", "extensionless", bare("./hen"));
const reexporting = probe("services", "index", 'export { hen } from "./hen.ts";');

/** Lint rules broken by each probe file. */
const broken = new Map<string, ReadonlySet<string>>();
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "import-zones-"));
  for (const name of ["biome.json", "package.json", ".gitignore"]) {
    cpSync(join(root, name), join(directory, name));
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const biome = join(root, "node_modules/.bin/biome");
  const run = spawnSync(biome, ["lint", "--reporter=json", "--max-diagnostics=none", "."], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const report: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(run.stdout);
  for (const { category, location } of report.diagnostics) {
    const rules = broken.get(location.path) ?? new Set();
    broken.set(location.path, new Set([...rules, category.split("/").at(-1) ?? category]));
  }
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const refused = (path: string, rule: string) => broken.get(path)?.has(rule) ?? false;

describe("import zones", () => {
  test.each(folders)("%s/ may import exactly the folders that the design lists", (from) => {
    const ways = crossings.filter((crossing) => crossing.from === from);

    const accepted = ways.filter(({ paths }) => !paths.some((path) => refused(path, "noRestrictedImports")));
    const halfOpen = ways
      .filter((way) => !accepted.includes(way))
      .flatMap(({ paths }) => paths.filter((path) => !refused(path, "noRestrictedImports")));

    expect(accepted.map(({ to }) => to).sort()).toEqual([...(zones[from] ?? [])].sort());
    expect(halfOpen, "refused from some depths or forms of import, but not from these").toEqual([]);
  });

  test("a folder may import its own files", () => {
    const wronglyRefused = within.filter(({ path }) => refused(path, "noRestrictedImports"));

    expect(wronglyRefused).toEqual([]);
  });

  test("only constructs, stacks, scripts and tests may import Terraform's engine", () => {
    const open = engines.filter(({ path }) => !refused(path, "noRestrictedImports"));

    expect(open.map(({ folder, specifier }) => `${folder}: ${specifier}`)).toEqual(
      knowTheEngine.flatMap((folder) =>
        ["cdktf", "constructs", "@cdktf/provider-aws/lib/vpc/index.js"].map((name) => `${folder}: ${name}`),
      ),
    );
  });

  test("the provider barrel and the engine's second name are refused in every folder", () => {
    const open = barrels.filter(({ path }) => !refused(path, "noRestrictedImports"));

    expect(open.map(({ folder, specifier }) => `${folder}: ${specifier}`)).toEqual([]);
    expect(barrels.length).toBe(folders.length * 7);
  });

  test("an import cycle is refused", () => {
    expect(cycle.filter((path) => refused(path, "noImportCycles"))).toEqual(cycle);
  });

  test("a barrel of our own and a relative import without extension are refused", () => {
    expect(refused(reexporting, "noBarrelFile")).toBe(true);
    expect(refused(extensionless, "useImportExtensions")).toBe(true);
  });

  test("every folder that holds code has a zone", () => {
    const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
      cwd: root,
      encoding: "utf8",
    });

    const withCode = new Set(
      tracked
        .split("\n")
        .filter((path) => path.includes("/"))
        .map((path) => path.split("/", 1).join("")),
    );

    expect([...withCode].filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});
