import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/** How roles write files on hosts: what `npm run render-hosts` renders, and policies judge, is all of them. */

type Task = Readonly<Record<string, unknown>>;

const roles = join(import.meta.dirname, "../../ansible/roles");

/** A task, or each of a block with the tags that it inherits. */
function flat(task: Task): readonly Task[] {
  const inner = ["block", "rescue", "always"].flatMap((key) => (task[key] ?? []) as readonly Task[]);
  return [task, ...inner.flatMap((each) => flat({ ...each, tags: [tagsOf(task), tagsOf(each)].flat() }))];
}

const tagsOf = ({ tags = [] }: Task) => [tags].flat() as readonly string[];

const tasks = globSync("*/{tasks,handlers}/**/*.yml", { cwd: roles })
  .toSorted()
  .flatMap((file) =>
    ((parse(readFileSync(join(roles, file), "utf8")) ?? []) as readonly Task[])
      .flatMap(flat)
      .map((task) => ({ file, task })),
  );

/** Where modules with one of these names are used, with the tags of the task. */
const uses = (...modules: readonly string[]) =>
  tasks
    .filter(({ task }) => Object.keys(task).some((key) => modules.includes(key.split(".").at(-1) ?? "")))
    .map(({ file, task }) => ({ file, name: task["name"], tags: tagsOf(task) }));

describe("files that roles write on hosts", () => {
  test("are all rendered without a host", () => {
    const writing = uses("configuration");

    expect(writing.length).toBeGreaterThan(35);
    expect(new Set(writing.map(({ file }) => file.split("/")[0])).size).toBeGreaterThan(15);
    expect(writing.filter(({ tags }) => !tags.includes("render"))).toEqual([]);
  });

  test("are written in one way alone", () => {
    // What is looked for is found where it is.
    expect(uses("file", "stat").length).toBeGreaterThan(0);
    expect(uses("copy", "template", "lineinfile", "blockinfile", "replace", "assemble")).toEqual([]);
  });
});

describe("handlers of a run that ended before them", () => {
  const notifiers = tasks.filter(({ task }) => "notify" in task);
  const rolesOf = new Set(notifiers.map(({ file }) => file.split("/")[0] ?? ""));

  test("are owed in every role that notifies one, by files that differ", () => {
    const others = notifiers.filter(({ task }) => !("platform.hosts.configuration" in task));

    expect(rolesOf.size).toBeGreaterThan(13);
    // A data folder that is made once, for a server that does not run; and a handler that notifies another.
    expect(others.map(({ task }) => task["name"])).toEqual(["Make an empty database server", "Read logins of Redis"]);
  });

  test.each([...rolesOf])("are forgotten by the last handler of %s alone, whichever was notified", (role) => {
    const topics = notifiers
      .filter(({ file }) => file.startsWith(`${role}/`))
      .flatMap(({ task }) => [task["notify"]].flat());
    const last = tasks.filter(({ file }) => file === `${role}/handlers/main.yml`).at(-1)?.task;
    const asked = topics.filter((topic) => topic !== last?.["name"]);

    expect(last?.["ansible.builtin.file"]).toEqual({ path: `{{ platform_owed }}/${role}`, state: "absent" });
    expect(new Set(last?.["listen"] as readonly string[])).toEqual(new Set(asked));
    expect(last).not.toHaveProperty("when");
  });
});

describe("accounts whose data outlive the host", () => {
  const text = (file: string) => readFileSync(join(roles, file), "utf8");
  /** `u NAME {{ ROLE_uid }} ...` of systemd-sysusers, before the packages that would make the account by a number of their own. */
  const numbered = globSync("*/tasks/install.yml", { cwd: roles }).flatMap((file) => {
    const role = dirname(dirname(file));
    const [before = ""] = text(file).split("ansible.builtin.apt:");
    const [, name = "", variable = ""] = /^ +- u (\S+) \{\{ (\w+) \}\}/m.exec(before) ?? [];
    if (name === "") return [];
    return [{ role, name, uid: parse(text(join(role, "vars/main.yml")))[variable] as number }];
  });

  test("have one number each, which no package gives", () => {
    expect(new Set(numbered.map(({ role }) => role))).toEqual(
      new Set(["etcd", "mariadb", "mongodb", "redis_local", "redis_sentinel"]),
    );
    const byName = new Map(numbered.map(({ name, uid }) => [name, uid]));
    expect(numbered.map(({ name, uid }) => uid === byName.get(name))).not.toContain(false);
    expect(new Set(byName.values()).size).toBe(byName.size);
    // Between what adduser counts up from 100 to and what systemd-sysusers counts down from 999 to.
    expect([...byName.values()].filter((uid) => !(uid >= 614 && uid < 700))).toEqual([]);
  });
});
