import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Fleet, type FleetHost, said, sha256Of } from "./support/fleet.ts";

/** What a host gets that runs no release: by the role's own tasks, on hosts that are folders of this machine. */

const VERSIONS = ["1.3.0", "1.4.0"];
const fresh = { installed: VERSIONS };
const running = { installed: VERSIONS, current: "1.4.0" };
const line = (version: string) => ({ version, sha256: sha256Of(version) });

let hosts: Fleet;
/** Installs first releases, where the file for new hosts names a version. */
function install(named: string, members: Readonly<Record<string, FleetHost>>, ...options: readonly string[]) {
  hosts = new Fleet(members, { python_service_releases: { tried: line(named) } });
  return again(...options);
}
const again = (...options: readonly string[]) => {
  const role = { name: "python_service", tasks_from: "release_first.yml" };
  const book = join(hosts.directory, "first.yaml");
  const tasks = [{ name: "Install", "ansible.builtin.include_role": role }];
  writeFileSync(book, JSON.stringify([{ name: "Try", hosts: "all", any_errors_fatal: true, tasks }]));
  return hosts.run(book, options);
};

afterEach(() => hosts.end());

describe("a host without a release", () => {
  test("gets the one that is named, when its neighbours run it or nobody runs any", async () => {
    const scaled = await install("1.4.0", { "api-a": running, "api-b": running, "api-c": fresh }, "--limit", "api-c");
    const after = hosts.running();
    hosts.end();
    const first = await install("1.3.0", { "api-a": fresh, "api-b": fresh, "main-a": { ...fresh, component: "main" } });

    expect([scaled.code, after]).toEqual([0, ["1.4.0", "1.4.0", "1.4.0"]]);
    expect([first.code, hosts.running()]).toEqual([0, ["1.3.0", "1.3.0", "1.3.0"]]);
  });

  test("fails when neighbours run another one: those of its component, or of its service where it is alone, inside the run or not", async () => {
    const other = { installed: VERSIONS, current: "1.3.0", component: "main" };
    const told = `ansible/releases/dev.yaml: must name for tried what neighbours of NAME run, got ${JSON.stringify(line("1.3.0")).replaceAll(/([:,])"/g, '$1 "')}, and api-a runs 1.4.0 (sha256 ${sha256Of("1.4.0")}); no release was installed. `;

    const scaled = await install("1.3.0", { "api-a": running, "api-b": fresh, "main-a": other }, "--limit", "api-b");
    const after = hosts.running();
    hosts.end();
    const alone = await install("1.3.0", { "api-a": running, "worker-a": { ...fresh, component: "worker" } });

    expect([scaled.code, after]).toEqual([2, ["1.4.0", undefined, "1.3.0"]]);
    expect(said(scaled.output)).toContain(told.replace("NAME", "api-b"));
    expect([alone.code, hosts.running()]).toEqual([2, ["1.4.0", undefined]]);
    expect(said(alone.output)).toContain(told.replace("NAME", "worker-a"));
  });

  test("fails when a neighbour does not answer, and says how to go on without that one", async () => {
    const silent = { installed: [], vars: { ansible_connection: "ssh", ansible_host: "127.0.0.1", ansible_port: 1 } };

    const members = { "api-a": running, "api-b": silent, "api-c": fresh };
    const refused = await install("1.4.0", members, "--limit", "api-c");
    const after = hosts.running();
    const message = said(refused.output);
    const [, given = ""] = /-e '(.+)'$/.exec(message) ?? [];
    const without = await again("--limit", "api-c", "-e", given);

    expect([refused.code, after]).toEqual([2, ["1.4.0", undefined, undefined]]);
    expect(message).toContain(
      "before api-c gets its first release, got no answer of api-b; no release was installed. ",
    );
    expect([without.code, hosts.running()]).toEqual([0, ["1.4.0", undefined, "1.4.0"]]);
  });
});
