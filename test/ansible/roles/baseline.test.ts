import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { type Rendered, render } from "../support/render.ts";

const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));

describe("the role baseline", () => {
  test.each(estates)("is for every host: $environment.name", (estate) => {
    const { groups, groupVars } = inventoryOf(estate, [baseline]);

    expect(Object.keys(groups["baseline"]?.children ?? {})).toEqual(Object.keys(groupVars));
  });

  test.each(estates)("updates no two zones in one night [NOD-5.6]: $environment.name", (estate) => {
    const { hostVars } = inventoryOf(estate, [baseline]);

    const days = new Map<unknown, Set<unknown>>();
    for (const { platform_zone: zone, baseline_update_day: day } of Object.values(hostVars)) {
      days.set(zone, (days.get(zone) ?? new Set()).add(day));
    }

    expect([...days.keys()].toSorted()).toEqual(["a", "b", "c"]);
    expect([...days.values()].map((each) => each.size)).toEqual([1, 1, 1]);
    expect(new Set([...days.values()].flatMap((each) => [...each])).size).toBe(3);
  });

  test("mounts a data volume where the catalogue gives one, and nowhere else", () => {
    const [dev] = estates;
    if (dev === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(dev, [baseline]);

    const mounted = Object.keys(groupVars).filter((name) => groupVars[name]?.["baseline_data_folder"] !== undefined);

    expect(mounted).toEqual([
      "ticketing_database",
      "ticketing_redis",
      "desktop_backend_database",
      "resident_services_redis",
      "message_broker_proxy",
      "message_broker_main",
      "student_allocation_redis",
      "observability_prometheus",
      "observability_loki",
      "observability_tempo",
    ]);
  });

  test("lets Redis fork without the memory it will not touch", () => {
    const [dev] = estates;
    if (dev === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(dev, [baseline]);
    const overcommits = { "vm.overcommit_memory": 1 };

    expect(groupVars["ticketing_redis"]).toMatchObject({ baseline_sysctls: overcommits });
    expect(groupVars["message_broker_proxy"]).toMatchObject({ baseline_sysctls: overcommits });
    expect(groupVars["ticketing_api"]).toMatchObject({ baseline_sysctls: {} });
  });
});

describe("a host", () => {
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([baseline], ["dev-tkt-api-a"]);
  });
  afterAll(() => rendered.remove());
  const role = (path: string) => parse(readFileSync(`ansible/roles/baseline/${path}`, "utf8"));

  test("asks the clock of the Amazon Time Sync Service and no other, and serves nobody [TKT-2.1]", () => {
    const lines = rendered.text("dev-tkt-api-a", "etc/chrony/chrony.conf").split("\n");
    const sources = lines.filter((line) => /^(server|peer|pool|refclock|sourcedir|confdir|include)\b/.test(line));

    expect(sources.map((line) => line.split(" ").slice(0, 3))).toEqual([["server", "169.254.169.123", "prefer"]]);
    expect(lines).toContain("port 0");
    // A clock that is seconds wrong at the start is set at once: a code of a second factor lives for thirty.
    expect(lines).toContain("makestep 1.0 3");
  });

  test("runs that clock from its start on, and no second one [TKT-2.1]", () => {
    const { baseline_packages: packages, baseline_unwanted_units: unwanted } = role("vars/main.yml");
    const tasks = role("tasks/run.yml") as readonly Readonly<Record<string, unknown>>[];
    const naming = (text: string) => tasks.filter((task) => JSON.stringify(task).includes(text));

    expect(packages).toContain("chrony");
    expect(unwanted).toContain("systemd-timesyncd.service");
    // What a container cannot do is left out there, and nowhere else.
    expect(naming("chrony.service").map(({ when }) => when)).toEqual(["not platform_simulated"]);
    expect(naming("chrony.service")[0]?.["platform.hosts.units"]).toEqual({
      names: expect.arrayContaining(["chrony.service"]),
    });
    expect(naming("baseline_unwanted_units").map((task) => task["platform.hosts.units"])).toMatchObject([
      { state: "masked" },
    ]);
  });

  test("takes nobody in by SSH, so that each login is a recorded session [NOD-5.5]", () => {
    expect(role("vars/main.yml").baseline_unwanted_units).toEqual(
      expect.arrayContaining(["ssh.service", "ssh.socket", "sshd-unix-local.socket", "sshd-vsock.socket"]),
    );
    // Nor would anybody be by an unmasked unit: there is no server.
    expect(role("vars/main.yml").baseline_unwanted).toContain("openssh-server");
    expect(
      role("tasks/install.yml").map((task: Readonly<Record<string, unknown>>) => task["ansible.builtin.apt"]),
    ).toContainEqual({ name: "{{ baseline_unwanted }}", state: "absent", purge: true });
  });

  test("leaves what requests go through or what holds data to patch.yml, which takes the host out of service first", () => {
    const file = join(rendered.folder, "dev-tkt-api-a/etc/apt/apt.conf.d/61platform-upgrades");
    const told = execFileSync("apt-config", ["--config-file", file, "dump", "Unattended-Upgrade::Package-Blacklist"]);
    const left = [...told.toString().matchAll(/::Package-Blacklist:: "(.*)"/g)].map(
      ([, each = ""]) => new RegExp(each),
    );
    const isLeft = (name: string) => left.some((each) => each.test(name));

    const served = ["nginx", "libnginx-mod-stream", "patroni", "etcd-server", "postgresql-17", "redis-server"];
    expect([...served, "mariadb-server", "mongodb-org-server"].filter((each) => !isLeft(each))).toEqual([]);
    expect(["openssl", "libc6", "sudo", "linux-image-cloud-arm64", "prometheus-redis-exporter"].filter(isLeft)).toEqual(
      [],
    );
  });

  describe("lets packages' scripts", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "policy-"));
      // Runs are the units named in a file: whoever is asked says so.
      writeFileSync(join(folder, "systemctl"), `#!/bin/sh\ngrep -qx "$3" "${folder}/running"\n`, { mode: 0o755 });
      const policy = rendered.text("dev-tkt-api-a", "usr/sbin/policy-rc.d");
      writeFileSync(
        join(folder, "policy-rc.d"),
        policy.replace("/run/platform-stopped-by-update", join(folder, "stopped")),
      );
      running();
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    const running = (...units: readonly string[]) =>
      writeFileSync(join(folder, "running"), units.map((unit) => `${unit}\n`).join(""));
    const may = (unit: string, action: string) =>
      spawnSync("sh", [join(folder, "policy-rc.d"), unit, action], {
        env: { PATH: `${folder}:${process.env["PATH"]}` },
      }).status === 0;

    test("start nothing that an installation brings", () => {
      expect(["start", "restart", "reload"].map((action) => may("redis-server.service", action))).toEqual([
        false,
        false,
        false,
      ]);
    });

    test("restart what runs", () => {
      running("nginx");

      expect(may("nginx.service", "restart")).toBe(true);
    });

    test("start again what they stopped, under either name and for half an hour, and nothing else", () => {
      running("mariadb");
      expect(may("mariadb", "stop")).toBe(true);
      running();
      expect(may("mariadb", "stop")).toBe(true);
      expect(may("nginx", "stop")).toBe(true);

      expect(may("nginx.service", "restart")).toBe(false);
      expect(may("mariadb", "restart")).toBe(true);
      expect(may("mariadb.service", "restart")).toBe(true);
      const before = new Date(Date.now() - 31 * 60_000);
      utimesSync(join(folder, "stopped/mariadb"), before, before);
      expect(may("mariadb.service", "restart")).toBe(false);
    });
  });
});
