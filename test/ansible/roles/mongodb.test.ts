import { spawnSync } from "node:child_process";
import { createContext, runInContext } from "node:vm";
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

interface User {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly { readonly role: string; readonly db: string }[];
  readonly from?: readonly string[];
}

/** A primary that knows these logins, as what it answers about each; runs `make` and tells what was changed. */
function made(known: (user: User) => object, password: (user: User) => string = (user) => user.password) {
  const users: readonly User[] = JSON.parse(rendered.text(HOST, "etc/mongod/users.json"));
  const changed: Record<string, unknown> = {};
  const said: string[] = [];
  const admin = {
    getUser: (name: string) => {
      const user = users.find((each) => each.name === name);
      return user === undefined ? null : { user: name, roles: user.roles, ...known(user) };
    },
    getUsers: () => ({ users: users.map(({ name }) => ({ user: name })) }),
    updateUser: (name: string, given: unknown) => {
      changed[name] = given;
    },
  };
  class Mongo {
    constructor(address: string) {
      const [, name, given] = /^mongodb:\/\/(\w+):([^@]*)@/.exec(address) ?? [];
      const user = users.find((each) => each.name === name);
      if (user !== undefined && decodeURIComponent(given ?? "") !== password(user)) throw new Error("wrong password");
    }
    getDB = () => admin;
  }
  const context = createContext({
    wanted: "make",
    require: () => ({ readFileSync: () => JSON.stringify(users) }),
    db: { adminCommand: () => ({ setName: "rs0", primary: "database-a:27017" }) },
    print: (line: string) => said.push(line),
    Mongo,
  });
  runInContext(rendered.text(HOST, "etc/mongod/member.js"), context);
  return { users, changed, said };
}

describe("logins that a primary has already", () => {
  const declared = ({ from }: User) => ({
    authenticationRestrictions: from === undefined ? [] : [{ clientSource: from }],
  });

  test("stay as they are when they are as declared, however the server writes addresses", () => {
    const network = ({ from = [] }: User) => from.toReversed().map((each) => `${each}/32`);

    expect(made(declared).changed).toEqual({});
    expect(
      made((user) =>
        user.from === undefined ? {} : { authenticationRestrictions: [[{ clientSource: network(user) }]] },
      ).changed,
    ).toEqual({});
  });

  test("take a rotated password, also the login that is good from members only", () => {
    const { changed, said, users } = made(declared, () => "the one before");

    expect(Object.keys(changed)).toEqual(users.map(({ name }) => name));
    expect(said).toEqual(
      users.map(({ name }) => `changed: ${name} has another password, other roles or other addresses`),
    );
    const restore = users.find(({ name }) => name === "restore");
    expect(changed["restore"]).toMatchObject({
      pwd: restore?.password,
      authenticationRestrictions: [{ clientSource: restore?.from }],
    });
  });

  test.each([
    ["from everywhere", () => ({ authenticationRestrictions: [] })],
    [
      "from another address too",
      ({ from = [] }: User) => ({ authenticationRestrictions: [{ clientSource: [...from, "10.0.0.1"] }] }),
    ],
    ["from a network", () => ({ authenticationRestrictions: [{ clientSource: ["10.0.0.0/8"] }] })],
  ])("lose it when restore is good %s", (_where, known) => {
    const { changed } = made((user) => (user.name === "restore" ? known(user) : declared(user)));

    expect(Object.keys(changed)).toEqual(["restore"]);
  });

  test("are held to the roles of the catalogue", () => {
    const more = (user: User) => ({ ...declared(user), roles: [...user.roles, { role: "root", db: "admin" }] });

    const { changed, users } = made((user) => (user.name === "monitor" ? more(user) : declared(user)));

    expect(changed).toMatchObject({ monitor: { roles: users.find(({ name }) => name === "monitor")?.roles } });
    expect(Object.keys(changed)).toEqual(["monitor"]);
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
