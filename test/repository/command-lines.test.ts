import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const output = mkdtempSync(join(tmpdir(), "command-lines-"));
afterAll(() => rmSync(output, { recursive: true, force: true }));

/** Runs the packaged command line the way its users do. */
const cdktf = (...args: string[]) =>
  execFileSync("npm", ["run", "--silent", "cdktf", "--", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: "pipe",
    env: { ...process.env, CI: "true", NO_COLOR: "1" },
  });

describe("npm run cdktf", () => {
  test("synth writes the same bytes as npm start", () => {
    cdktf("synth", "--output", join(output, "bytes"));
    execFileSync("npm", ["start", "--silent", "--", "--output", join(output, "out")], { cwd: root, stdio: "pipe" });

    const folders = readdirSync(join(output, "bytes/stacks"));
    for (const id of folders) {
      const [environment = "", ...stack] = id.split("-");
      const ours = join(output, "out/terraform", environment, stack.join("-"), "cdk.tf.json");
      expect(readFileSync(ours, "utf8"), id).toBe(
        readFileSync(join(output, "bytes/stacks", id, "cdk.tf.json"), "utf8"),
      );
    }
    expect(folders.length).toBeGreaterThan(0);
  });

  test("list names exactly the stacks that synth writes, each as <environment>-<stack>", () => {
    const listed = cdktf("list", "--output", join(output, "list"))
      .split("\n")
      .filter((line) => line.includes("/stacks/"))
      .map((line) => line.trim().split(/\s+/)[0]);

    cdktf("synth", "--output", join(output, "synth"));

    expect(listed.toSorted()).toEqual(readdirSync(join(output, "synth/stacks")).toSorted());
    expect(listed.filter((id) => !/^(dev|staging|production)-[a-z-]+$/.test(id ?? ""))).toEqual([]);
    expect(listed.length).toBeGreaterThan(0);
  });
});
