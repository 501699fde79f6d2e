import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { onCalendar } from "../../../ansible/inventory/calendar.ts";
import { backupAgent } from "../../../ansible/inventory/roles/backup-agent.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { daily, everyMinutes, quarterly, weekly } from "../../../services/define.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { requireProgram } from "../../support/program.ts";
import { type Cloud, startCloud } from "../support/cloud.ts";
import { type Rendered, render } from "../support/render.ts";

const zstd = promisify(zstdDecompress);
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

let host: string;
let prefix: string;
/** Programs of other packages, as a host would have them: each is a few lines of shell. */
const program = (name: string, text: string) => {
  const path = join(host, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
};
beforeEach(() => {
  host = mkdtempSync(join(cloud.folder, "host-"));
  prefix = `${host.slice(-6)}/`;
  for (const folder of ["bin", "metrics", "secrets"]) mkdirSync(join(host, folder));
});

interface Given {
  readonly name?: string;
  readonly kind?: "backup" | "job";
  readonly does: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}
const task = ({ name = "copy", kind = "backup", ...more }: Given) => ({
  name,
  kind,
  schedule: { every: "day", at: "02:00", zone: "UTC" },
  after: {},
  ...more,
});

/** Runs a task as its timer would, at a moment if one is given. */
function run(given: Given | readonly Given[], { name = "copy", at = "", what = "run" } = {}) {
  const settings = {
    region: "eu-central-1",
    host: "main-a",
    domain: "main-a.broker.internal",
    state: join(host, "state"),
    metrics: join(host, "metrics"),
    secrets: join(host, "secrets"),
    timers: [],
    tasks: [given].flat().map(task),
  };
  writeFileSync(join(host, "tasks.json"), JSON.stringify(settings));
  const path = `${join(host, "bin")}:${process.env["PATH"]}`;
  const clock =
    at === ""
      ? ""
      : `
import time
class Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None): return cls.fromisoformat("${at}")
program.datetime = type("module", (), {"datetime": Clock, "timezone": datetime.timezone})
program.time = type("module", (), {"time": staticmethod(lambda: Clock.now().timestamp())})`;
  return cloud.python(
    `
import datetime, sys
from tasks import program, stream${clock}
stream.PATH = "${path}"
sys.exit(program.main(["--configuration", *sys.argv[1:]]))`,
    [join(host, "tasks.json"), what, name],
    { environment: { PATH: path } },
  );
}
const vault = () => cloud.keys("vault", prefix);
const metrics = (name = "copy") => readFileSync(join(host, "metrics", `platform-task-${name}.prom`), "utf8");
const at = () => ({ bucket: "vault", prefix });
const hasZstd = requireProgram("zstd", "apt-get install zstd");

describe.runIf(hasZstd)("a copy of the broker's database", () => {
  const does = () => ({
    method: "mysqldump",
    database: "message_system",
    option_file: "/etc/message-broker/backup.cnf",
    ...at(),
  });

  test("goes to the vault under a name of its own, with its checksum beside it [BRK-25.2]", async () => {
    program("mariadb-dump", `echo "$@" > ${host}/arguments; echo "CREATE TABLE messages"`);

    const { code, err } = await run({ does: does() });

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [copy = "", manifest = "", ...others] = await vault();
    expect(others).toEqual([]);
    expect(copy).toMatch(new RegExp(`^${prefix}\\d{4}/\\d\\d/\\d\\d/main-a-\\d{8}T\\d{6}\\.\\d{6}Z\\.sql\\.zst$`));
    const body = await cloud.get("vault", copy);
    const digest = createHash("sha256").update(body).digest("hex");
    expect((await zstd(body)).toString()).toBe("CREATE TABLE messages\n");
    expect((await cloud.get("vault", manifest)).toString()).toBe(`${digest}  ${copy.split("/").at(-1)}\n`);
  });

  test("asks for no password, and takes procedures, triggers and events along [BRK-25.2, BRK-SEC.12]", async () => {
    program("mariadb-dump", `echo "$@" > ${host}/arguments; echo dump`);

    await run({ does: does() });

    const said = readFileSync(join(host, "arguments"), "utf8").trim().split(" ");
    expect(said[0]).toBe("--defaults-extra-file=/etc/message-broker/backup.cnf");
    expect(said).toEqual(expect.arrayContaining(["--single-transaction", "--routines", "--triggers", "--events"]));
    expect(said.filter((word) => /^(-p|--password)/.test(word))).toEqual([]);
  });

  test("leaves nothing on the host but its record [BRK-SEC.14]", async () => {
    program("mariadb-dump", "echo HUSH");

    await run({ does: does() });

    const files = readdirSync(host, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const dumps = files.filter((file) => file.parentPath !== join(host, "bin"));
    expect(dumps.map(({ name }) => name).toSorted()).toEqual([
      "copy.json",
      "copy.lock",
      "platform-task-copy.prom",
      "tasks.json",
    ]);
    for (const { parentPath, name } of dumps)
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain("HUSH");
  });

  test("fails when the program fails half-way, and S3 shows nothing of it", async () => {
    program("mariadb-dump", "head -c 100000 /dev/urandom; exit 3");

    const { code, err } = await run({ does: does() });

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "copy: Refused: mariadb-dump: must succeed, ended with exit code 3",
    });
    expect(await vault()).toEqual([]);
    expect(metrics()).toContain('platform_task_failed{task="copy",kind="backup"} 1');
    expect(metrics()).not.toContain("platform_task_last_success_timestamp_seconds{");
  });

  test("fails when it is stopped at its limit, and says so", async () => {
    program("mariadb-dump", "kill -TERM $PPID; sleep 5");

    const { code, err } = await run({ does: does() });

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "copy: Refused: limit: must end within it, was stopped",
    });
    expect(metrics()).toContain('platform_task_failed{task="copy",kind="backup"} 1');
  });

  test("is told apart from the day before by metrics of size and time [BRK-25.5]", async () => {
    program("mariadb-dump", "echo dump");

    await run({ does: does() });

    expect(metrics()).toMatch(/platform_task_last_success_timestamp_seconds\{task="copy",kind="backup"\} \d{10}/);
    expect(metrics()).toMatch(/platform_backup_size_bytes\{task="copy",kind="backup"\} [1-9]\d*/);
    expect(metrics()).toContain('platform_task_failed{task="copy",kind="backup"} 0');
  });
});

describe("the purge", () => {
  const purge = (): Given => ({
    name: "purge",
    kind: "job",
    does: { command: ["sh", "-c", `touch ${host}/purged`], user: "root", directory: "/" },
    schedule: { every: "week", on: "sunday", at: "04:00", zone: "UTC" },
    after: { name: "database", schedule: { every: "day", at: "02:00", zone: "UTC" } },
  });
  const dump = (): Given => ({
    name: "database",
    does: { method: "archive", paths: [join(host, "bin")], without_keys: false, ...at() },
  });
  const sunday = { name: "purge", at: "2026-11-22T04:00:00+00:00" };

  test("runs after the dump of that night [BRK-27.4, BRK-27.5, BRK-SEC.26]", async () => {
    await run([purge(), dump()], { name: "database", at: "2026-11-22T02:00:01+00:00" });

    const { code } = await run([purge(), dump()], sunday);

    expect({ code, purged: existsSync(join(host, "purged")) }).toEqual({ code: 0, purged: true });
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
    expect(existsSync(join(host, "purged"))).toBe(false);
    expect(metrics("purge")).toContain('platform_task_failed{task="purge",kind="job"} 1');
  });

  test("fails when the dump of that night failed", async () => {
    await run([purge(), dump()], { name: "database", at: "2026-11-21T02:00:01+00:00" });
    const broken = { ...dump(), does: { ...dump().does, paths: ["/no/such/path"] } };
    await run([purge(), broken], { name: "database", at: "2026-11-22T02:00:01+00:00" });

    expect(await run([purge(), broken], sunday)).toMatchObject({ code: 1 });
  });
});

describe.runIf(hasZstd)("an archive", () => {
  test("of certificates follows links to the present ones, and holds no key [BRK-25.3, BRK-SEC.4]", async () => {
    const certs = join(host, "certs");
    mkdirSync(join(certs, ".server.crt.d/1"), { recursive: true });
    mkdirSync(join(certs, "clients/acme"), { recursive: true });
    for (const file of [
      ".server.crt.d/1/server.crt",
      ".server.crt.d/1/server.key",
      "clients/acme/1.crt",
      "clients/acme/x.key",
      "ca.key",
    ])
      writeFileSync(join(certs, file), file);
    await cloud.python("import os, sys; os.symlink('.server.crt.d/1/server.crt', sys.argv[1])", [
      join(certs, "server.crt"),
    ]);
    const paths = ["server.crt", "clients"].map((name) => join(certs, name));

    const { code, err } = await run({ does: { method: "archive", paths, without_keys: true, ...at() } });

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [copy = ""] = await vault();
    const tar = (await zstd(await cloud.get("vault", copy))).toString("latin1");
    expect(tar).toContain(".server.crt.d/1/server.crt");
    expect(tar).toContain("clients/acme/1.crt");
    expect(tar).not.toMatch(/\.key/);
  });

  test("fails when a path is missing [TKT-7.6]", async () => {
    const { code, err } = await run({
      does: { method: "archive", paths: ["/no/such/.env"], without_keys: false, ...at() },
    });

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "copy: Refused: /no/such/.env: must be there to be copied",
    });
  });
});

describe("a mirror of uploads", () => {
  const uploads = () => join(host, "uploads");
  const mirror = () => run({ does: { method: "file-sync", path: uploads(), ...at() } });
  beforeEach(() => {
    mkdirSync(join(uploads(), "2026"), { recursive: true });
    writeFileSync(join(uploads(), "2026/a b.pdf"), "first");
    writeFileSync(join(uploads(), "c.png"), "second");
  });

  test("has an object for each file, and what is gone is marked as gone [TKT-7.5]", async () => {
    const first = await mirror();
    const before = await vault();
    rmSync(join(uploads(), "c.png"));
    writeFileSync(join(uploads(), "d.txt"), "third");

    await mirror();

    expect(first).toMatchObject({ code: 0, err: "" });
    expect(before).toEqual([`${prefix}2026/a b.pdf`, `${prefix}c.png`]);
    expect(await vault()).toEqual([`${prefix}2026/a b.pdf`, `${prefix}d.txt`]);
    expect(metrics()).toContain('platform_backup_files{task="copy",kind="backup"} 2');
  });

  test("fails when the folder is empty and the mirror is not: a mount is missing [TKT-7.5]", async () => {
    await mirror();
    rmSync(uploads(), { recursive: true });
    mkdirSync(uploads());

    const { code, err } = await mirror();

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `copy: Refused: ${uploads()}: must hold files, since its mirror holds 2; got none`,
    });
    expect(await vault()).toHaveLength(2);
  });

  test("follows no link out of the folder", async () => {
    await cloud.python("import os, sys; os.symlink('/etc/passwd', sys.argv[1])", [join(uploads(), "link")]);

    await mirror();

    expect(await vault()).toEqual([`${prefix}2026/a b.pdf`, `${prefix}c.png`]);
  });
});

describe.runIf(hasZstd)("a copy of a store with several members", () => {
  const members = ["redis-a", "main-a.broker.internal", "redis-c"];
  const does = () => ({
    method: "redis-snapshot",
    port: 6379,
    members,
    user: "replication",
    monitor: "monitor",
    certificate: "/c",
    key: "/k",
    authority: "/a",
    turn: "replica",
    ...at(),
  });
  /** Members answer as told; one that is not named does not answer. */
  const redis = (roles: Readonly<Record<string, string>>) => {
    const cases = Object.entries(roles).map(([name, text]) => `${name}) printf 'role:${text}\\r\\n' ;;`);
    program(
      "redis-cli",
      `[ "$REDISCLI_AUTH" = snapshot ] && echo RDB && exit 0
shift; while [ "$1" != -h ]; do shift; done
case "$2" in ${cases.join(" ")} *) exit 1 ;; esac`,
    );
    writeFileSync(join(host, "secrets/copy.env"), "REDISCLI_AUTH=snapshot\nMONITOR_AUTH=monitor\n");
  };
  const whole = "slave\\r\\nmaster_link_status:up";

  test.each([
    ["the first replica makes it", { "redis-a": "master", "main-a.broker.internal": whole, "redis-c": whole }, true],
    [
      "a later replica leaves it to the first",
      { "redis-a": whole, "main-a.broker.internal": whole, "redis-c": "master" },
      false,
    ],
    ["a replica behind one that is lost makes it", { "main-a.broker.internal": whole, "redis-c": "master" }, true],
    [
      "a replica that has lost its primary does not",
      { "redis-a": "master", "main-a.broker.internal": "slave\\r\\nmaster_link_status:down", "redis-c": whole },
      false,
    ],
    ["a primary without replicas makes it itself", { "main-a.broker.internal": "master" }, true],
  ])("is made once: %s [TKT-6.3]", async (_what, roles, makes) => {
    redis(roles);

    const { code, err } = await run({ does: does() });

    expect({ code, err, copies: (await vault()).length }).toEqual({ code: 0, err: "", copies: makes ? 2 : 0 });
  });

  test("fails when nobody leads, so that a missing copy is seen", async () => {
    redis({});

    const { code, err } = await run({ does: does() });

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "copy: Refused: members: one must lead, got none that says so",
    });
  });
});

test("a task does not start while it runs", async () => {
  const slow: Given = { kind: "job", does: { command: ["sleep", "3"], user: "root", directory: "/" } };
  mkdirSync(join(host, "state"));
  const { code, err } = await cloud.python(
    `
import fcntl, sys
from tasks import program
held = open(sys.argv[1], "w"); fcntl.flock(held, fcntl.LOCK_EX)
import subprocess
sys.exit(program.main(["--configuration", sys.argv[2], "run", "copy"]))`,
    [join(host, "state/copy.lock"), await prepared({ ...slow })],
  );

  expect({ code, err: err.trim() }).toEqual({ code: 75, err: "copy: runs already" });
});
async function prepared(given: Given): Promise<string> {
  await run(given, { what: "require" });
  return join(host, "tasks.json");
}

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
  expect((await cloud.get("vault", copy)).toString()).toBe("head\n");
});

describe("what hosts are told", () => {
  const [dev] = catalogue.environments;
  if (dev === undefined) throw new Error("no environment");
  const { groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, dev), [backupAgent]);
  const timers = (tag: string) =>
    Object.fromEntries(
      ((hostVars[tag]?.["backup_agent_timers"] ?? []) as readonly { name: string; calendar: string }[]).map((each) => [
        each.name,
        each.calendar,
      ]),
    );

  test("the broker's backups at two each night, the purge on Sundays at four [BRK-25.5, BRK-27.4, BRK-SEC.26]", () => {
    expect(timers("dev-brk-main-a")).toEqual({
      database: "*-*-* 02:00:00 UTC",
      certificates: "*-*-* 02:00:00 UTC",
      "encryption-keys": "*-*-* 02:00:00 UTC",
      purge: "Sun *-*-* 04:00:00 UTC",
      statistics: "*-*-* *:00/15:00 UTC",
      "crl-refresh-main": "*-*-* *:00/15:00 UTC",
      "cert-check-main": "*-*-* 06:00:00 UTC",
    });
  });

  test("backup.sh takes the three words of the requirement [BRK-25.5]", () => {
    expect(groupVars["message_broker_main"]?.["backup_agent_scripts"]).toEqual([
      {
        path: "/opt/message_broker/backup.sh",
        tasks: { database: "database", certificates: "certificates", secrets: "encryption-keys" },
      },
    ]);
  });

  test("every host that checks clients fetches the revocation list each 15 minutes [BRK-10.4]", () => {
    const tags = Object.keys(hostVars).filter((tag) => tag.startsWith("dev-brk-"));

    const refreshes = tags.map((tag) => Object.entries(timers(tag)).find(([name]) => name.startsWith("crl-refresh-")));

    expect(refreshes.map((found) => found?.[1])).toEqual(tags.map(() => "*-*-* *:00/15:00 UTC"));
  });

  test("ticketing's dump daily beside its archive, uploads each hour by hosts in turns [TKT-7.1, TKT-7.5]", () => {
    expect(timers("dev-tkt-database-a")).toEqual({
      "database-archive": "*-*-* 00:30:00 UTC",
      "database-dump": "*-*-* 03:00:00 UTC",
    });
    expect([timers("dev-tkt-api-a")["uploads"], timers("dev-tkt-api-b")["uploads"]]).toEqual([
      "*-*-* *:00:00 UTC",
      "*-*-* *:30:00 UTC",
    ]);
  });

  test("environment files, nginx.conf and units go to the bucket of key material [TKT-7.6]", () => {
    const tasks = groupVars["ticketing_api"]?.["backup_agent_tasks"] as readonly { name: string; does: unknown }[];

    expect(tasks.find(({ name }) => name === "configuration")?.does).toMatchObject({
      bucket: "dev-tkt-vault-keys-111111111111",
      paths: ["/opt/ticketing/.env", "/etc/nginx/nginx.conf", "/etc/systemd/system"],
    });
  });

  test("secrets are markers, in variables of their own and in no command [BRK-SEC.12]", () => {
    for (const { backup_agent_tasks: tasks } of Object.values(groupVars)) {
      const commands = ((tasks ?? []) as readonly { does: unknown }[]).map(({ does }) => JSON.stringify(does));
      expect(commands.join()).not.toContain("%%");
    }
    const found = groupVars["ticketing_database"]?.["backup_agent_tasks"] as readonly { environment: unknown }[];
    expect(found.map(({ environment }) => environment)).toContainEqual({
      PGPASSWORD: "%%secret:dev/ticketing/db-dump%%",
    });
  });
});

test("schedules are said as systemd says them", () => {
  expect([
    onCalendar("x", daily("02:00")),
    onCalendar("x", weekly("sunday", "04:00", "Europe/Berlin")),
    onCalendar("x", quarterly("10:00")),
    onCalendar("x", everyMinutes(15)),
    onCalendar("x", everyMinutes(60), 30),
  ]).toEqual([
    "*-*-* 02:00:00 UTC",
    "Sun *-*-* 04:00:00 Europe/Berlin",
    "*-01,04,07,10-01 10:00:00 UTC",
    "*-*-* *:00/15:00 UTC",
    "*-*-* *:30:00 UTC",
  ]);
  expect(() => onCalendar("broker/jobs/x", everyMinutes(7))).toThrow(
    "broker/jobs/x/schedule: must be minutes that divide an hour, got 7",
  );
});

describe("statistics of messages", () => {
  const statistics = join(import.meta.dirname, "../../../ansible/roles/backup_agent/files/broker-statistics.py");
  const collect = () =>
    cloud.python(
      "import runpy, sys; sys.argv[0:1] = []; runpy.run_path(sys.argv[0], run_name='__main__')",
      [statistics, join(host, "metrics")],
      {
        environment: { PATH: `${join(host, "bin")}:${process.env["PATH"]}` },
      },
    );

  test("of day, week and month are metrics, by the login for them [BRK-28.4]", async () => {
    program("mariadb", `echo "$@" >> ${host}/arguments; printf 'domain\\ttotal\\tratio\\nacme\\t12\\t0.5\\n'`);

    const { code, err } = await collect();

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(readFileSync(join(host, "metrics/broker-statistics.prom"), "utf8").split("\n").slice(2)).toEqual([
      'broker_messages{period="day",statistic="total",domain="acme"} 12',
      'broker_messages{period="day",statistic="ratio",domain="acme"} 0.5',
      'broker_messages{period="week",statistic="total",domain="acme"} 12',
      'broker_messages{period="week",statistic="ratio",domain="acme"} 0.5',
      'broker_messages{period="month",statistic="total",domain="acme"} 12',
      'broker_messages{period="month",statistic="ratio",domain="acme"} 0.5',
      "",
    ]);
    expect(readFileSync(join(host, "arguments"), "utf8").split("\n")[0]).toBe(
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
    expect(existsSync(join(host, "metrics/broker-statistics.prom"))).toBe(false);
  });
});

describe("units", () => {
  const HOSTS = ["dev-brk-main-a", "dev-tkt-database-a", "dev-tkt-api-a", "dev-tkt-worker-a"];
  const units = "etc/systemd/system";
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([backupAgent], HOSTS);
  });
  afterAll(() => rendered.remove());
  const names = (host: string, ending: string) =>
    readdirSync(join(rendered.folder, host, units)).filter((name) => name.endsWith(ending));

  test.runIf(requireProgram("systemd-analyze", "apt-get install systemd")).each(HOSTS)(
    "are what systemd takes: %s",
    (host) => {
      const files = names(host, "").map((name) => join(rendered.folder, host, units, name));

      const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], { encoding: "utf8" });

      // Programs of hosts are not on this machine.
      const said = stderr
        .split("\n")
        .filter((line) => line.includes("platform-task") && !/is not executable/.test(line));
      expect({ units: files.length > 0, said }).toEqual({ units: true, said: [] });
    },
  );

  test("start at the time of the requirement, to the second, and are made up for after a failure of the host [BRK-25.5]", () => {
    const timer = rendered.text("dev-brk-main-a", `${units}/platform-task-database.timer`);

    expect(timer).toContain("OnCalendar=*-*-* 02:00:00 UTC\n");
    expect(timer).toMatch(/AccuracySec=1s\nRandomizedDelaySec=0\n[^\n]*\nPersistent=true/);
  });

  test("start the program that the requirement names, and are stopped at their limit [BRK-25.5]", () => {
    const unit = rendered.text("dev-brk-main-a", `${units}/platform-task-database.service`);

    expect(unit).toContain("ExecStart=/opt/message_broker/backup.sh database\n");
    expect(unit).toContain(`TimeoutStartSec=${90 * 60}\n`);
  });

  test("are on the hosts that make the copy, and on no other", () => {
    expect(names("dev-tkt-worker-a", ".timer")).toEqual([
      "platform-task-audit-anchor.timer",
      "platform-task-configuration-worker.timer",
    ]);
  });

  test("hold no secret; markers stand in files that root alone reads [BRK-SEC.12]", () => {
    const index = JSON.parse(rendered.text("dev-tkt-database-a", "files.json"));

    expect(index["/etc/platform/tasks/database-dump.env"]).toEqual({ group: "root", mode: "0600", owner: "root" });
    for (const name of names("dev-tkt-database-a", "")) {
      expect(rendered.text("dev-tkt-database-a", `${units}/${name}`)).not.toContain("%%secret");
    }
    expect(rendered.text("dev-tkt-database-a", "etc/platform/tasks.json")).not.toContain("%%");
  });

  test.each([
    [["database"], 0, "run database\n"],
    [["certificates"], 0, "run certificates\n"],
    [["secrets"], 0, "run encryption-keys\n"],
    [[], 0, "run database\nrun certificates\nrun encryption-keys\n"],
    [["all-of-it"], 2, ""],
  ])("backup.sh %j [BRK-25.5]", (args, code, ran) => {
    program("platform-task", 'echo "$@"');
    const script = join(host, "backup.sh");
    const text = rendered.text("dev-brk-main-a", "opt/message_broker/backup.sh");
    writeFileSync(script, text.replaceAll("/usr/local/sbin/", `${join(host, "bin")}/`));

    const { status, stdout } = spawnSync("bash", [script, ...args], { encoding: "utf8" });

    expect({ status, stdout }).toEqual({ status: code, stdout: ran });
  });
});
