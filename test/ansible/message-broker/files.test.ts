import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { requireProgram } from "../../support/program.ts";
import type { Rendered } from "../support/render.ts";
import {
  broker,
  type Host,
  MAIN,
  PORTAL,
  PROXY,
  programs,
  readerOf,
  renderBroker,
  unitIn,
  unitPath,
  WORKER,
} from "./hosts.ts";

/** Files of the broker's hosts that several roles write: each must mean the same as the others. */

let rendered: Rendered;
let read: ReturnType<typeof readerOf>;
beforeAll(() => {
  rendered = renderBroker();
  read = readerOf(rendered);
}, 180_000);
afterAll(() => rendered.remove());

interface Task {
  readonly name: string;
  readonly does: {
    readonly command?: readonly string[];
    readonly bucket?: string;
    readonly paths?: readonly string[];
    readonly user?: string;
  };
}
const tasks = (): readonly Task[] => JSON.parse(rendered.text(MAIN, "etc/platform/tasks.json")).tasks;
const taskNamed = (name: string) => tasks().find((task) => task.name === name)?.does;

test("no caller of the broker gets by without a certificate that was checked [BRK-9.3]", () => {
  const checked = (
    [
      [PROXY, 8001],
      [PROXY, 8002],
      [MAIN, 8000],
    ] as const
  ).map(([host, port]) => read.servers(host).get(port));

  expect(checked.map((server) => [server?.["ssl_verify_client"], server?.["ssl_crl"]])).toEqual([
    ["on", "/opt/message_broker_proxy/proxy/certs/ca.crl"],
    ["on", "/opt/message_broker_proxy/proxy/certs/ca.crl"],
    ["on", "/opt/message_broker/main_server/certs/ca.crl"],
  ]);
  // No variable of the role is a switch for it.
  const specification = readFileSync(
    join(import.meta.dirname, "../../../ansible/roles/nginx/meta/argument_specs.yml"),
    "utf8",
  );
  expect(specification).not.toMatch(/verify/);
  expect(rendered.text(PROXY, "etc/nginx/nginx.conf")).not.toMatch(/ssl_verify_client (off|optional)/);
});

test("the proxy's application limits its clients by the requirement's three keys [BRK-10.2]", () => {
  const { rate_limiting: limits } = parse(rendered.text(PROXY, "/opt/message_broker_proxy/proxy/config.yaml"));

  expect(limits).toEqual({ enabled: true, max_requests: 600, window_seconds: 60 });
});

test("a request may be as old as its window, by clocks that follow the hypervisor's alone [BRK-11.2] [BRK-31.11] [BRK-31.17]", () => {
  const clock = rendered.text(PROXY, "etc/chrony/chrony.conf").split("\n");

  expect(read.environment(PROXY)["REPLAY_WINDOW_SECONDS"]).toBe("300");
  expect(clock.filter((line) => /^(server|pool|peer|refclock) /.test(line))).toEqual([
    expect.stringMatching(/^server 169\.254\.169\.123 /),
  ]);
  expect(clock).toContain("makestep 1.0 3");
});

test("main's data is on its own loopback: of the database and of every other name in its environment [BRK-15.3]", () => {
  const urls = Object.values(read.environment(MAIN)).filter((value) => value.includes("://"));
  const settings = rendered.text(MAIN, "etc/mysql/mariadb.conf.d/99-platform.cnf").split("\n");

  expect(urls.map((url) => new URL(url.replaceAll(/%%[^%]*%%/g, "hidden")).hostname)).toEqual([
    "localhost",
    "localhost",
  ]);
  expect(read.environment(MAIN)["DATABASE_URL"]).toMatch(/@localhost\/message_system$/);
  expect(settings.filter((line) => /^(bind_address|port) /.test(line))).toEqual([
    "bind_address = 127.0.0.1",
    "port = 3306",
  ]);
});

test("the portal listens on 8080 of loopback, and NGINX asks it there [BRK-17.6]", () => {
  expect(read.environment(PORTAL)).toMatchObject({ PORTAL_HOST: "127.0.0.1", PORTAL_PORT: "8080" });
  expect(read.unit(PORTAL)["ExecStart"]).toMatch(
    /\/python -I \/usr\/local\/lib\/python-service\/serve portal\.app:app$/,
  );
  expect(read.listens(PORTAL)).toBe("127.0.0.1:8080");
  expect(/ {8}server 127\.0\.0\.1:(\d+) /.exec(rendered.text(PORTAL, "etc/nginx/nginx.conf"))?.[1]).toBe("8080");
  expect([...read.servers(PORTAL).keys()]).not.toContain(8080);
});

test("the worker alone is told how to send mail: by SES on 587, with secrets [BRK-23.2] [BRK-23.6] [BRK-31.6] [BRK-31.14]", () => {
  const mail = (host: Host) =>
    Object.fromEntries(Object.entries(read.environment(host)).filter(([name]) => name.startsWith("SMTP_")));

  expect(mail(WORKER)).toEqual({
    SMTP_HOST: "email-smtp.eu-central-1.amazonaws.com",
    SMTP_PORT: "587",
    SMTP_USER: "%%secret:dev/message-broker/smtp-user%%",
    SMTP_PASSWORD: "%%secret:dev/message-broker/smtp-password%%",
    SMTP_FROM: "noreply@dev.example.org",
  });
  expect([PROXY, MAIN, PORTAL].map((host) => mail(host as Host))).toEqual([{}, {}, {}]);
  expect(read.modes(WORKER)[programs[WORKER].environment]).toMatchObject({ owner: "broker-worker", mode: "0600" });
});

describe("what main's timers do", () => {
  test("encryption keys are copied to another bucket than the data that they open [BRK-25.4]", () => {
    const keys = taskNamed("encryption-keys");

    expect(keys?.paths).toEqual(["/opt/message_broker/main_server/secrets"]);
    expect(keys?.bucket).toMatch(/-vault-keys-/);
    expect(taskNamed("database")?.bucket).toMatch(/-vault-data-/);
  });

  test("nobody but root sees what a backup works with [BRK-25.6]", () => {
    for (const name of ["database", "certificates", "encryption-keys"]) {
      const unit = unitIn(rendered.text(MAIN, `etc/systemd/system/platform-task-${name}.service`));
      expect(unit).toMatchObject({ UMask: "0077", PrivateTmp: "true", ProtectSystem: "strict" });
      expect(unit["User"]).toBeUndefined();
    }
    expect(read.modes(MAIN)).toMatchObject({
      "/opt/message_broker/backup.sh": { owner: "root", mode: "0750" },
      "/etc/message-broker/backup.cnf": { owner: "root", mode: "0600" },
    });
    const install = JSON.stringify(
      parse(readFileSync(join(import.meta.dirname, "../../../ansible/roles/backup_agent/tasks/install.yml"), "utf8")),
    );
    for (const folder of ["state", "secrets"]) {
      expect(install).toContain(JSON.stringify({ path: `{{ backup_agent_${folder} }}`, mode: "0700" }));
    }
  });

  test("messages are kept for 180 days, by the procedure of the requirement [BRK-27.1] [BRK-27.3]", () => {
    expect(taskNamed("purge")?.command).toEqual([
      "/usr/local/sbin/broker-purge",
      "mariadb",
      "--defaults-extra-file=/etc/message-broker/cleanup.cnf",
      "message_system",
      "--execute=CALL sp_cleanup_old_messages(180)",
    ]);
    expect(rendered.text(MAIN, "etc/systemd/system/platform-task-purge.timer")).toContain("OnCalendar=Sun ");
    expect(unitIn(rendered.text(MAIN, "etc/systemd/system/platform-task-purge.service"))["ExecStart"]).toBe(
      "/usr/local/sbin/platform-task run purge",
    );
  });

  test("statistics are taken each 15 minutes [BRK-28.1] [BRK-28.2] [BRK-31.5]", () => {
    expect(taskNamed("statistics")?.command).toEqual(["/usr/local/sbin/broker-statistics"]);
    expect(rendered.text(MAIN, "etc/systemd/system/platform-task-statistics.timer")).toContain(
      "OnCalendar=*-*-* *:00/15:00 UTC\n",
    );
  });
});

describe("a program of the broker", () => {
  test("runs as an account of its own, and answers on loopback alone [BRK-SEC.24]", () => {
    const units = broker.map(read.unit);

    expect(units.map(({ User, Group }) => [User, Group])).toEqual(
      broker.map((host) => [programs[host].user, programs[host].user]),
    );
    for (const { ExecStart = "" } of units) expect(ExecStart).not.toMatch(/0\.0\.0\.0|\[?::\]?/);
    expect(broker.map((host) => read.listens(host)?.split(":")[0])).toEqual([
      "127.0.0.1",
      "127.0.0.1",
      undefined, // the worker is told its port alone; what listens there is NGINX
      "127.0.0.1",
    ]);
  });

  test.runIf(requireProgram("systemd-analyze", "apt-get install systemd")).each(broker)(
    "is held so that systemd judges it no worse than 2.5 of 10 [BRK-SEC.24]: %s",
    (host) => {
      const path = join(rendered.folder, host, unitPath(host));
      const judged = spawnSync(
        "systemd-analyze",
        ["security", "--offline=true", "--threshold=25", "--no-pager", path],
        {
          encoding: "utf8",
        },
      );

      expect({ status: judged.status, said: judged.stderr }).toEqual({ status: 0, said: "" });
      expect(judged.stdout).toMatch(/Overall exposure level for \S+: [0-2]\.\d/);
    },
  );
});
