import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf } from "../../ansible/inventory.ts";
import { idleMinutes } from "../../constructs/audit/session-preferences.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";

/** What a run may ask of a session, which ends when nothing is put into it for a while (BRK-24.6). */

interface Step {
  readonly name: string;
  readonly block?: readonly Step[];
  readonly async?: string;
  readonly poll?: number;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly tasks?: readonly Step[];
}

const IDLE = idleMinutes * 60;
const ansible = join(import.meta.dirname, "../../ansible");
const read = (path: string): readonly Step[] => parse(readFileSync(join(ansible, path), "utf8")) as readonly Step[];
const flat = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step) => [step, ...flat(step.block ?? []), ...flat(step.tasks ?? [])]);

const estates = catalogue.environments.map((environment) => inventoryOf(resolveEstate(catalogue, environment)));

/** Seconds by the names that tasks use. */
const seconds: Readonly<Record<string, number>> = {
  ...parse(readFileSync(join(ansible, "roles/python_service/vars/main.yml"), "utf8")),
  restore_seconds: 7200,
};

describe("a run by Session Manager", () => {
  test("waits for a command as long as its session lasts, and runs none twice", () => {
    for (const { environmentVars } of estates) {
      expect(environmentVars).toMatchObject({ ansible_aws_ssm_timeout: IDLE, ansible_aws_ssm_retries: 0 });
    }
  });

  test("polls what may take longer without a word, and runs it with --check, too", () => {
    const files = globSync(["playbooks/**/*.yml", "roles/*/{tasks,handlers}/*.yml"], { cwd: ansible }).toSorted();
    const polled = files.flatMap((file) =>
      flat(read(file)).flatMap(({ name, async, poll }) =>
        async === undefined
          ? []
          : [
              {
                file,
                name,
                limit: /^\{\{ ansible_check_mode \| ternary\(0, (\w+)(?: \| int)?\) \}\}$/.exec(async)?.[1],
                poll,
              },
            ],
      ),
    );

    expect(polled.map(({ file, name, limit }) => [file, name, limit])).toEqual([
      ["playbooks/restore-mariadb.yml", "Keep the present state", "restore_seconds"],
      ["playbooks/restore-mariadb.yml", "Replace the database", "restore_seconds"],
      ["playbooks/tasks/patch-host.yml", "Update every package", "3600"],
      ["playbooks/tasks/restore-postgres.yml", "Restore the base backup, and say how far to go", "restore_seconds"],
      ["playbooks/tasks/restore-postgres.yml", "Replay the log up to the moment", "restore_seconds"],
      [
        "roles/python_service/tasks/release_migrate.yml",
        "Back up before the schema changes",
        "python_service_job_seconds",
      ],
      [
        "roles/python_service/tasks/release_migrate.yml",
        "Run what the release asks for before it is switched to",
        "python_service_job_seconds",
      ],
    ]);
    // A poll is input; without one the task would be left to itself.
    expect(polled.filter(({ poll = 0 }) => poll <= 0 || poll >= IDLE)).toEqual([]);
    const named = polled.map(({ limit = "" }) => seconds[limit] ?? Number(limit));
    expect(named.filter((limit) => !(limit > IDLE))).toEqual([]);
    for (const name of ["restore-mariadb.yml", "restore-postgres.yml"]) {
      expect(read(`playbooks/${name}`)[1]?.vars?.["restore_seconds"]).toBe(seconds["restore_seconds"]);
    }
  });

  test("lets a backup or job before a release come to its own end", () => {
    const limits = estates.flatMap(({ groupVars }) =>
      Object.values(groupVars).flatMap((variables) =>
        ["backup_agent_tasks", "python_service_jobs"].flatMap((name) =>
          ((variables[name] ?? []) as readonly { readonly limit_seconds: number }[]).map((each) => each.limit_seconds),
        ),
      ),
    );

    expect(Math.max(...limits)).toBeGreaterThan(IDLE);
    expect(Math.max(...limits)).toBeLessThan(seconds["python_service_job_seconds"] ?? 0);
  });
});

test("a restart is ordered for later, so that the session that orders it is closed before", () => {
  const steps = read("playbooks/tasks/restart-host.yml") as readonly (Step & Readonly<Record<string, unknown>>)[];
  const ordered = steps.findIndex((step) => JSON.stringify(step["ansible.builtin.command"] ?? "").includes("reboot"));

  expect(steps[ordered]?.["ansible.builtin.command"]).toEqual({
    argv: ["systemd-run", "--on-active=10s", "--timer-property=AccuracySec=1s", "systemctl", "reboot"],
  });
  // Whoever asks a host on its way down gives up soon, and in a session of its own.
  const waiting = steps.slice(ordered + 1, ordered + 4);
  expect(waiting.map(({ vars }) => vars?.["ansible_aws_ssm_timeout"])).toEqual([30, 30, 30]);
  expect(waiting[0]).toHaveProperty(["ansible.builtin.wait_for_connection"]);
  expect(waiting[1]).toMatchObject({ ignore_unreachable: true });
  expect(steps.at(-1)?.["ansible.builtin.assert"]).toMatchObject({
    that: "restart_now.stdout != restart_before.stdout",
  });
  const playbooks = globSync("playbooks/**/*.yml", { cwd: ansible }).map((file) =>
    readFileSync(join(ansible, file), "utf8"),
  );
  expect(playbooks.filter((text) => /^\s+(ansible\.builtin\.)?reboot:/m.test(text))).toEqual([]);
});
