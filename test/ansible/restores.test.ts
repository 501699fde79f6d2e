import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { playsOf, runPlaybooks } from "./support/playbook.ts";

/** What a restore of MariaDB does on its host, as the real Ansible works it out of the playbook. */

interface Task {
  readonly name: string;
  readonly loop?: string;
  readonly when?: string;
  readonly block?: readonly Task[];
  readonly rescue?: readonly Task[];
  readonly vars?: Readonly<Record<string, string>>;
  readonly "ansible.builtin.fail"?: { readonly msg: string };
}
interface Play {
  readonly vars: Readonly<Record<string, unknown>>;
  readonly tasks: readonly Task[];
}

const HOST = "prd-brk-main-a";
const KEEP = "Keep the present state";
const [, play] = playsOf("restore-mariadb.yml") as readonly [unknown, Play];
const { block = [], rescue = [] } = play.tasks.find((task) => task.block !== undefined) ?? {};
const named = (tasks: readonly Task[], name: string) => tasks.find((task) => task.name === name);
const report = named(rescue, "Say how it stands, and the way back");

const directory = mkdtempSync(join(tmpdir(), "restores-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Values of expressions as the tasks of the play would see them on the host. */
async function values(expressions: Readonly<Record<string, unknown>>, told: Readonly<Record<string, unknown>>) {
  const path = join(directory, "play.yml");
  const task = { name: "Say", vars: report?.vars ?? {}, "ansible.builtin.debug": { msg: expressions } };
  writeFileSync(
    path,
    JSON.stringify([{ hosts: HOST, gather_facts: false, vars: { ...play.vars, ...told }, tasks: [task] }]),
  );
  const { output } = await runPlaybooks([path], []);
  const [, text = ""] = /^ok: \[.+\] => (\{.*?^\})$/ms.exec(output) ?? [];
  return (JSON.parse(text) as { readonly msg: Readonly<Record<string, unknown>> }).msg;
}

describe("MariaDB is restored from a dump", () => {
  const loops = { stopped: named(block, "Stop who writes")?.loop, started: named(block, "Start who writes")?.loop };
  const copying = { copies: `{{ ${named(block, KEEP)?.when} }}`, says: report?.["ansible.builtin.fail"]?.msg };
  const failed = { ansible_failed_task: { name: KEEP }, restore_before: "/srv/data/restore/before.sql.zst" };

  test("while nobody writes: a dump or a purge that runs is stopped too, and not started again", async () => {
    const { stopped, started } = await values(loops, {});
    const timers = [
      "database",
      "certificates",
      "encryption-keys",
      "purge",
      "statistics",
      "crl-refresh-main",
      "cert-check-main",
    ];
    const stopping = [...timers.map((name) => `platform-task-${name}.timer`), "main_server.service", "nginx.service"];

    expect(stopped).toEqual([...stopping, ...timers.map((name) => `platform-task-${name}.service`)]);
    expect(started).toEqual(stopping.toReversed());
  });

  test("after a copy of what is there; where that fails it is said how to go on without", async () => {
    expect(block.map(({ name }) => name).slice(0, 3)).toEqual(["Stop who writes", KEEP, "Replace the database"]);
    expect(await values(copying, failed)).toEqual({
      copies: true,
      says:
        '"Keep the present state" failed; the data are as they were. With -e restore_without_copy=true the restore goes on ' +
        "without it, and what is there now is lost for good",
    });
  });

  test("without a copy when it is told so, and says that nothing was kept", async () => {
    const replaced = {
      ansible_failed_task: { name: "Replace the database" },
      restore_replaced: {},
      restore_units: ["a", "b"],
    };

    expect(await values(copying, { ...failed, ...replaced, restore_without_copy: "true" })).toEqual({
      copies: false,
      says: '"Replace the database" failed; a, b stay stopped, and nothing was kept of what was there before: run this again',
    });
  });
});
