import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nginx } from "../../../ansible/inventory/roles/nginx.ts";
import { pythonService } from "../../../ansible/inventory/roles/python-service.ts";
import { type Rendered, render } from "../support/render.ts";

/** The program that says which units run with older files than the host has; systemd's answers are ours. */

const HOST = "dev-tkt-worker-a";
/** When every unit began. */
const BEGAN = "2026-11-21 10:00:00.500000";
const SCHEDULER = "/opt/ticketing/scheduler.env";
const BOT_UNIT = "/etc/systemd/system/ticketing-bot.service";
const NGINX_UNIT = "/etc/systemd/system/nginx.service.d/60-platform.conf";

const directory = mkdtempSync(join(tmpdir(), "pending-"));
const host = join(directory, "host");
let rendered: Rendered;
beforeAll(() => {
  rendered = render([pythonService, nginx], [HOST]);
}, 120_000);
afterAll(() => {
  rendered.remove();
  rmSync(directory, { recursive: true });
});

/** A file of the host, written some milliseconds before or after the units began. */
function write(path: string, milliseconds: number): void {
  const file = join(host, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  const time = new Date(Date.parse(`${BEGAN.replace(" ", "T")}Z`) + milliseconds);
  utimesSync(file, time, time);
}

/** Runs the program where paths lie below our folder and these units run. */
function pending(running = "ticketing-scheduler ticketing-bot nginx") {
  const systemctl = `#!/bin/sh
case "$1" in
    is-active) case " ${running} " in *" \${3%.service} "*) exit 0 ;; *) exit 3 ;; esac ;;
    show) echo 'Sat ${BEGAN} UTC' ;;
esac
`;
  writeFileSync(join(directory, "systemctl"), systemctl);
  chmodSync(join(directory, "systemctl"), 0o755);
  const text = rendered
    .text(HOST, "usr/local/lib/python-service/pending")
    .replaceAll(/ (\/(?:opt|etc|var)\/)/g, ` ${host}$1`);
  const { stdout, stderr, status } = spawnSync("sh", ["-s"], {
    input: text,
    encoding: "utf8",
    env: { PATH: `${directory}:/usr/bin:/bin` },
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.split("\n").filter(Boolean);
}

beforeEach(() => {
  rmSync(host, { recursive: true, force: true });
  for (const path of [SCHEDULER, "/opt/ticketing/bot.env", BOT_UNIT, NGINX_UNIT]) write(path, -1);
  write("/etc/systemd/system/ticketing-scheduler.service", -1);
});

describe("a host's units that must restart", () => {
  test("are none where all began after their files were written, as after a first converge", () => {
    expect(pending()).toEqual([]);
  });

  test.each([
    ["an environment file", SCHEDULER, "ticketing-scheduler"],
    ["a unit", BOT_UNIT, "ticketing-bot"],
    ["what NGINX may do", NGINX_UNIT, "nginx"],
  ])("are those that began before %s was written, to the millisecond, and no others", (_, path, unit) => {
    write(path, 1);

    expect(pending()).toEqual([unit]);
  });

  test("are not those that do not run: they start with the new files", () => {
    write(SCHEDULER, 1);

    expect(pending("ticketing-bot nginx")).toEqual([]);
  });

  test("are all where the host left its load balancers and an interrupted run did not bring it back", () => {
    write("/var/lib/python-service/left", -1);

    expect(pending()).toEqual(["ticketing-scheduler", "ticketing-bot", "nginx"]);
  });
});
