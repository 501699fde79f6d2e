import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { piece } from "../../scripts/lab/state.ts";
import { searched } from "../../scripts/lab/verify/secrets.ts";

// Others of each run: processes of another one on the same machine are seen too.
const [VALUE, OLD, OTHER] = [randomUUID(), randomUUID(), randomUUID()];
const values = { "dev/ticketing/db-app": [VALUE, OLD], "dev/ticketing/redis-app": [OTHER] };

test("of values each line is looked for, and each key of several; what is too short is not", () => {
  expect(searched({ one: [VALUE, OLD, VALUE], keys: [`${VALUE},${OLD}`], pem: [`short\n${VALUE}\n`] })).toEqual({
    one: [VALUE, OLD],
    keys: [VALUE, OLD],
    pem: [VALUE],
  });
});

// It looks as an account of no program does, which only root can become.
describe.skipIf(process.getuid?.() !== 0)("a value of a secret on a host", () => {
  let folder = "";
  let journal: readonly string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-secrets-"));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "host"));
    lay("nginx.conf", "worker_processes 1;\n");
    journal = ["Started nginx.service.", "a request"];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lay = (name: string, content: string | Buffer, mode = 0o644) =>
    writeFileSync(join(folder, "host", name), content, { mode });

  /** What is found, with a journal of these messages. */
  const leaks = () => {
    const entries = journal.map((message, index) => `__CURSOR=${index}\nSYSLOG_IDENTIFIER=app\n${message}\n\n`);
    writeFileSync(join(folder, "journal"), entries.join(""));
    writeFileSync(join(folder, "journalctl"), `#!/bin/sh\ncat ${join(folder, "journal")}\n`, { mode: 0o755 });
    const told = execFileSync("python3", ["-B", piece("verify/leaks.py")], {
      input: JSON.stringify({ values, folders: [join(folder, "host")] }),
      env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}` },
      encoding: "utf8",
    });
    for (const value of [VALUE, OLD, OTHER]) expect(told).not.toContain(value);
    return JSON.parse(told);
  };

  test("is found nowhere where only its readers have it", () => {
    lay("app.env", `DATABASE_URL=postgresql://app:${VALUE}@database\n`, 0o600);
    mkdirSync(join(folder, "host/closed"), { mode: 0o750 });
    lay("closed/settings", VALUE);

    expect(leaks()).toEqual({ processes: expect.any(Number), entries: 2, files: 1, found: [] });
  });

  test("is found in files that anybody may read, also the value before and in bytes", () => {
    lay("app.env", `DATABASE_URL=postgresql://app:${VALUE}@database\n`);
    lay("cache.bin", Buffer.from(`\0\xff${OLD}\0`, "latin1"));
    lay(`session-${VALUE}`, VALUE);

    expect(leaks()).toMatchObject({
      files: 4,
      found: [
        [join(folder, "host/app.env"), "dev/ticketing/db-app"],
        [join(folder, "host/cache.bin"), "dev/ticketing/db-app"],
        [join(folder, "host/session-..."), "dev/ticketing/db-app"],
      ],
    });
  });

  test("is found in a message of the journal, and in the command line of whoever wrote one", () => {
    journal = [`MESSAGE\n\0\0\0\0login with ${OLD}`, `MESSAGE=ready\n_CMDLINE=redis-cli -a ${OTHER}`];

    expect(leaks()).toMatchObject({
      entries: 2,
      found: [
        ["journal of app", "dev/ticketing/db-app"],
        ["journal of app", "dev/ticketing/redis-app"],
      ],
    });
  });

  test("is found on the command line of a process", async () => {
    const child = spawn("sleep", ["60"], { argv0: `sleep ${VALUE}` });
    await once(child, "spawn");

    const { processes, found } = leaks();
    child.kill();

    expect(processes).toBeGreaterThan(1);
    expect(found).toEqual([["process sleep", "dev/ticketing/db-app"]]);
  });
});
