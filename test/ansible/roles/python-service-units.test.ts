import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { pythonService } from "../../../ansible/inventory/roles/python-service.ts";
import { ticketing } from "../../../services/products/ticketing.ts";
import { requireProgram } from "../../support/program.ts";
import { type Rendered, render } from "../support/render.ts";
import { told } from "./python-service/told.ts";

/** Units of ticketing as the role writes them, judged by systemd itself. */

const HOSTS = {
  "ticketing-api": "dev-tkt-api-a",
  "ticketing-scheduler": "dev-tkt-worker-a",
  "ticketing-bot": "dev-tkt-worker-a",
};
const units = Object.entries(HOSTS);
const installed = requireProgram("systemd-analyze", "apt-get install systemd");
let rendered: Rendered;
beforeAll(() => {
  rendered = render([pythonService], ["dev-tkt-api-a", "dev-tkt-worker-a"]);
});
afterAll(() => rendered.remove());

const pathOf = (unit: string) => `etc/systemd/system/${unit}.service`;
/** Settings of a unit; one that stands more than once has its values joined. */
function settings(unit: string, host: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of rendered.text(host, pathOf(unit)).matchAll(/^(\w+)=(.*)$/gm)) {
    found[name] = found[name] === undefined ? value : `${found[name]} ${value}`;
  }
  return found;
}
const role = (path: string) => parse(readFileSync(`ansible/roles/python_service/${path}`, "utf8"));

describe("units of ticketing", () => {
  test("are those that the catalogue declares, each on its hosts, and start with the host [TKT-5.9]", () => {
    const declared = ticketing.components.flatMap((each) => (each.kind === "hosts" ? each.units : []));

    expect(units.map(([unit]) => unit)).toEqual(declared.map(({ name }) => name));
    for (const [unit, host] of units) {
      const { user, directory, exec } = declared.find(({ name }) => name === unit) ?? {};
      const { ExecStart, Sockets, ...found } = settings(unit, host);
      expect(found).toMatchObject({ User: user, WorkingDirectory: directory, WantedBy: "multi-user.target" });
      // An address that the catalogue gives a program is a socket, which the program gets.
      const address = / --host (\S+) --port (\d+)/.exec(exec ?? "");
      expect(ExecStart).toBe(
        address === null ? exec : "/opt/ticketing/venv/bin/python -I /usr/local/lib/python-service/serve app.main:app",
      );
      expect(Sockets).toBe(address === null ? undefined : `${unit}.socket`);
      if (address !== null) {
        expect(rendered.text(host, `etc/systemd/system/${unit}.socket`)).toMatch(
          new RegExp(`^ListenStream=${address[1]}:${address[2]}$`, "m"),
        );
      }
    }
    expect(readFileSync("ansible/roles/python_service/tasks/run.yml", "utf8")).toMatch(
      /(enabled: true|platform\.hosts\.units:)[\s\S]*python_service_units/,
    );
  });

  test.runIf(installed).each(units)("are what systemd takes: %s [TKT-5.9]", (unit, host) => {
    const file = join(rendered.folder, host, pathOf(unit));

    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });

    // Programs of hosts are not on this machine.
    const said = stderr.split("\n").filter((line) => line.includes(unit) && !line.includes("is not executable"));
    expect(said).toEqual([]);
  });

  test.runIf(installed).each(units)("may little: %s [TKT-5.9]", (unit, host) => {
    const file = join(rendered.folder, host, pathOf(unit));

    const { status, stdout } = spawnSync(
      "systemd-analyze",
      ["security", "--offline=true", "--threshold=20", "--no-pager", file],
      { encoding: "utf8" },
    );

    expect(stdout).toMatch(/Overall exposure level for .*: [01]\.\d OK/);
    expect(status).toBe(0);
  });

  test.each(units)(
    "are no root, cannot become it, write where they must alone, and come back: %s [TKT-5.9]",
    (unit, host) => {
      const found = settings(unit, host);

      expect(found).toMatchObject({
        NoNewPrivileges: "yes",
        CapabilityBoundingSet: "",
        ProtectSystem: "strict",
        ProtectHome: "yes",
        PrivateTmp: "yes",
        Restart: "always",
      });
      expect(found["User"]).toMatch(/^ticketing/);
      const writable = (found["ReadWritePaths"] ?? "").split(" ").filter(Boolean);
      expect(writable.filter((path) => !/^-\/(var\/log|opt)\/ticketing(\/|$)/.test(path))).toEqual([]);
    },
  );
});

describe("Python", () => {
  test.each(["api", "worker"])("is installed, and is the one that the catalogue names: %s [TKT-5.7]", (component) => {
    const { units: declared } = ticketing.components.find(({ name }) => name === component) as {
      readonly units: readonly { readonly runtime: string }[];
    };
    const { python_service_python: python } = told("ticketing", component);

    expect(new Set(declared.map(({ runtime }) => `/usr/bin/${runtime}`))).toEqual(new Set([python]));
    expect(role("vars/main.yml").python_service_packages).toEqual(expect.arrayContaining(["python3", "python3-pip"]));
  });

  test.each(["release_first", "release_install"])(
    "is what %s.yml makes the environment of a release with [TKT-5.7]",
    (file) => {
      const steps = role(`tasks/${file}.yml`) as readonly Readonly<
        Record<string, { readonly state?: string; readonly python?: string }>
      >[];

      const made = steps.flatMap((step) => step["platform.hosts.python_release"] ?? []);
      const making = made.filter(({ state }) => state !== "known");
      expect(making.map(({ python }) => python)).toEqual(["{{ python_service_python }}"]);
    },
  );

  test.each(units)("runs nothing but what lies in the release: %s [TKT-5.7]", (unit, host) => {
    expect(settings(unit, host)["ExecStart"]).toMatch(/^\/opt\/ticketing\/venv\/bin\//);
  });
});
