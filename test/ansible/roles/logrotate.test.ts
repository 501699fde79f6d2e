import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logrotate } from "../../../ansible/inventory/roles/logrotate.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { requireProgram } from "../../support/program.ts";
import { type Rendered, render } from "../support/render.ts";

const installed = requireProgram("logrotate", "apt-get install logrotate");
const HOSTS = ["dev-tkt-api-a", "dev-brk-main-a", "dev-brk-worker-a"];
let rendered: Rendered;
beforeAll(() => {
  rendered = render([logrotate], HOSTS);
});
afterAll(() => rendered.remove());

/** What logrotate says of a file. The users of applications are not on this machine: root stands for them. */
function judged(host: string, path: string) {
  const file = join(rendered.folder, host, "judged");
  writeFileSync(
    file,
    rendered
      .text(host, path)
      .replace(/^( *su) .*$/m, "$1 root root")
      .replace("www-data adm", "root root"),
    {
      mode: 0o644,
    },
  );
  const { status, stderr } = spawnSync("logrotate", ["--debug", file], { encoding: "utf8" });
  return { status, errors: stderr.split("\n").filter((line) => line.startsWith("error")) };
}

describe("log files", () => {
  test.runIf(installed).each(HOSTS)("of units are rotated as logrotate itself reads it [TKT-5.10]: %s", (host) => {
    expect(judged(host, "etc/logrotate.d/platform")).toEqual({ status: 0, errors: [] });
  });

  test.runIf(installed)("of NGINX are rotated and opened anew", () => {
    expect(judged("dev-tkt-api-a", "etc/logrotate.d/nginx")).toEqual({ status: 0, errors: [] });
    expect(rendered.text("dev-tkt-api-a", "etc/logrotate.d/nginx")).toContain("--signal=USR1 nginx.service");
  });

  test.runIf(installed)("fails when the judge is given a broken file", () => {
    writeFileSync(
      join(rendered.folder, "dev-tkt-api-a/etc/logrotate.d/broken"),
      "/var/log/x.log {\n  rotate many\n}\n",
    );

    expect(judged("dev-tkt-api-a", "etc/logrotate.d/broken").status).not.toBe(0);
  });

  test("of every directory that the catalogue declares are rotated, each as the user who writes them [TKT-5.10]", () => {
    const [dev] = catalogue.environments;
    if (dev === undefined) throw new Error("no environment");
    const declared = catalogue.services
      .flatMap(({ components }) => components)
      .flatMap((component) => (component.kind === "hosts" ? component.units : []))
      .flatMap(({ logs, user }) => (logs === undefined ? [] : [{ directory: logs, user }]));

    const told = Object.values(inventoryOf(resolveEstate(catalogue, dev), [logrotate]).groupVars).flatMap(
      ({ logrotate_directories: found }) => (found ?? []) as readonly { directory: string; user: string }[],
    );

    expect(declared.length).toBeGreaterThan(3);
    expect(told.map(({ directory, user }) => ({ directory, user }))).toEqual(declared);
    expect(rendered.text("dev-tkt-api-a", "etc/logrotate.d/platform")).toContain(
      "/var/log/ticketing/*.log {\n    su ticketing ticketing",
    );
  });
});
