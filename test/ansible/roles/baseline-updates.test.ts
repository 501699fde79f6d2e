import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { backupAgent } from "../../../ansible/inventory/roles/backup-agent.ts";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { type Rendered, render } from "../support/render.ts";

/** Of what the role backup_agent is given for each backup. */
interface TaskVariables {
  readonly name: string;
  readonly kind: string;
  readonly schedule: { readonly every: string; readonly at?: string; readonly zone?: string };
  readonly limit_seconds: number;
}

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

describe("the night of updates [NOD-5.6]", () => {
  const MINUTE = 60;
  const seconds = (at: string) => {
    const [hours = 0, minutes = 0] = at.split(":").map(Number);
    return (hours * 60 + minutes) * MINUTE;
  };
  const { baseline_update_time: at } = parse(readFileSync("ansible/roles/baseline/defaults/main.yml", "utf8"));
  // The timer's random delay, and an hour to install.
  const update = { start: seconds(at), end: seconds(at) + (20 + 60) * MINUTE };

  test.each(estates)(
    "begins when every backup is over, and is over when the next begins: $environment.name",
    (estate) => {
      const { groupVars } = inventoryOf(estate, [backupAgent]);
      const tasks = Object.values(groupVars).flatMap(
        ({ backup_agent_tasks: each }) => each as unknown as readonly TaskVariables[],
      );
      // Those of minutes are always under way, and come again by themselves.
      const rare = tasks.filter(({ kind, schedule }) => kind === "backup" && schedule.every !== "minutes");
      const met = rare.filter(({ schedule, limit_seconds: limit }) => {
        const start = seconds(schedule.at ?? "");
        return [start, start - 24 * 60 * MINUTE].some((each) => each < update.end && each + limit > update.start);
      });

      expect(rare.map(({ name }) => name)).toEqual(expect.arrayContaining(["database", "database-dump"]));
      // Updates are at a time of UTC.
      expect(rare.map(({ schedule }) => schedule.zone).filter((zone) => zone !== "UTC")).toEqual([]);
      expect(met.map(({ name }) => name)).toEqual([]);
    },
  );
});

describe("a host tells Prometheus when it was patched last [NOD-5.6]:", () => {
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([baseline], ["dev-tkt-api-a"]);
  });
  afterAll(() => rendered.remove());
  let folder: string;
  const program = (...args: readonly string[]) =>
    spawnSync("sh", [join(folder, "platform-updates"), ...args], {
      env: { PATH: `${folder}:${process.env["PATH"]}` },
    }).status;
  const file = () => join(folder, "metrics/platform-updates.prom");
  const told = (name: string) => Number(new RegExp(`^${name} (.*)$`, "m").exec(readFileSync(file(), "utf8"))?.[1]);
  const since = () => told("platform_updates_last_success_timestamp_seconds");
  /** What apt would do, and what it says of packages. */
  const apt = (name: "apt" | "apt-get", ...lines: readonly string[]) =>
    writeFileSync(join(folder, name), ["#!/bin/sh", "cat <<END", ...lines, "END", ""].join("\n"), { mode: 0o755 });
  const NOTHING = "0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.";
  /** The index of the bucket, made so many seconds after 1970, that the host read last. */
  const index = (seconds: number) =>
    writeFileSync(
      join(folder, "lists/bucket_debian_dists_trixie_InRelease"),
      `Hash: SHA512\n\nDate: ${new Date(seconds * 1000).toUTCString()}\n`,
    );
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "updates-"));
    for (const name of ["metrics", "lists"]) mkdirSync(join(folder, name));
    // The first start of this host, in seconds after 1970.
    writeFileSync(join(folder, "machine-id"), "");
    utimesSync(join(folder, "machine-id"), 1_000, 1_000);
    const text = rendered
      .text("dev-tkt-api-a", "usr/local/sbin/platform-updates")
      .replaceAll("/var/lib/prometheus/node-exporter", join(folder, "metrics"))
      .replaceAll("/var/lib/apt/lists", join(folder, "lists"))
      .replaceAll("/run/reboot-required", join(folder, "reboot-required"))
      .replaceAll("/etc/machine-id", join(folder, "machine-id"));
    writeFileSync(join(folder, "platform-updates"), text);
    apt("apt", "Listing...");
    apt("apt-get", "Inst nginx [1] (2 platform:trixie [arm64])", NOTHING.replace("0", "1"));
    index(5_000);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("since its first start, so that one which never is grows late too", () => {
    expect([program(), since()]).toEqual([0, 1_000]);
  });

  test("since then once it was, whatever is converged or published later", () => {
    program();

    expect(program("--done")).toBe(0);

    const patched = since();
    expect(patched).toBeGreaterThan(1_000_000_000);
    expect([program(), since()]).toEqual([0, patched]);
    apt("apt-get", NOTHING);
    expect([program(), since()]).toEqual([0, patched]);
  });

  test("as of the index it has all of, however often that one is read", () => {
    apt("apt-get", NOTHING);
    expect([program(), since()]).toEqual([0, 5_000]);
    index(7_000);
    expect([program(), since()]).toEqual([0, 7_000]);
  });

  test.each([
    [
      "installed",
      ["Inst libc6 [1] (2 platform:trixie [arm64])", "10 upgraded, 0 newly installed, 0 to remove and 0 not upgraded."],
    ],
    ["kept back", ["0 upgraded, 0 newly installed, 0 to remove and 1 not upgraded."]],
    ["known, since apt fails", []],
  ])("and no later while one waits to be %s", (_, lines) => {
    apt("apt-get", NOTHING);
    program();
    index(7_000);

    apt("apt-get", ...lines);

    expect([program(), since()]).toEqual([0, 5_000]);
  });

  test("and no later while one waits for a restart", () => {
    apt("apt-get", NOTHING);
    writeFileSync(join(folder, "reboot-required"), "");

    expect([program(), since()]).toEqual([0, 1_000]);
  });

  test("and not at all by an index that was never read", () => {
    apt("apt-get", NOTHING);
    rmSync(join(folder, "lists/bucket_debian_dists_trixie_InRelease"));

    expect([program(), since()]).toEqual([0, 1_000]);
  });

  test("and which packages no index has, but for those that are so by intent", () => {
    expect([program(), told("platform_packages_without_source")]).toEqual([0, 0]);
    apt(
      "apt",
      "Listing...",
      "amazon-ssm-agent/now 3.3 arm64 [installed,local]",
      "bash/now 5.2 arm64 [installed,local]",
      "libc6/trixie 2.41 arm64 [installed,automatic]",
      "linux-image-6.12.41+deb13-cloud-arm64/now 6.12.41-1 arm64 [installed,local]",
      "linux-image-cloud-arm64/now 6.12.41-1 arm64 [installed,local]",
      "nginx/trixie 2 arm64 [installed,upgradable to: 3]",
    );

    expect([program(), told("platform_packages_without_source")]).toEqual([0, 2]);
  });

  test("in one file that others may read, and in none when it cannot say", () => {
    program();
    expect(readdirSync(join(folder, "metrics"))).toEqual(["platform-updates.prom"]);
    expect(statSync(file()).mode & 0o777).toBe(0o644);
    for (const path of ["machine-id", "metrics/platform-updates.prom"]) rmSync(join(folder, path));

    expect(program()).not.toBe(0);
    expect(readdirSync(join(folder, "metrics"))).toEqual([]);
  });
});
