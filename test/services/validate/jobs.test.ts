import { describe, expect, test } from "vitest";
import { daily, eachRelease, everyMinutes, weekly } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const DAY = 86_400;

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a job starts while what it follows still runs [BRK-SEC.26]",
    ({ purge }) => {
      change(purge, { schedule: weekly("sunday", "02:00") });
    },
    [
      "shop-system/jobs/purge/schedule: must start when books-dump has ended: daily at 02:00 UTC, limit 1 hour, got weekly on sunday at 02:00 UTC, 0 seconds after it",
    ],
  ],
  [
    "a job starts too early after what it follows",
    ({ purge }) => {
      change(purge, { schedule: weekly("sunday", "02:59") });
    },
    [
      "shop-system/jobs/purge/schedule: must start when books-dump has ended: daily at 02:00 UTC, limit 1 hour, got weekly on sunday at 02:59 UTC, 59 minutes after it",
    ],
  ],
  [
    "clocks going forward leave too little time",
    ({ dump, purge }) => {
      change(dump, { schedule: daily("01:30", "Europe/Berlin") });
      change(dump, { recoveryPoint: DAY * 2 });
      change(purge, { schedule: weekly("sunday", "03:00", "Europe/Berlin") });
    },
    [
      "shop-system/jobs/purge/schedule: must start when books-dump has ended: daily at 01:30 Europe/Berlin, limit 1 hour, got weekly on sunday at 03:00 Europe/Berlin, 30 minutes after it",
    ],
  ],
  [
    "another time zone makes two starts one",
    ({ dump, purge }) => {
      change(purge, { schedule: weekly("sunday", "03:30", "Asia/Kolkata") });
      change(dump, { schedule: daily("22:00") });
    },
    [
      "shop-system/jobs/purge/schedule: must start when books-dump has ended: daily at 22:00 UTC, limit 1 hour, got weekly on sunday at 03:30 Asia/Kolkata, 0 seconds after it",
    ],
  ],
  [
    "a job follows what runs less often",
    ({ purge, report }) => {
      change(purge, { after: report, schedule: everyMinutes(10) });
    },
    [
      "shop-system/jobs/purge/limit: must be <= the interval (10 minutes), got 1 hour",
      "shop-system/jobs/purge/after: must run at least as often as purge, got report, every 30 minutes",
      "shop-system/jobs/purge/schedule: must start when report has ended: every 30 minutes, limit 10 minutes, got every 10 minutes, 0 seconds after it",
    ],
  ],
  [
    "a job follows what never runs by itself",
    ({ purge, report }) => {
      change(report, { schedule: eachRelease });
      change(purge, { after: report });
    },
    ["shop-system/jobs/purge/after: must run by itself, got report, each release"],
  ],
  [
    "a job follows itself",
    ({ purge }) => {
      change(purge, { after: purge });
    },
    [
      "shop-system/jobs/purge/after: must not lead back to itself, got purge",
      "shop-system/jobs/purge/schedule: must start when purge has ended: weekly on sunday at 04:00 UTC, limit 1 hour, got weekly on sunday at 04:00 UTC, 0 seconds after it",
    ],
  ],
  [
    "two jobs follow each other",
    ({ purge, report }) => {
      change(purge, { after: report, schedule: daily("04:00") });
      change(report, { after: purge, schedule: daily("06:00") });
    },
    [
      "shop-system/jobs/purge/after: must not lead back to itself, got report",
      "shop-system/jobs/report/after: must not lead back to itself, got purge",
    ],
  ],
  [
    "a time of day is none",
    ({ dump }) => {
      change(dump, { schedule: daily("24:00") });
    },
    ['shop-system/backups/books-dump/schedule/at: must be a time of day from 00:00 to 23:59, got "24:00"'],
  ],
  [
    "a time zone is none",
    ({ dump }) => {
      change(dump, { schedule: daily("02:00", "Mars/Olympus") });
    },
    ['shop-system/backups/books-dump/schedule/zone: must be an IANA time zone, got "Mars/Olympus"'],
  ],
  [
    "a time zone is an offset",
    ({ dump }) => {
      change(dump, { schedule: daily("02:00", "+03:30") });
    },
    ['shop-system/backups/books-dump/schedule/zone: must be an IANA time zone, got "+03:30"'],
  ],
  [
    "minutes do not divide the hour",
    ({ report }) => {
      change(report, { schedule: everyMinutes(45) });
    },
    ["shop-system/jobs/report/schedule/count: must divide an hour, or be hours that divide a day, got 45"],
  ],
  [
    "a job runs never",
    ({ report }) => {
      change(report, { schedule: everyMinutes(0) });
    },
    [
      "shop-system/jobs/report/schedule/count: must be a whole number from 1 to 1440, got 0",
      "shop-system/jobs/report/schedule/count: must divide an hour, or be hours that divide a day, got 0",
      "shop-system/jobs/report/limit: must be <= the interval (0 seconds), got 10 minutes",
    ],
  ],
  [
    "a job may run into its next start",
    ({ report }) => {
      change(report, { limit: 31 * 60 });
    },
    ["shop-system/jobs/report/limit: must be <= the interval (30 minutes), got 31 minutes"],
  ],
  [
    "a job's limit is no time",
    ({ report }) => {
      change(report, { limit: Number.POSITIVE_INFINITY });
    },
    [
      "shop-system/jobs/report/limit: must be a length of time above zero, got Infinity seconds",
      "shop-system/jobs/report/limit: must be <= the interval (30 minutes), got Infinity seconds",
    ],
  ],
  [
    "a job has no command",
    ({ report }) => {
      change(report, { command: [] });
    },
    ["shop-system/jobs/report/command: must be a list of at least 1, got 0"],
  ],
  [
    "a job of pods is to run on every host",
    ({ report }) => {
      change(report, { everyHost: true });
    },
    ["shop-system/jobs/report/everyHost: must be absent for pods, got true"],
  ],
  [
    "a job of hosts has an image",
    ({ purge }) => {
      change(purge, { image: "tools" });
    },
    ['shop-system/jobs/purge/image: must be absent for hosts, got "tools"'],
  ],
];

describe("validateCatalogue: jobs", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
