import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Given, taskHost } from "./backup-agent/host.ts";

/** Recurring jobs: their order, their lock, what they leave. */

const { cloud, host, at, program, run, vault, metrics } = taskHost();

describe("the purge", () => {
  const purge = (): Given => ({
    name: "purge",
    kind: "job",
    does: { command: ["sh", "-c", `touch ${host()}/purged`], user: "root", directory: "/" },
    schedule: { every: "week", on: "sunday", at: "04:00", zone: "UTC" },
    after: { name: "database", schedule: { every: "day", at: "02:00", zone: "UTC" } },
  });
  const dump = (): Given => ({
    name: "database",
    does: { method: "archive", paths: [join(host(), "bin")], without_keys: false, ...at() },
  });
  const sunday = { name: "purge", at: "2026-11-22T04:00:00+00:00" };

  test("runs after the dump of that night [BRK-27.4, BRK-27.5, BRK-SEC.26]", async () => {
    await run([purge(), dump()], { name: "database", at: "2026-11-22T02:00:01+00:00" });

    const { code } = await run([purge(), dump()], sunday);

    expect({ code, purged: existsSync(join(host(), "purged")) }).toEqual({ code: 0, purged: true });
  });

  test.each([
    ["there was no dump", undefined, "none"],
    ["the last dump is of the night before", "2026-11-21T02:00:01+00:00", "one that began 2026-11-21 02:00 UTC"],
  ])("fails when %s, and deletes nothing [BRK-27.5]", async (_why, before, got) => {
    if (before !== undefined) await run([purge(), dump()], { name: "database", at: before });

    const { code, err } = await run([purge(), dump()], sunday);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `purge: Refused: database: must have succeeded since its start of 2026-11-22 02:00 UTC, got ${got}`,
    });
    expect(existsSync(join(host(), "purged"))).toBe(false);
    expect(metrics("purge")).toContain('platform_task_failed{task="purge",kind="job"} 1');
  });

  test("fails when the dump of that night failed", async () => {
    await run([purge(), dump()], { name: "database", at: "2026-11-21T02:00:01+00:00" });
    const broken = { ...dump(), does: { ...dump().does, paths: ["/no/such/path"] } };
    await run([purge(), broken], { name: "database", at: "2026-11-22T02:00:01+00:00" });

    expect(await run([purge(), broken], sunday)).toMatchObject({ code: 1 });
  });
});

test("a task does not start while it runs", async () => {
  const slow: Given = { kind: "job", does: { command: ["sleep", "3"], user: "root", directory: "/" } };
  mkdirSync(join(host(), "state"));
  const { code, err } = await cloud().python(
    `
import fcntl, sys
from tasks import program
held = open(sys.argv[1], "w"); fcntl.flock(held, fcntl.LOCK_EX)
import subprocess
sys.exit(program.main(["--configuration", sys.argv[2], "run", "copy"]))`,
    [join(host(), "state/copy.lock"), await prepared({ ...slow })],
  );

  expect({ code, err: err.trim() }).toEqual({ code: 75, err: "copy: runs already" });
});
async function prepared(given: Given): Promise<string> {
  await run(given, { what: "require" });
  return join(host(), "tasks.json");
}

test("a task that is gone is stopped, and leaves no secret, metric or record; others stay", async () => {
  const job = (name: string): Given => ({
    name,
    kind: "job",
    does: { command: ["true"], user: "root", directory: "/" },
  });
  const units = join(host(), "units");
  mkdirSync(units);
  for (const name of ["old", "kept"]) {
    for (const ending of ["timer", "service"]) writeFileSync(join(units, `platform-task-${name}.${ending}`), "");
    writeFileSync(join(host(), "secrets", `${name}.env`), "PASSWORD=HUSH\n");
    await run(job(name), { name });
  }
  writeFileSync(join(host(), "metrics/node.prom"), "");
  program(
    "systemctl",
    `echo "$@" >> ${host()}/said; case "$1" in is-enabled) echo enabled ;; is-active) echo active ;; show) echo no ;; esac`,
  );
  const arm = async () =>
    cloud().python(
      `
import pathlib, sys
from tasks import arm, program
arm.UNITS = pathlib.Path(sys.argv[2])
sys.exit(program.main(["--configuration", sys.argv[1], "arm"]))`,
      [await prepared(job("kept")), units],
      { environment: { PATH: `${join(host(), "bin")}:${process.env["PATH"]}` } },
    );

  const first = await arm();
  const second = await arm();

  const changes = [
    "platform-task-old.timer",
    "metrics/platform-task-old.prom",
    "secrets/old.env",
    "state/old.json",
    "state/old.lock",
  ];
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out.replaceAll(`${host()}/`, "")).toBe(changes.map((what) => `changed: ${what} is gone\n`).join(""));
  expect(second).toEqual({ code: 0, out: "", err: "" });
  expect(readFileSync(join(host(), "said"), "utf8").split("\n")).toEqual(
    expect.arrayContaining([
      "disable --now --quiet platform-task-old.timer",
      "stop platform-task-old.service",
      // A timer starts its service as systemd knows it: the files of both count.
      "show --property=NeedDaemonReload --value platform-task-kept.service platform-task-kept.timer",
      "daemon-reload",
    ]),
  );
  const left = readdirSync(host(), { recursive: true, encoding: "utf8" }).filter((path) => /old|kept|node/.test(path));
  expect(left.toSorted()).toEqual([
    "metrics/node.prom",
    "metrics/platform-task-kept.prom",
    "secrets/kept.env",
    "state/kept.json",
    "state/kept.lock",
    "units/platform-task-kept.service",
    "units/platform-task-kept.timer",
  ]);
});

test("files that a job leaves are stored, and are gone from the host", async () => {
  const does = {
    command: ["sh", "-c", 'echo head > "$BACKUP_DIR/head.json"'],
    user: "root",
    directory: "/",
    leaves: at(),
  };

  const { code, err } = await run({ kind: "job", does });

  const [copy = "", ...others] = await vault();
  expect({ code, err, others: others.length }).toEqual({ code: 0, err: "", others: 1 });
  expect(copy).toMatch(/-head\.json$/);
  expect((await cloud().get("vault", copy)).toString()).toBe("head\n");
});

describe("statistics of messages", () => {
  const statistics = join(import.meta.dirname, "../../../ansible/roles/backup_agent/files/broker-statistics.py");
  const collect = () =>
    cloud().python(
      "import runpy, sys; sys.argv[0:1] = []; runpy.run_path(sys.argv[0], run_name='__main__')",
      [statistics, join(host(), "metrics")],
      {
        environment: { PATH: `${join(host(), "bin")}:${process.env["PATH"]}` },
      },
    );

  test("of day, week and month are metrics, by the login for them [BRK-28.1] [BRK-28.2] [BRK-28.4] [BRK-31.5]", async () => {
    program("mariadb", `echo "$@" >> ${host()}/arguments; printf 'domain\\ttotal\\tratio\\nacme\\t12\\t0.5\\n'`);

    const { code, err } = await collect();

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(readFileSync(join(host(), "metrics/broker-statistics.prom"), "utf8").split("\n").slice(2)).toEqual([
      'broker_messages{period="day",statistic="total",domain="acme"} 12',
      'broker_messages{period="day",statistic="ratio",domain="acme"} 0.5',
      'broker_messages{period="week",statistic="total",domain="acme"} 12',
      'broker_messages{period="week",statistic="ratio",domain="acme"} 0.5',
      'broker_messages{period="month",statistic="total",domain="acme"} 12',
      'broker_messages{period="month",statistic="ratio",domain="acme"} 0.5',
      "",
    ]);
    expect(readFileSync(join(host(), "arguments"), "utf8").split("\n")[0]).toBe(
      "--defaults-extra-file=/etc/message-broker/metrics.cnf --batch message_system --execute=CALL sp_get_stats('day', NULL)",
    );
  });

  test("fails when the procedure fails, and leaves the last figures", async () => {
    program("mariadb", "echo denied >&2; exit 1");

    const { code, err } = await collect();

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "sp_get_stats('day'): must succeed, ended with exit code 1: denied",
    });
    expect(existsSync(join(host(), "metrics/broker-statistics.prom"))).toBe(false);
  });
});

describe("the count of purged messages", () => {
  const purge = join(import.meta.dirname, "../../../ansible/roles/backup_agent/files/broker-purge.py");
  const told = (rows: string) => `echo "$@" >> ${host()}/arguments; printf '${rows}'`;
  const collect = () =>
    cloud().python(
      `
import runpy, sys, textfile
sys.argv[0:1] = []
textfile.FOLDER = sys.argv.pop(1)
runpy.run_path(sys.argv[0], run_name="__main__")`,
      [purge, join(host(), "metrics"), "mariadb", "--execute=CALL sp_cleanup_old_messages(180)"],
      { environment: { PATH: `${join(host(), "bin")}:${process.env["PATH"]}` } },
    );
  const counted = () => readFileSync(join(host(), "metrics/broker-purge.prom"), "utf8");

  test("grows by what each purge deleted, as the procedure tells [BRK-27.2]", async () => {
    program("mariadb", told("deleted_count\\tcutoff_date\\n12\\t2026-05-26 04:00:00\\n"));

    const first = await collect();
    const second = await collect();

    expect([first, second]).toEqual(Array(2).fill({ code: 0, out: "12 messages deleted\n", err: "" }));
    expect(counted().split("\n").slice(1)).toEqual([
      "# TYPE broker_cleanup_deleted_total counter",
      "broker_cleanup_deleted_total 24",
      "",
    ]);
    expect(readFileSync(join(host(), "arguments"), "utf8").split("\n")[0]).toBe(
      "--execute=CALL sp_cleanup_old_messages(180)",
    );
  });

  test.each([
    ["the procedure fails", "echo denied >&2; exit 1", "denied\nmariadb: must succeed, ended with exit code 1"],
    [
      "no count is told",
      "printf 'cutoff_date\\n2026-05-26\\n'",
      "sp_cleanup_old_messages: must tell deleted_count once, told [None]",
    ],
    ["nothing is told", "true", "sp_cleanup_old_messages: must tell deleted_count once, told []"],
  ])("fails when %s, and keeps what was counted", async (_why, script, said) => {
    program("mariadb", told("deleted_count\\n3\\n"));
    await collect();
    program("mariadb", script);

    const { code, err } = await collect();

    expect({ code, err: err.trim() }).toEqual({ code: 1, err: said });
    expect(counted()).toContain("\nbroker_cleanup_deleted_total 3\n");
  });
});
