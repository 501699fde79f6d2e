import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/** What Prometheus is told of the archive, by the program as a host of a database has it. */

const program = readFileSync(
  join(
    import.meta.dirname,
    "../../../ansible/generated/dev/rendered/dev-tkt-database-a/usr/local/sbin/pgbackrest-metrics",
  ),
  "utf8",
);
const folder = mkdtempSync(join(tmpdir(), "pgbackrest-metrics-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it as who we are, with a pgBackRest that says or does this. */
function collected(shell: string) {
  const tool = join(folder, "pgbackrest");
  writeFileSync(tool, `#!/bin/sh\n${shell}\n`);
  chmodSync(tool, 0o755);
  const text = program
    .replace("/usr/bin/pgbackrest", tool)
    .replace(/, user="postgres", group="postgres"/, "")
    .replace(/^TARGET = .*$/m, `TARGET = "${folder}/pgbackrest.prom"`);
  const { status } = spawnSync("python3", ["-c", text], { encoding: "utf8" });
  return { status, text: readFileSync(join(folder, "pgbackrest.prom"), "utf8") };
}

const backup = { type: "full", timestamp: { stop: 1790000000 }, info: { size: 42 }, error: false };
const repository = JSON.stringify([{ name: "ticketing-database", status: { code: 0 }, backup: [backup] }]);
const looked = (text: string) => Number(/^pgbackrest_last_success_timestamp_seconds (\d+)$/m.exec(text)?.[1]);

describe("metrics of the archive", () => {
  test("say what the repository holds, and when it said so [TKT-4.13]", () => {
    const before = Math.floor(Date.now() / 1000);

    const { status, text } = collected(`echo '${repository}'`);

    expect(status).toBe(0);
    expect(looked(text)).toBeGreaterThanOrEqual(before);
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        'pgbackrest_stanza_status{stanza="ticketing-database"} 0',
        'pgbackrest_backup_last_completion_timestamp_seconds{stanza="ticketing-database",backup_type="full"} 1790000000',
        'pgbackrest_backups{stanza="ticketing-database",backup_type="incr"} 0',
      ]),
    );
  });

  test("keep that moment when the repository cannot be asked: they are seen to be old", () => {
    const good = collected(`echo '${repository}'`).text;

    const { status, text } = collected("exit 1");

    expect({ status, text }).toEqual({ status: 1, text: good });
  });
});
