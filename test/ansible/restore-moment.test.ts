import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { folder } from "./support/playbook.ts";

/** What a restore of PostgreSQL asks of the repository before anything is stopped; pgBackRest is one that answers from files. */

const directory = mkdtempSync(join(tmpdir(), "restore-moment-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

writeFileSync(
  join(directory, "pgbackrest"),
  `#!/bin/sh
case "$*" in
  *" info "*) cat "$REPOSITORY/info.json";;
  *" repo-ls "*) cat "$REPOSITORY/histories.json";;
  *" repo-get "*) for last; do :; done; cat "$REPOSITORY/\${last##*/}";;
  *) exit 1;;
esac
`,
);
chmodSync(join(directory, "pgbackrest"), 0o755);

const MINUTE = 60;
const HOUR = 3600;
const now = Math.floor(Date.now() / 1000);
/** As a playbook is told a moment, and as PostgreSQL writes one. */
const at = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")}+00`;

interface Backup {
  readonly label: string;
  readonly timeline: number;
  readonly position: string;
  readonly stop: number;
}
interface History {
  readonly text: string;
  readonly began: number;
}

function asked(
  moment: number | string,
  timeline: string,
  backups: readonly Backup[],
  histories: Readonly<Record<number, History>> = {},
  status = { code: 0, message: "ok" },
) {
  const repository = mkdtempSync(join(directory, "repository-"));
  const segment = (number: number) => `${number.toString(16).padStart(8, "0").toUpperCase()}`;
  const present = Math.max(1, ...Object.keys(histories).map(Number));
  writeFileSync(
    join(repository, "info.json"),
    JSON.stringify([
      {
        status,
        archive: [{ id: "17-1", max: `${segment(present)}0000000000000042` }],
        backup: backups.map(({ label, timeline: made, position, stop }) => ({
          label,
          archive: { start: `${segment(made)}0000000000000001` },
          lsn: { stop: position },
          timestamp: { stop },
        })),
      },
    ]),
  );
  const listed = Object.entries(histories).map(([number, { text, began }]) => {
    writeFileSync(join(repository, `${segment(Number(number))}.history`), text);
    return [`${segment(Number(number))}.history`, { type: "file", time: began }];
  });
  writeFileSync(join(repository, "histories.json"), JSON.stringify(Object.fromEntries(listed)));
  const words = [join(folder, "files/restore_moment.py"), "ticketing-database"];
  const env = { PATH: `${directory}${delimiter}${process.env["PATH"]}`, REPOSITORY: repository };
  const given = [typeof moment === "number" ? at(moment) : moment, timeline, "30"];
  return promisify(execFile)("python3", [...words, ...given], { env }).then(
    ({ stdout }) => JSON.parse(stdout) as unknown,
    ({ stderr, code }: { readonly stderr: string; readonly code: number }) => `${code}: ${stderr.trim()}`,
  );
}

const first: Backup = { label: "first", timeline: 1, position: "0/3000100", stop: now - 10 * HOUR };
/** Timeline 2 left timeline 1 by a restore: of six hours ago, made three hours ago. */
const restored: History = {
  text: `1\t0/5000000\tbefore ${at(now - 6 * HOUR)}\n`,
  began: now - 3 * HOUR,
};

describe("a restore to a moment", () => {
  test("takes the newest base backup before it", async () => {
    const second = { ...first, label: "second", position: "0/4000100", stop: now - 2 * HOUR };

    expect(await asked(now - 5 * HOUR, "latest", [first, second])).toEqual({ set: "first", timeline: 1, present: 1 });
    expect(await asked(now - HOUR, "latest", [first, second])).toEqual({ set: "second", timeline: 1, present: 1 });
  });

  test("takes none that the timeline does not come from, however new it is", async () => {
    // Made on timeline 1, after the moment that timeline 2 begins with.
    const beside = { ...first, label: "beside", position: "0/6000100", stop: now - 4 * HOUR };

    expect(await asked(now - HOUR, "latest", [first, beside], { 2: restored })).toEqual({
      set: "first",
      timeline: 2,
      present: 2,
    });
    expect(await asked(now - 3.5 * HOUR, "1", [first, beside], { 2: restored })).toEqual({
      set: "beside",
      timeline: 1,
      present: 2,
    });
  });

  test("finds what a restore left out on the timeline that it left, and says so", async () => {
    const wanted = now - 4 * HOUR;

    expect(await asked(wanted, "latest", [first], { 2: restored })).toBe(
      `2: restore_time must not lie between ${at(now - 6 * HOUR)} and ${at(now - 3 * HOUR)}: a restore left that out of ` +
        `timeline 2; it is on timeline 1 (restore_timeline=1), got ${at(wanted)}`,
    );
    expect(await asked(wanted, "1", [first], { 2: restored })).toEqual({ set: "first", timeline: 1, present: 2 });
  });

  test("goes past a failover, which leaves nothing out", async () => {
    const failover = { text: "1\t0/5000000\tno recovery target specified\n", began: now - 3 * HOUR };

    expect(await asked(now - 4 * HOUR, "latest", [first], { 2: failover })).toMatchObject({ timeline: 2 });
    expect(await asked(now - 2 * HOUR, "latest", [first], { 2: failover })).toMatchObject({ timeline: 2 });
  });
});

describe("is refused", () => {
  test.each([
    ["0", 1],
    ["2", 1],
    ["later", 1],
    ["3", 2],
  ])("timeline %s where %i is the newest", async (timeline, present) => {
    const histories = present === 2 ? { 2: restored } : {};

    expect(await asked(now - HOUR, timeline, [first], histories)).toBe(
      `2: restore_timeline must be latest or a number from 1 to ${present}, got ${timeline}`,
    );
  });

  test("a moment after the end of a timeline", async () => {
    expect(await asked(now - HOUR, "1", [first], { 2: restored })).toBe(
      `2: restore_time must be before ${at(now - 3 * HOUR)}, when timeline 1 ended, got ${at(now - HOUR)}; what came after ` +
        "it is on restore_timeline=latest",
    );
  });

  test.each([
    ["that is to come", now + HOUR],
    ["that is no longer kept", now - 31 * 24 * HOUR],
  ])("a moment %s", async (_, moment) => {
    expect(await asked(moment, "latest", [first])).toMatch(/^2: restore_time must be past and within 30 days, got /);
  });

  test.each(["", "yesterday", "2026-02-30 00:00:00+00", "2026-11-21 09:30:00+01"])('a moment "%s"', async (moment) => {
    expect(await asked(moment, "latest", [first])).toBe(
      `2: restore_time must be YYYY-MM-DD HH:MM:SS+00, got ${moment}`.trim(),
    );
  });

  test("a moment before the end of all base backups", async () => {
    expect(await asked(first.stop - MINUTE, "latest", [first])).toBe(
      `2: restore_time must be after the end of a base backup that timeline 1 comes from (base backups ended ` +
        `${at(first.stop)}), got ${at(first.stop - MINUTE)}`,
    );
  });

  test("a repository without a base backup", async () => {
    expect(await asked(now - HOUR, "latest", [], {}, { code: 2, message: "no valid backups" })).toBe(
      "2: the repository must have a base backup of ticketing-database, it says no valid backups",
    );
  });
});
