import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { changed, runTasks } from "./support/task.ts";

/** Handlers of a run that ends before them, by the real Ansible with a role of two handlers. */

const directory = mkdtempSync(join(tmpdir(), "owed-handlers-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const { username } = userInfo();
const at = (...parts: readonly string[]) => join(directory, ...parts);
const told = () => (existsSync(at("told")) ? readFileSync(at("told"), "utf8").split("\n").slice(0, -1) : []);

function role(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = at("roles/program", name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

const handler = (name: string) => ({
  name,
  "ansible.builtin.shell": `test ! -e '${at("refuses")}' && echo '${name}' >> '${at("told")}'`,
});

beforeEach(() => {
  for (const name of ["roles", "host", "owed", "told", "refuses"]) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(at("host"));
  role({
    "templates/limits.j2": "limits {{ limit }}\n",
    "tasks/main.yml": [
      {
        name: "Write limits",
        "platform.hosts.configuration": {
          owner: username,
          group: username,
          files: [{ src: "limits.j2", dest: at("host/limits"), validate: "grep -v broken %s" }],
        },
        notify: ["Reload", "Tell"],
      },
      { name: "End here", "ansible.builtin.fail": {}, when: "ends_here is defined" },
    ],
    "handlers/main.yml": [
      handler("Reload"),
      handler("Tell"),
      {
        name: "Forget",
        "ansible.builtin.file": { path: "{{ platform_owed }}/program", state: "absent" },
        listen: ["Reload", "Tell"],
      },
    ],
  });
});

const run = (limit: string, ...options: readonly string[]) =>
  runTasks({
    directory,
    tasks: [{ "ansible.builtin.import_role": { name: "program" } }],
    environment: { ANSIBLE_ROLES_PATH: at("roles") },
    options: ["-e", `limit=${limit}`, "-e", `platform_owed=${at("owed")}`, ...options],
  });

test("run in the next run when one ends between a file and them, and no more after that", async () => {
  const [cutOff, next, last] = [await run("10", "-e", "ends_here=true"), await run("10"), await run("10")];

  expect([cutOff.code, next.code, last.code], cutOff.output + next.output).toEqual([2, 0, 0]);
  expect(told()).toEqual(["Reload", "Tell"]);
  expect(changed(last)).toBe("0");
  expect(existsSync(at("owed/program"))).toBe(false);
});

test("run again when one of them failed", async () => {
  writeFileSync(at("refuses"), "");
  const refused = await run("10");
  rmSync(at("refuses"));
  const next = await run("10");

  expect([refused.code, next.code], next.output).toEqual([2, 0]);
  expect(told()).toEqual(["Reload", "Tell"]);
});

test("are owed to nobody after a file that its program refuses, or with --check", async () => {
  const [checked, refused] = [await run("10", "--check"), await run("broken")];

  expect([checked.code, refused.code]).toEqual([0, 2]);
  expect(existsSync(at("owed"))).toBe(false);
});

test("that are owed are announced by --check, and still owed after it", async () => {
  await run("10", "-e", "ends_here=true");

  const checked = await run("10", "--check", "-e", "ends_here=true");

  expect(changed(checked)).toBe("1");
  expect(existsSync(at("owed/program/Reload"))).toBe(true);
});
