import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { etcd } from "../../../ansible/inventory/roles/etcd.ts";
import { type Rendered, render } from "../support/render.ts";

/** The tool of members; etcdctl answers as that of etcd 3.5 does, and writes down what it was asked. */

const HOST = "dev-tkt-database-a";
const IDS = { a: 0xfa11_0000_0000_0001n, b: 0x0b00_0000_0000_0002n, c: 0x0c00_0000_0000_0003n };
type Letter = keyof typeof IDS;
const LETTERS: readonly Letter[] = ["a", "b", "c"];
const endpoint = (letter: Letter) => `https://database-${letter}.ticketing.dev.internal.example.org:2379`;

const directory = mkdtempSync(join(tmpdir(), "etcd-member-"));
const calls = join(directory, "calls");
let rendered: Rendered;
beforeAll(() => {
  rendered = render([etcd], [HOST]);
}, 120_000);
afterAll(() => {
  rendered.remove();
  rmSync(directory, { recursive: true });
});
beforeEach(() => rmSync(calls, { force: true }));

/** Runs the tool in a cluster that one member leads and in which one is away, or none. */
function run({ leads = "a" as Letter, away }: { readonly leads?: Letter; readonly away?: Letter }, ...words: string[]) {
  const health = LETTERS.map((letter) => ({
    endpoint: endpoint(letter),
    health: letter !== away,
    took: "4ms",
    ...(letter === away ? { error: "context deadline exceeded" } : {}),
  }));
  // Ids are beyond what JavaScript's numbers hold.
  const status = LETTERS.map(
    (letter, index) =>
      `{"Endpoint":"${endpoint(letter)}","Status":{"header":{"member_id":${IDS[letter]}},"leader":${IDS[leads]},"raftIndex":${40 + index}}}`,
  );
  const programs = {
    etcdctl: `case "$2" in
    health) echo '${JSON.stringify(health)}'; exit ${away === undefined ? 0 : 1} ;;
    status) echo '[${status.join(",")}]' ;;
    *) echo "etcdctl $*" >> ${calls} ;;
esac`,
    systemctl: `echo "systemctl $*" >> ${calls}`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  writeFileSync(
    join(directory, "member.py"),
    rendered.text(HOST, "usr/local/sbin/etcd-member").replace('ready(seconds="60")', 'ready(seconds="0.1")'),
  );
  const { status: code, stderr } = spawnSync("python3", ["-I", join(directory, "member.py"), ...words], {
    encoding: "utf8",
    env: { PATH: `${directory}:/usr/bin:/bin` },
  });
  return { code, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
}

describe("a member of etcd", () => {
  test("that leads hands over to the one with most of the log", () => {
    expect(run({ leads: "a" }, "handover")).toEqual({
      code: 0,
      stderr: "",
      calls: ["etcdctl move-leader c00000000000003"],
    });
  });

  test("that does not lead hands nothing over", () => {
    expect(run({ leads: "b" }, "handover")).toEqual({ code: 0, stderr: "", calls: [] });
  });

  test("is ready when all members are", () => {
    expect(run({}, "ready", "0.1").code).toBe(0);
    const { code, stderr } = run({ away: "b" }, "ready", "0.1");

    expect(code).toBe(1);
    expect(stderr).toBe(`etcd-member: not well within 0.1 s: ${endpoint("b")}: context deadline exceeded\n`);
  });

  test("restarts once it leads nothing", () => {
    expect(run({ leads: "a" }, "restart").calls).toEqual([
      "etcdctl move-leader c00000000000003",
      "systemctl daemon-reload",
      "systemctl restart etcd.service",
    ]);
  });

  test("fails when it is to restart while another is away, so that wrong settings reach one member alone", () => {
    expect(run({ away: "c" }, "restart")).toMatchObject({ code: 1, calls: [] });
  });
});
