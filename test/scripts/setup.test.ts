import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isSetUp, pythonProgram, run } from "../../scripts/setup/run.ts";

const project = join(import.meta.dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "setup-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let said: readonly string[];
beforeEach(() => {
  said = [];
  for (const stream of ["log", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((text: string) => {
      said = [...said, text];
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** Writes a wheel with one program that says so. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("tiny.py", "def main(): print('tiny runs')")
    for name, text in {
        "METADATA": "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n",
        "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "entry_points.txt": "[console_scripts]\\ntiny = tiny:main\\n",
        "RECORD": "",
    }.items():
        wheel.writestr(f"tiny-1.0.dist-info/{name}", text)
`;

describe("npm run setup", () => {
  const root = join(directory, "checkout");
  const wheels = join(directory, "wheels");
  const wheel = join(wheels, "tiny-1.0-py3-none-any.whl");
  /** Nothing is fetched but from there. */
  const pin = (place: string, digest: string) =>
    writeFileSync(
      join(root, "requirements.txt"),
      `--no-index\n--find-links ${place}\ntiny==1.0 --hash=sha256:${digest}\n`,
    );
  const digest = () => createHash("sha256").update(readFileSync(wheel)).digest("hex");
  const tiny = (at: string) => spawnSync(pythonProgram(at, "tiny"), { encoding: "utf8" }).stdout;
  beforeAll(() => {
    for (const folder of [root, wheels]) mkdirSync(folder);
    expect(spawnSync("python3", ["-c", WHEEL, wheel]).status).toBe(0);
  });

  test("fails when no Python will do, and says how to get one", async () => {
    pin(wheels, digest());
    const old = join(directory, "old-python");
    writeFileSync(old, "#!/bin/sh\nexit 1\n", { mode: 0o755 });

    await expect(run(root, { check: false, pythons: [join(directory, "none"), old] })).rejects.toThrow(
      "python3 3.11 or newer with venv is missing: apt-get install python3-venv",
    );
    expect(existsSync(join(root, ".venv"))).toBe(false);
  });

  test("that was killed while it installed has not installed", async () => {
    pin(wheels, digest());
    // Makes half of an environment, and goes on for longer than anybody waits.
    const slow = join(directory, "slow-python");
    writeFileSync(
      slow,
      `#!/bin/sh\n[ "$1" = -m ] || exit 0\nmkdir -p "$3/bin"\nln -s /usr/bin/python3 "$3/bin/python"\nsleep 600\n`,
      { mode: 0o755 },
    );
    const script = pathToFileURL(join(project, "scripts/setup/run.ts"));
    const program = `import { run } from ${JSON.stringify(script)}; await run(process.argv[1], { pythons: [process.argv[2]] });`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program, root, slow], {
      detached: true,
      stdio: "ignore",
    });
    const closed = once(child, "close");
    while (!existsSync(join(root, ".venv/bin/python")) && child.exitCode === null) await setTimeout(20);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await closed;

    expect(existsSync(join(root, ".venv/bin/python"))).toBe(true);
    expect(await run(root, { check: true })).toBe(1);
    expect(said).toEqual(["npm run setup: .venv is missing or out of date"]);
    expect(() => pythonProgram(root, "pip")).toThrow(".venv is missing or out of date: run npm run setup");
  });

  test("fails when a package is not the one that is pinned, and has not installed either", async () => {
    pin(wheels, "0".repeat(64));
    writeFileSync(join(root, ".venv/left"), "");

    await expect(run(root, { check: false })).rejects.toThrow(
      /^pip could not install requirements.txt\n[\s\S]*DO NOT MATCH THE HASHES[\s\S]*tiny==1.0/,
    );
    expect(existsSync(join(root, ".venv/left"))).toBe(false);
    expect(isSetUp(root)).toBe(false);
  });

  test("makes a half-made environment anew, and does nothing a second time", async () => {
    pin(wheels, digest());
    writeFileSync(join(root, ".venv/left"), "");

    expect(await run(root, { check: false })).toBe(0);
    expect([existsSync(join(root, ".venv/left")), tiny(root)]).toEqual([false, "tiny runs\n"]);
    expect(said.at(-1)).toBe("installed");

    writeFileSync(join(root, ".venv/kept"), "");
    expect(await run(root, { check: false })).toBe(0);
    expect(existsSync(join(root, ".venv/kept"))).toBe(true);
    expect(await run(root, { check: true })).toBe(0);
  });

  describe("is out of date", () => {
    test("where the checkout was moved, whose path is in every program", () => {
      expect(isSetUp(root)).toBe(true);
      renameSync(root, `${root}-moved`);
      expect(isSetUp(`${root}-moved`)).toBe(false);
      renameSync(`${root}-moved`, root);

      expect(isSetUp(root)).toBe(true);
    });

    test("where its Python is gone, or another", () => {
      const python = join(root, ".venv/bin/python3");
      const own = readlinkSync(python);
      const linked = (to: string) => {
        rmSync(python);
        symlinkSync(to, python);
        return isSetUp(root);
      };

      expect(linked(join(directory, "gone"))).toBe(false);
      expect(linked(process.execPath)).toBe(false);
      expect(linked(own)).toBe(true);
    });

    test("where something else is pinned", () => {
      expect(isSetUp(root)).toBe(true);
      pin(wheels, "1".repeat(64));

      expect(isSetUp(root)).toBe(false);
    });
  });
});

test("npm run setup fails in one line when an option is unknown", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "scripts/setup.ts"), "--chek"], {
    encoding: "utf8",
  });

  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: "npm run setup: Unknown option '--chek' (see --help)\n",
  });
});
