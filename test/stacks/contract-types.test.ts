import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { observability } from "../../services/observability.ts";
import { synthesizeEstate } from "../support/estate.ts";
import { remoteReads } from "./remote-state.ts";

/** The real compiler on a copy of the sources in which outputs are gone. */

const root = join(import.meta.dirname, "../..");
const folders = ["services", "constructs", "stacks"];
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "contract-types-"));
  for (const folder of folders) cpSync(join(root, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
  writeFileSync(join(copy, "package.json"), JSON.stringify({ type: "module" }));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  const { incremental: _, tsBuildInfoFile: __, ...options } = compilerOptions;
  writeFileSync(join(copy, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: folders }));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What the compiler says of the copy after a change of one file, which is taken back; each error with its message. */
function errorsAfter(file: string, before: string, after: string): readonly string[] {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  expect(text, `${file} holds what the test changes`).toContain(before);
  writeFileSync(path, text.replace(before, after));
  try {
    const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["--project", copy, "--pretty", "false"], {
      encoding: "utf8",
    });
    return stdout.split("\n").filter((line) => line.includes(": error TS"));
  } finally {
    writeFileSync(path, text);
  }
}

describe("an output that a later stack reads", () => {
  test("does not compile any more once it is gone, whichever it is", () => {
    const signature = /export function exported<[\s\S]*?\): Outputs<Values> \{/.exec(
      readFileSync(join(root, "stacks/outputs.ts"), "utf8"),
    )?.[0];
    // Every stack then exports nothing but a mark with its name.
    const emptied = (signature ?? "")
      .replace("<const Values extends OutputValues>", "<const Values extends OutputValues, const Name extends string>")
      .replace("stack: string", "stack: Name")
      .replace("Outputs<Values>", "Outputs<{ readonly removedFrom: Name }>");

    const errors = errorsAfter("stacks/outputs.ts", signature ?? "exported", emptied);

    const refused = errors.flatMap((error) =>
      [
        ...error.matchAll(/Property '(\w+)' does not exist on type '\{ readonly removedFrom: ("[\w-]+"|string); \}'/g),
      ].map(
        // One stack has the name of a service, which the compiler does not know.
        ([, output, stack = ""]) => `${stack === "string" ? observability.name : JSON.parse(stack)}.${output}`,
      ),
    );
    const read = synthesizeEstate("production").stacks.flatMap(({ json }) =>
      remoteReads(json).map(({ stack, output }) => `${stack}.${output}`),
    );
    expect([...new Set(refused)].sort()).toEqual([...new Set(read)].sort());
    expect(new Set(read).size).toBeGreaterThan(15);
  });

  test("fails to compile when its line is removed, and the message names it", () => {
    const errors = errorsAfter("stacks/network.ts", "    vpcId: vpc.id,\n    subnetIds", "    subnetIds");

    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter((error) => !error.includes("Property 'vpcId' does not exist on type"))).toEqual([]);
  });

  test("fails to compile when a subnet is named that no tier and zone gives", () => {
    const errors = errorsAfter("stacks/service/web.ts", "`public-${zone.letter}`", "`pubic-${zone.letter}`");

    expect(errors).toEqual([expect.stringMatching(/^\S*stacks\/service\/web\.ts.*No overload matches this call/)]);
  });
});

test("the copy without any change compiles", () => {
  expect(errorsAfter("stacks/network.ts", "vpcId: vpc.id", "vpcId: vpc.id")).toEqual([]);
});
