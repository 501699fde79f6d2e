import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { type Rendered, render } from "../support/render.ts";

const HOST = "dev-tkt-api-a";
const PATH = "/etc/sysctl.d/60-platform.conf";

describe("before a host's kernel settings are in place, its kernel", () => {
  let rendered: Rendered;
  beforeAll(() => {
    rendered = render([baseline], [HOST]);
  }, 120_000);
  afterAll(() => rendered.remove());

  /** Runs the role's judge in a network namespace of its own, so that this machine keeps its settings. */
  function judged(lines: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), "sysctl-"));
    const file = join(folder, "staged.conf");
    writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    const judges = JSON.parse(rendered.text(HOST, "files.json"));
    const [program = "", ...words] = judges[PATH].validate.replace("%s", file).split(" ");
    const command = ["--map-root-user", "--net", program, ...words];
    const { status, stderr } = spawnSync("unshare", command, { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    return { status, stderr };
  }
  /** Those that each namespace has of its own; it does not see what the whole machine has. */
  const settings = () =>
    rendered
      .text(HOST, PATH.slice(1))
      .split("\n")
      .filter((line) => line.startsWith("net.") && !line.startsWith("net.core.bpf_"));

  test("takes those of every host", () => {
    expect(settings().length).toBeGreaterThan(10);
    expect(judged(settings())).toEqual({ status: 0, stderr: "" });
  });

  test.each([
    ["know", "net.ipv4.tcp_syncookie = 1", "net/ipv4/tcp_syncookie"],
    ["take", "net.ipv4.tcp_syncookies = yes", "net/ipv4/tcp_syncookies"],
  ])("refuses one that it does not %s", (_, line, name) => {
    const { status, stderr } = judged([...settings(), line]);

    expect(status).toBe(1);
    expect(stderr).toContain(name);
  });
});
