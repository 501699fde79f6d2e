import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { againCalendar, onCalendar } from "../../../ansible/inventory/calendar.ts";
import { backupAgent } from "../../../ansible/inventory/roles/backup-agent.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { daily, everyMinutes, quarterly, weekly } from "../../../services/define.ts";
import { ticketing } from "../../../services/products/ticketing.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { requireProgram } from "../../support/program.ts";
import { type Rendered, render } from "../support/render.ts";

/** What hosts are told of backups and jobs, and the units made of it. */

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

  test("every copy of ticketing that alerts watch is a task of that name, and no copy goes unwatched [TKT-4.13]", () => {
    const watched = ticketing.alerts
      .filter(({ condition }) => condition.signal === "backup-age")
      .flatMap(({ condition: { on } }) => (on.kind === "backup" ? [on.job?.name ?? on.name] : []));
    const tasks = Object.entries(groupVars)
      .filter(([group]) => group.startsWith("ticketing_"))
      .flatMap(([, { backup_agent_tasks: found }]) => (found ?? []) as readonly { name: string; kind: string }[]);

    expect(watched).toHaveLength(7);
    expect(watched.filter((name) => !tasks.some((task) => task.name === name))).toEqual([]);
    expect(tasks.filter(({ name, kind }) => kind === "backup" && !watched.includes(name))).toEqual([]);
  });

  test("environment files, nginx.conf and units go to the bucket of key material [TKT-7.6]", () => {
    const tasks = groupVars["ticketing_api"]?.["backup_agent_tasks"] as readonly { name: string; does: unknown }[];

    expect(tasks.find(({ name }) => name === "configuration")?.does).toMatchObject({
      bucket: "dev-tkt-vault-keys-111111111111",
      paths: ["/opt/ticketing/.env", "/etc/nginx/nginx.conf", "/etc/systemd/system"],
    });
  });

  test("groups without backups and jobs have the role, which removes what they had before", () => {
    expect(groupVars["observability_loki"]).toMatchObject({ backup_agent_tasks: [], backup_agent_scripts: [] });
    expect(timers("dev-obs-loki-a")).toEqual({});
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

test.runIf(requireProgram("systemd-analyze", "apt-get install systemd")).each([
  ["02:00", ["03:00", "03:20", "03:40", "04:00", "04:20", "04:40"]],
  ["00:30", ["01:10", "01:30", "01:50", "02:10", "02:30", "02:50"]],
  ["23:45", ["00:05", "00:25", "00:45", "01:05", "01:25", "01:45"]],
])(
  "a copy of %s that is missing is tried again from the next hour on, three times an hour for five hours",
  (at, first) => {
    const times = againCalendar(daily(at)) ?? "";
    const { stdout } = spawnSync(
      "systemd-analyze",
      ["calendar", "--iterations=16", `--base-time=2026-11-22 ${at}:00 UTC`, times],
      { encoding: "utf8", env: { ...process.env, TZ: "UTC" } },
    );

    const starts = [...stdout.matchAll(/\d{4}-\d\d-(\d\d) (\d\d:\d\d):00 UTC$/gm)].map(([, day, time]) => ({
      day,
      time,
    }));

    expect(starts.slice(0, 6).map(({ time }) => time)).toEqual(first);
    // The sixteenth is the first of the next night.
    expect({ first: starts[0]?.time, last: starts[15]?.time }).toEqual({ first: first[0], last: first[0] });
    expect(starts[15]?.day).not.toBe(starts[14]?.day);
  },
);

test("what comes again within the hour, or rarely, is not tried again in between", () => {
  expect([everyMinutes(15), weekly("sunday", "04:00"), quarterly("10:00")].map(againCalendar)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
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

  test("start a copy again the same night, for it may be missing, and a job once", () => {
    const times = (name: string) =>
      rendered
        .text("dev-brk-main-a", `${units}/platform-task-${name}.timer`)
        .split("\n")
        .filter((line) => line.startsWith("OnCalendar="));

    expect(times("database")).toEqual([
      "OnCalendar=*-*-* 02:00:00 UTC",
      "OnCalendar=*-*-* 03,04,05,06,07:00/20:00 UTC",
    ]);
    expect(times("purge")).toEqual(["OnCalendar=Sun *-*-* 04:00:00 UTC"]);
    expect(times("statistics")).toHaveLength(1);
  });

  test("wait for their host's start, and for the dump that was missed with them [BRK-27.5]", () => {
    const orderedAfter = (name: string) =>
      /^After=(.*)$/m.exec(rendered.text("dev-brk-main-a", `${units}/platform-task-${name}.service`))?.[1]?.split(" ");

    expect(orderedAfter("statistics")).toEqual(expect.arrayContaining(["multi-user.target", "mariadb.service"]));
    expect(orderedAfter("statistics")).not.toContain("platform-task-database.service");
    expect(orderedAfter("purge")).toContain("platform-task-database.service");
  });

  test("end after the hours in which a copy is tried again: systemd starts none anew by itself", () => {
    const unit = rendered.text("dev-brk-main-a", `${units}/platform-task-database.service`);

    expect(unit).not.toMatch(/^(Restart|StartLimit)/m);
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
    const folder = mkdtempSync(join(tmpdir(), "backup-"));
    writeFileSync(join(folder, "platform-task"), '#!/bin/sh\necho "$@"\n');
    chmodSync(join(folder, "platform-task"), 0o755);
    const script = join(folder, "backup.sh");
    const text = rendered.text("dev-brk-main-a", "opt/message_broker/backup.sh");
    writeFileSync(script, text.replaceAll("/usr/local/sbin/", `${folder}/`));

    const { status, stdout } = spawnSync("bash", [script, ...args], { encoding: "utf8" });
    rmSync(folder, { recursive: true });

    expect({ status, stdout }).toEqual({ status: code, stdout: ran });
  });
});
