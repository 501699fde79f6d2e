import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { requireProgram } from "../support/program.ts";

/** All units and drop-ins of all hosts, read by systemd itself. The lab's check `units` does so on hosts, with theirs. */

const generated = join(import.meta.dirname, "../../ansible/generated");
const UNITS = "etc/systemd/system";

/** Different texts of each file below `/etc/systemd/system`; addresses differ by host, and mean nothing to systemd. */
const texts = new Map<string, Set<string>>();
for (const path of globSync(`*/rendered/*/${UNITS}/**/*.*`, { cwd: generated }).toSorted()) {
  if (path.endsWith(".d")) continue;
  const name = path.slice(path.indexOf(UNITS) + UNITS.length + 1);
  const text = readFileSync(join(generated, path), "utf8").replaceAll(/\b10(\.\d+){3}\b/g, "10.0.0.1");
  texts.set(name, (texts.get(name) ?? new Set()).add(text));
}

/** What stands for a unit that a package brings: only its drop-in is ours. */
const STUBS: Readonly<Record<string, string>> = {
  service: "[Service]\nExecStart=/bin/true\n",
  timer: "[Timer]\nOnCalendar=daily\n",
};

/** Writes one text of each file, and says what systemd has against it. */
function complaints(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  const units = new Map([...files].filter(([name]) => !name.includes("/")));
  const extended = [...files.keys()].filter((name) => name.includes("/")).map((name) => basename(dirname(name), ".d"));
  for (const name of extended) {
    const stem = name.slice(0, name.lastIndexOf("."));
    // What a timer starts must be there.
    for (const each of [name, `${stem}.service`]) {
      const stub = STUBS[each.split(".").at(-1) ?? ""];
      if (!units.has(each) && stub !== undefined) units.set(each, stub);
    }
  }
  for (const [name, text] of [...units, ...files]) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const paths = [...units.keys()].map((name) => join(folder, name));
  const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", ...paths], {
    encoding: "utf8",
  });
  // Programs of hosts are not on this machine.
  return stderr.split("\n").filter((line) => line !== "" && !line.includes("is not executable"));
}

const folder = mkdtempSync(join(tmpdir(), "rendered-units-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(requireProgram("systemd-analyze", "apt-get install systemd"))("systemd", () => {
  test("takes every line of the units and drop-ins of every host", () => {
    const most = Math.max(...[...texts.values()].map((each) => each.size));
    const rounds = Array.from({ length: most }, (_, round) => {
      const files = new Map([...texts].map(([name, each]) => [name, [...each].at(round) ?? [...each].at(-1) ?? ""]));
      return complaints(join(folder, String(round)), files);
    });

    expect(texts.size).toBeGreaterThan(80);
    expect([...new Set(rounds.flat())]).toEqual([]);
  });

  test("refuses what it does not know, also in a drop-in", () => {
    const said = complaints(join(folder, "wrong"), new Map([["nginx.service.d/60-platform.conf", "[Service]\nA=b\n"]]));

    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/60-platform\.conf:2: Unknown key/);
  });
});
