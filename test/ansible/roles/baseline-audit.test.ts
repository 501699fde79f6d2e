import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { type Rendered, render } from "../support/render.ts";

const root = join(import.meta.dirname, "../../..");
const HOST = "dev-tkt-api-a";

/** What the kernel knows when a program was executed; ids of an account that nobody logged in as are unset. */
interface Executed {
  readonly path: string;
  readonly uid: number;
  readonly euid: number;
  readonly auid: number;
}
const UNSET = 2 ** 32 - 1;
/** Session Manager logs nobody in: whoever comes by it has no login uid, before and after sudo. */
const people = { uid: 1001, euid: 1001, auid: UNSET };

const compared: Readonly<Record<string, (got: number, wanted: number) => boolean>> = {
  "=": (got, wanted) => got === wanted,
  "!=": (got, wanted) => got !== wanted,
  ">=": (got, wanted) => got >= wanted,
};

/** Whether a rule records an execution: the part of audit.rules(7) that rules of the role use. */
function records(rule: string, executed: Executed): boolean {
  const calls = /-S (\S+)/.exec(rule)?.[1]?.split(",");
  const fields = [...rule.matchAll(/-F (\w+)([!>]?=)(\S+)/g)];
  return (
    rule.startsWith("-a always,exit ") &&
    (calls?.includes("execve") ?? fields.some(([, name, , value]) => name === "perm" && value?.includes("x"))) &&
    fields.every(([, name = "", operator = "", value = ""]) => {
      if (name === "arch" || name === "perm") return true;
      if (name === "path") return executed.path === value;
      const got = executed[name as "uid" | "euid" | "auid"];
      return compared[operator]?.(got, value === "unset" ? UNSET : Number(value)) === true;
    })
  );
}

describe("audit rules of a host", () => {
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([baseline], [HOST]);
  }, 120_000);
  afterAll(() => rendered.remove());
  const rules = () => rendered.text(HOST, "etc/audit/rules.d/zz-platform.rules").split("\n");
  const keys = (executed: Executed) =>
    rules()
      .filter((rule) => records(rule, executed))
      .map((rule) => /-k (\w+)/.exec(rule)?.[1]);

  test("record each session that begins, and what its person runs as root [NOD-5.5]", () => {
    expect(keys({ path: "/usr/bin/ssm-session-worker", uid: 0, euid: 0, auid: UNSET })).toEqual(["session"]);
    expect(keys({ ...people, path: "/usr/bin/sudo", euid: 0 })).toEqual(["privileged"]);
    expect(keys({ ...people, path: "/usr/bin/su", euid: 0 })).toEqual(["privileged"]);
  });

  test("record no program that a service runs, nor one that people run as themselves", () => {
    expect(keys({ path: "/usr/bin/pgbackrest", uid: 0, euid: 0, auid: UNSET })).toEqual([]);
    expect(keys({ path: "/usr/bin/redis-cli", uid: 990, euid: 990, auid: UNSET })).toEqual([]);
    expect(keys({ ...people, path: "/usr/bin/ls" })).toEqual([]);
  });

  // augenrules takes the last of -f, -b and -e, in the order of `ls -1v`; the package brings audit.rules.
  test("are read after those of the package", () => {
    const ours = execFileSync("find", [
      join(rendered.folder, HOST, "etc/audit/rules.d"),
      "-type",
      "f",
      "-printf",
      "%f\\n",
    ]);
    const order = execFileSync("sort", ["--version-sort"], { input: `audit.rules\n${ours}`, encoding: "utf8" });
    expect(order.split("\n")).toEqual(["audit.rules", ours.toString().trim(), ""]);
  });

  test("[BRK-24.6] leave the host by the journal: what is recorded here, root could delete here", () => {
    const plugin = rendered.text(HOST, "etc/audit/plugins.d/syslog.conf");
    expect(plugin).toMatch(/^active = yes$/m);
    expect(plugin).toMatch(/^path = \/sbin\/audisp-syslog$/m);
  });

  test("are locked by their last line", () => {
    expect(rules().findLast((line) => line !== "")).toBe("-e 2");
  });
});

describe("changed audit rules", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "audit-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the role's handlers where the kernel says this of its audit; what was done. */
  function applied(enabled: number) {
    const program = (name: string, text: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    program("auditctl", `printf 'enabled ${enabled}\\nfailure 1\\n'`);
    program("augenrules", `echo "$@" > "${folder}/loaded"`);
    const changed = { name: "Change rules", "ansible.builtin.command": "true", notify: "Load audit rules" };
    const play = {
      hosts: "localhost",
      gather_facts: false,
      tasks: [changed],
      handlers: [{ "ansible.builtin.import_tasks": join(root, "ansible/roles/baseline/handlers/main.yml") }],
    };
    writeFileSync(join(folder, "play.yml"), JSON.stringify([play]));
    const told = {
      platform_simulated: false,
      platform_owed: join(folder, "owed"),
      baseline_restart_wanted: join(folder, "reboot-required"),
    };
    execFileSync(
      pythonProgram(root, "ansible-playbook"),
      ["-i", "localhost,", "-c", "local", "-e", JSON.stringify(told), join(folder, "play.yml")],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          PATH: `${folder}:${process.env["PATH"]}`,
          HOME: folder,
          ANSIBLE_CONFIG: join(root, "ansible/ansible.cfg"),
          ANSIBLE_HOME: join(folder, ".ansible"),
        },
      },
    );
    const loaded = join(folder, "loaded");
    return {
      loaded: existsSync(loaded) ? readFileSync(loaded, "utf8").trim() : undefined,
      restart: existsSync(join(folder, "reboot-required")),
    };
  }

  test("are loaded while nothing locks them", () => {
    expect(applied(1)).toEqual({ loaded: "--load", restart: false });
  });

  test("ask for a restart once they are locked, since the kernel takes none", () => {
    expect(applied(2)).toEqual({ loaded: undefined, restart: true });
  });
});
