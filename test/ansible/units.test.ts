import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { changed, runTask } from "./support/task.ts";

const directory = mkdtempSync(join(tmpdir(), "units-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const units = join(directory, "units.json");
const log = join(directory, "log");

/** A service manager: states by unit in a file, what it is asked in another. Real ones judge the module in the lab. */
const SYSTEMCTL = `#!/usr/bin/env python3
import json, sys
units, log = ${JSON.stringify(units)}, ${JSON.stringify(log)}
words = sys.argv[1:]
known = json.load(open(units))
names = words[words.index("--") + 1:] if "--" in words else []
if words[0] == "show":
    lost = dict(LoadState="not-found", UnitFileState="", ActiveState="inactive", NeedDaemonReload="no", FragmentPath="")
    print("\\n\\n".join("\\n".join(f"{key}={value}" for key, value in known.get(name, lost).items()) for name in names))
    sys.exit()
print(*words, file=open(log, "a"))
if words[0] == "daemon-reload":
    known = {name: {**state, "NeedDaemonReload": "no", "LoadState": "loaded"} for name, state in known.items()}
for name in names:
    if known[name].get("broken"):
        print(f"{name} failed because the control process exited", file=sys.stderr)
        sys.exit(1)
    changes = {"enable": {"UnitFileState": "enabled"}, "restart": {"ActiveState": "active"}, "stop": {"ActiveState": "inactive"}}
    known[name].update(changes.get(words[0], {"UnitFileState": "masked"}))
json.dump(known, open(units, "w"))
`;

const running = {
  LoadState: "loaded",
  UnitFileState: "enabled",
  ActiveState: "active",
  NeedDaemonReload: "no",
  FragmentPath: "/usr/lib/systemd/system/a.service",
};
const stopped = { ...running, UnitFileState: "disabled", ActiveState: "inactive" };

beforeEach(() => {
  writeFileSync(log, "");
  writeFileSync(join(directory, "systemctl"), SYSTEMCTL, { mode: 0o755 });
});

const has = (states: Readonly<Record<string, object>>) => writeFileSync(units, JSON.stringify(states));
const asked = () => readFileSync(log, "utf8").split("\n").slice(0, -1);
const run = (parameters: Readonly<Record<string, unknown>>, ...options: readonly string[]) =>
  runTask({
    directory,
    module: "platform.hosts.units",
    parameters,
    environment: { PATH: `${directory}:${process.env["PATH"]}` },
    options,
  });

describe("platform.hosts.units", () => {
  test("enables and starts what is otherwise, and nothing a second time", async () => {
    has({
      "a.service": running,
      "b.service": stopped,
      "c.service": stopped,
      "c.timer": { ...running, ActiveState: "inactive" },
    });
    const names = ["a.service", "b.service", "c.timer"];

    const first = await run({ names });
    const second = await run({ names });

    expect(first.code, first.output).toBe(0);
    expect(asked()).toEqual(["enable -- b.service", "restart -- b.service c.timer"]);
    expect([changed(first), changed(second)]).toEqual(["1", "0"]);
  });

  test("reads files of units anew where they changed, and leaves what runs as it is", async () => {
    has({ "a.service": { ...running, NeedDaemonReload: "yes" } });

    const ended = await run({ names: ["a.service"] });

    expect(changed(ended)).toBe("0");
    expect(asked()).toEqual(["daemon-reload"]);
  });

  test("reads the file of a service anew that a timer starts, where that alone changed", async () => {
    has({ "a.timer": running, "a.service": { ...stopped, UnitFileState: "static", NeedDaemonReload: "yes" } });

    const ended = await run({ names: ["a.timer"] });

    expect(ended.code, ended.output).toBe(0);
    expect(changed(ended)).toBe("0");
    expect(asked()).toEqual(["daemon-reload"]);
  });

  test("restarts all where that is asked", async () => {
    has({ "a.service": running, "b.service": stopped });

    const ended = await run({ names: ["a.service", "b.service"], state: "restarted" });

    expect(changed(ended)).toBe("1");
    expect(asked()).toEqual(["enable -- b.service", "restart -- a.service b.service"]);
  });

  test("masks and stops, once", async () => {
    has({ "a.service": running, "b.service": { ...stopped, UnitFileState: "masked", LoadState: "masked" } });
    const parameters = { names: ["a.service", "b.service"], state: "masked" };

    const first = await run(parameters);
    const second = await run(parameters);

    expect(asked()).toEqual(["mask -- a.service", "stop -- a.service"]);
    expect([changed(first), changed(second)]).toEqual(["1", "0"]);
  });

  test("changes nothing with --check, and says that it would, also of units that are yet to be installed", async () => {
    has({ "a.service": running });

    const ended = await run({ names: ["a.service", "new.service"] }, "--check");

    expect(ended.code, ended.output).toBe(0);
    expect(changed(ended)).toBe("1");
    expect(asked()).toEqual([]);
  });

  test("fails for a unit that is not there, with its name", async () => {
    has({ "a.service": running });

    const { code, output } = await run({ names: ["a.service", "new.service"] });

    expect(code).not.toBe(0);
    expect(output).toContain("names: units must exist, got new.service");
  });

  test("fails for a unit that does not start, with what systemd says", async () => {
    has({ "a.service": { ...stopped, UnitFileState: "enabled", broken: true } });

    const { code, output } = await run({ names: ["a.service"] });

    expect(code).not.toBe(0);
    expect(output).toContain("a.service failed because the control process exited");
  });
});
