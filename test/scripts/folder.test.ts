import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeFolder } from "../../scripts/folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a folder", () => {
  test("is made with those above it, and left as it is where it is there", () => {
    makeFolder(join(folder, "a/b/c"));
    writeFileSync(join(folder, "a/b/c/kept"), "");
    makeFolder(join(folder, "a/b/c"));

    expect(readdirSync(join(folder, "a/b/c"))).toEqual(["kept"]);
  });

  test.skipIf(!existsSync("/proc/self"))("fails at once where none can be made", () => {
    expect(() => makeFolder("/proc/x/y")).toThrow(/^ENOENT: no such file or directory, mkdir '\/proc\/x'$/);
  });

  test("fails below a file, and where a link leads nowhere", () => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync("nowhere", join(folder, "link"));

    expect(() => makeFolder(join(folder, "file/below"))).toThrow(/^ENOTDIR: /);
    expect(() => makeFolder(join(folder, "link"))).toThrow(/^EEXIST: /);
  });
});
