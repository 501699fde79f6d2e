import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patroni } from "../../../ansible/inventory/roles/patroni.ts";
import { selfSigned } from "../support/certificate.ts";
import { type Rendered, render } from "../support/render.ts";

/** The tool of members against an API that answers as Patroni 4.0 does, over mutual TLS. */

const HOST = "dev-tkt-database-a";
const directory = mkdtempSync(join(tmpdir(), "patroni-member-"));

interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly timeline: number;
  readonly lag?: number | string;
}
const leader = (letter: string): Member => ({
  name: `database-${letter}`,
  role: "leader",
  state: "running",
  timeline: 3,
});
const standby = (letter: string, changed: Partial<Member> = {}): Member => ({
  name: `database-${letter}`,
  role: "quorum_standby",
  state: "streaming",
  timeline: 3,
  lag: 0,
  ...changed,
});

let members: readonly Member[] = [];
let asked: readonly string[] = [];
let rendered: Rendered;
let server: Server;

beforeAll(async () => {
  rendered = render([patroni], [HOST]);
  const { certificate, key } = selfSigned(directory);
  const own = readFileSync(certificate);
  server = createServer(
    { cert: own, key: readFileSync(key), ca: own, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        if (request.url === "/cluster") response.end(JSON.stringify({ members, scope: "ticketing-database" }));
        if (request.url !== "/switchover") return;
        asked = [...asked, `${request.method} ${body}`];
        const to = (JSON.parse(body) as { readonly candidate: string }).candidate.slice(-1);
        members = ["a", "b", "c"].map((letter) => (letter === to ? leader(letter) : standby(letter)));
        response.end(`Successfully switched over to "database-${to}"`);
      });
    },
  );
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const facts = {
    ...(JSON.parse(rendered.text(HOST, "etc/patroni/settle.json")) as object),
    api: `https://localhost:${(server.address() as AddressInfo).port}`,
    authority: certificate,
    certificate,
    key,
  };
  writeFileSync(join(directory, "facts.json"), JSON.stringify(facts));
  const program = rendered.text(HOST, "usr/local/sbin/patroni-member");
  writeFileSync(
    join(directory, "member"),
    program.replace("/etc/patroni/settle.json", join(directory, "facts.json")).replace("ready(5)", "ready(0.1)"),
  );
}, 120_000);
afterAll(() => {
  server.close();
  rendered.remove();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  members = [leader("a"), standby("b", { lag: 9 }), standby("c")];
  asked = [];
});

const run = (...words: readonly string[]) =>
  new Promise<{ readonly code: number | null; readonly said: string }>((resolve, reject) => {
    const child = spawn("python3", ["-I", join(directory, "member"), ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    child.on("error", reject).on("close", (code) => resolve({ code, said: said.trim() }));
  });

describe("handing over before a host stops", () => {
  test("gives the lead to the nearest member that acknowledges commits, and waits until all follow it", async () => {
    expect(await run("handover")).toEqual({ code: 0, said: "database-a has handed over to database-c" });
    expect(asked).toEqual(['POST {"leader": "database-a", "candidate": "database-c"}']);
  });

  test("does nothing where this member does not lead", async () => {
    members = [standby("a"), leader("b"), standby("c")];

    expect(await run("handover")).toEqual({ code: 0, said: "" });
    expect(asked).toEqual([]);
  });

  test.each([
    ["a member is away", () => [leader("a"), standby("b")], /members must be .*, got database-a, database-b/],
    [
      "a replica lags",
      () => [leader("a"), standby("b"), standby("c", { lag: 2 ** 25 })],
      /database-c: must be within 16777216 bytes/,
    ],
    [
      "a replica's lag is not known",
      () => [leader("a"), standby("b"), standby("c", { lag: "unknown" })],
      /got unknown/,
    ],
    [
      "a replica does not stream",
      () => [leader("a"), standby("b"), standby("c", { state: "starting" })],
      /database-c: must stream, got starting/,
    ],
    [
      "nobody acknowledges commits",
      () => [leader("a"), standby("b", { role: "replica" }), standby("c", { role: "replica" })],
      /one at least must acknowledge commits/,
    ],
  ])("fails when %s, and asks nothing of Patroni", async (_, found, said) => {
    members = found();
    const done = await run("handover");

    expect(done.code).toBe(1);
    expect(done.said).toMatch(said);
    expect(asked).toEqual([]);
  });
});

describe("a switchover by hand", () => {
  test("goes to the member that is named", async () => {
    expect(await run("switchover", "database-b")).toEqual({
      code: 0,
      said: "database-a has handed over to database-b",
    });
  });

  test("with --check changes nothing, and nothing is to be done where the member leads", async () => {
    expect(await run("switchover", "database-b", "--check")).toEqual({
      code: 0,
      said: "database-a would hand over to database-b",
    });
    expect(await run("switchover", "database-a")).toEqual({ code: 0, said: "database-a leads already" });
    expect(asked).toEqual([]);
  });

  test("fails when the member may lack a commit", async () => {
    members = [leader("a"), standby("b"), standby("c", { role: "replica" })];

    expect((await run("switchover", "database-c")).said).toContain("must be one that acknowledges commits");
    expect(asked).toEqual([]);
  });
});

describe("being ready", () => {
  test("is one leader that all others follow closely", async () => {
    expect(await run("ready", "0.1")).toEqual({ code: 0, said: "" });
    members = [standby("a"), standby("b"), standby("c")];

    expect(await run("ready", "0.1")).toMatchObject({
      code: 1,
      said: expect.stringContaining("exactly one must lead"),
    });
  });
});
