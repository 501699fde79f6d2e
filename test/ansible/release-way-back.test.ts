import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folder, runPlaybooks } from "./support/playbook.ts";

/** A release that is well on some hosts alone: by the real playbooks, on hosts that are folders of this machine. */

const HOSTS = ["api-a", "api-b", "api-c"];
const manifest = (version: string) => JSON.stringify({ service: "tried", version });

let directory: string;
/** What a host runs, by its link. */
const running = () => HOSTS.map((host) => readlinkSync(join(directory, host, "venv")).split("/")[1]);

/** Hosts that run 1.3.0 after 1.2.0, and have 1.4.0 installed; 1.4.0 is not well on one. */
function fleet(unwell: string): string {
  for (const host of HOSTS) {
    for (const version of ["1.2.0", "1.3.0", "1.4.0"]) {
      mkdirSync(join(directory, host, "releases", version), { recursive: true });
      writeFileSync(join(directory, host, "releases", version, "manifest.json"), manifest(version));
    }
    symlinkSync("releases/1.3.0/venv", join(directory, host, "venv"));
    symlinkSync("releases/1.2.0/venv", join(directory, host, "venv.previous"));
  }
  const hosts = HOSTS.map((host) => {
    const root = join(directory, host);
    const well = `sh -c 'case $(readlink ${root}/venv) in *1.4.0*) exit 1 ;; esac'`;
    return [host, { python_service_root: root, platform_ready: host === unwell ? [well] : [] }] as const;
  });
  const vars = {
    ansible_connection: "local",
    platform_environment: "dev",
    platform_service: "tried",
    platform_group: "api",
    platform_region: "eu-central-1",
    platform_package_bucket: "packages",
    python_service_order: 0,
    python_service_python: "/usr/bin/python3",
    python_service_units: [],
    python_service_targets: [],
    python_service_jobs: [],
    python_service_watch_seconds: 0,
  };
  const groups = Object.fromEntries(
    ["tried", "python_service", "tried_api"].map((name) => [name, Object.fromEntries(HOSTS.map((host) => [host, {}]))]),
  );
  const children = Object.fromEntries(Object.entries(groups).map(([name, members]) => [name, { hosts: members }]));
  const path = join(directory, "hosts.yaml");
  writeFileSync(path, JSON.stringify({ all: { vars, hosts: Object.fromEntries(hosts), children } }));
  return path;
}

/** Nobody needs to be root of a folder of his own. */
const run = (name: string, inventory: string, words: readonly string[]) =>
  runPlaybooks(
    [join(folder, name)],
    [...words, "-e", JSON.stringify({ ansible_become: false, python_service_left: join(directory, "left") })],
    inventory,
  );
const release = (inventory: string) => {
  const sha256 = createHash("sha256").update(manifest("1.4.0")).digest("hex");
  const values = { release_service: "tried", release_version: "1.4.0", release_sha256: sha256 };
  return run("release.yml", inventory, ["-e", JSON.stringify(values)]);
};
/** What the last task that failed says. */
const said = (output: string) =>
  (JSON.parse([...output.matchAll(/^fatal: .+ => (\{.+\})$/gm)].at(-1)?.[1] ?? "") as { readonly msg: string }).msg;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "way-back-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a release that fails on a later host names those that run it, and the command that has all run one release again", async () => {
  const inventory = fleet("api-b");

  const { code, output } = await release(inventory);

  expect(code).toBe(2);
  expect(running()).toEqual(["1.4.0", "1.3.0", "1.3.0"]);
  const message = said(output);
  expect(message).toContain(
    "failed on api-b, which runs 1.3.0 again and takes requests; hosts after it were not touched, and hosts before it (api-a) " +
      "run 1.4.0. With the inventory and limit of this run, ansible-playbook playbooks/",
  );

  const [, name = "", words = ""] =
    /ansible-playbook playbooks\/(\S+)((?: -e \S+)+) has every host run 1\.3\.0\./.exec(message) ?? [];
  const back = await run(name, inventory, words.trim().split(" "));

  expect([back.code, running()]).toEqual([0, ["1.3.0", "1.3.0", "1.3.0"]]);
});

test("a release that fails on the first host leaves nothing to bring back, and names no command", async () => {
  const { output } = await release(fleet("api-a"));

  expect(running()).toEqual(["1.3.0", "1.3.0", "1.3.0"]);
  expect(said(output)).toMatch(/failed on api-a, .*; hosts after it were not touched\. It failed at /);
});
