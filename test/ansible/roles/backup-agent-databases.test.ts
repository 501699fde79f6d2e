import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hasZstd, taskHost } from "./backup-agent/host.ts";

/** Copies of databases and of Redis, in the vault. */

const zstd = promisify(zstdDecompress);
const { cloud, host, prefix, at, program, run, vault, metrics } = taskHost();

describe.runIf(hasZstd)("a copy of the broker's database", () => {
  const does = () => ({
    method: "mysqldump",
    database: "message_system",
    option_file: "/etc/message-broker/backup.cnf",
    ...at(),
  });

  test("goes to the vault under a name of its own, with its checksum beside it [BRK-25.2]", async () => {
    program("mariadb-dump", `echo "$@" > ${host()}/arguments; echo "CREATE TABLE messages"`);

    const { code, err } = await run({ does: does() });

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [copy = "", manifest = "", ...others] = await vault();
    expect(others).toEqual([]);
    expect(copy).toMatch(new RegExp(`^${prefix()}\\d{4}/\\d\\d/\\d\\d/main-a-\\d{8}T\\d{6}\\.\\d{6}Z\\.sql\\.zst$`));
    const body = await cloud().get("vault", copy);
    const digest = createHash("sha256").update(body).digest("hex");
    expect((await zstd(body)).toString()).toBe("CREATE TABLE messages\n");
    expect((await cloud().get("vault", manifest)).toString()).toBe(`${digest}  ${copy.split("/").at(-1)}\n`);
  });

  test("asks for no password, and takes procedures, triggers and events along [BRK-25.2, BRK-SEC.12]", async () => {
    program("mariadb-dump", `echo "$@" > ${host()}/arguments; echo dump`);

    await run({ does: does() });

    const said = readFileSync(join(host(), "arguments"), "utf8").trim().split(" ");
    expect(said[0]).toBe("--defaults-extra-file=/etc/message-broker/backup.cnf");
    expect(said).toEqual(expect.arrayContaining(["--single-transaction", "--routines", "--triggers", "--events"]));
    expect(said.filter((word) => /^(-p|--password)/.test(word))).toEqual([]);
  });

  test("leaves nothing on the host but its record [BRK-SEC.14]", async () => {
    program("mariadb-dump", "echo HUSH");

    await run({ does: does() });

    const files = readdirSync(host(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const dumps = files.filter((file) => file.parentPath !== join(host(), "bin"));
    expect(dumps.map(({ name }) => name).toSorted()).toEqual([
      "copy.json",
      "copy.lock",
      "platform-task-copy.prom",
      "tasks.json",
    ]);
    for (const { parentPath, name } of dumps)
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain("HUSH");
  });

  test("fails when the program fails half-way, S3 shows nothing of it, and the metric says so [TKT-4.13]", async () => {
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

  test("is told apart from the day before by metrics of size and time [BRK-25.5] [TKT-4.13]", async () => {
    program("mariadb-dump", "echo dump");

    await run({ does: does() });

    expect(metrics()).toMatch(/platform_task_last_success_timestamp_seconds\{task="copy",kind="backup"\} \d{10}/);
    expect(metrics()).toMatch(/platform_backup_size_bytes\{task="copy",kind="backup"\} [1-9]\d*/);
    expect(metrics()).toContain('platform_task_failed{task="copy",kind="backup"} 0');
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
    writeFileSync(join(host(), "secrets/copy.env"), "REDISCLI_AUTH=snapshot\nMONITOR_AUTH=monitor\n");
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

  describe("that is missing is made by a later start of the timer", () => {
    const at = (time: string) => ({ at: `2026-11-22T${time}:01+00:00`, unit: true });
    const other = { "redis-a": whole, "main-a.broker.internal": whole, "redis-c": "master" };
    const own = { "main-a.broker.internal": whole, "redis-c": "master" };

    test("when the host whose turn it was is lost, once [TKT-6.3]", async () => {
      redis(other);
      const left = await run({ does: does() }, at("02:00"));
      const before = await vault();
      redis(own);

      const made = await run({ does: does() }, at("03:00"));
      const again = await run({ does: does() }, at("03:20"));

      expect({ left: left.out, before }).toEqual({ left: "redis-a makes this copy\n", before: [] });
      expect(made).toMatchObject({ code: 0, err: "" });
      expect(again).toEqual({ code: 0, out: "copy: has been made\n", err: "" });
      expect(await vault()).toHaveLength(2);
    });

    test("when its program failed, or its host stopped half-way", async () => {
      redis({});
      const failed = await run({ does: does() }, at("02:00"));
      redis(own);

      const { code } = await run({ does: does() }, at("03:00"));

      expect({ failed: failed.code, code, copies: (await vault()).length }).toEqual({ failed: 1, code: 0, copies: 2 });
      expect(metrics()).toContain('platform_task_failed{task="copy",kind="backup"} 0');
    });

    test("though the copy of the night before is there", async () => {
      redis(own);
      await run({ does: does() }, { at: "2026-11-21T07:40:01+00:00", unit: true });

      await run({ does: does() }, at("02:00"));

      expect(await vault()).toHaveLength(4);
    });

    test("and who starts it by hand gets another", async () => {
      redis(own);
      await run({ does: does() }, at("02:00"));

      await run({ does: does() }, { ...at("03:00"), unit: false });

      expect(await vault()).toHaveLength(4);
    });
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
