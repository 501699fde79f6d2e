import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { mongodb } from "../../../ansible/inventory/roles/mongodb.ts";
import { type Rendered, render } from "../support/render.ts";

const HOST = "dev-nod-database-a";

let rendered: Rendered;
beforeAll(() => {
  rendered = render([mongodb], [HOST]);
}, 120_000);
afterAll(() => rendered.remove());

const configuration = () => parse(rendered.text(HOST, "etc/mongod.conf"));

test("[NOD-4.12] [NOD-SEC.4] is a replica set with authorization, members known by certificate, and TLS required", () => {
  expect(configuration()).toMatchObject({
    replication: { replSetName: "rs0" },
    security: { authorization: "enabled", clusterAuthMode: "x509" },
    net: {
      tls: {
        mode: "requireTLS",
        disabledProtocols: "TLS1_0,TLS1_1",
        CAFile: "/etc/mongod/tls/ca.crt",
        clusterAuthX509: { attributes: "OU=desktop-backend/database" },
      },
    },
    setParameter: { enableLocalhostAuthBypass: false },
  });
});

test("[NOD-5.3] listens on loopback and its own private address", () => {
  const addresses: readonly string[] = configuration().net.bindIp.split(",");
  expect(addresses[0]).toBe("127.0.0.1");
  expect(addresses[1]).toMatch(/^10\.\d+\.\d+\.\d+$/);
  expect(addresses).toHaveLength(2);
});

describe("logins", () => {
  const users = () => JSON.parse(rendered.text(HOST, "etc/mongod/users.json"));

  test("[NOD-4.6] have the roles of the catalogue and no others", () => {
    expect(users().map(({ name, roles }: { name: string; roles: unknown }) => ({ name, roles }))).toEqual([
      { name: "app", roles: [{ role: "readWrite", db: "backend" }] },
      {
        name: "migrate",
        roles: [
          { role: "readWrite", db: "backend" },
          { role: "dbAdmin", db: "backend" },
        ],
      },
      { name: "backup", roles: [{ role: "backup", db: "admin" }] },
      { name: "restore", roles: [{ role: "restore", db: "admin" }] },
      { name: "monitor", roles: [{ role: "clusterMonitor", db: "admin" }] },
    ]);
  });

  test("restore is good from members only", () => {
    const [restore] = users().filter(({ name }: { name: string }) => name === "restore");
    expect(restore.from).toHaveLength(4);
    expect(users().filter(({ from }: { from?: unknown }) => from !== undefined)).toEqual([restore]);
  });
});

describe("what no MongoDB can run here", () => {
  test("the tool is a shell program", () => {
    expect(spawnSync("sh", ["-n"], { input: rendered.text(HOST, "usr/local/sbin/mongodb-member") }).status).toBe(0);
  });

  test("its script is JavaScript", () => {
    const done = spawnSync(process.execPath, ["--check", "-"], {
      input: rendered.text(HOST, "etc/mongod/member.js"),
      encoding: "utf8",
    });
    expect(done.stderr).toBe("");
  });
});
