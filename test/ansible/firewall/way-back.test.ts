import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { root } from "../../support/start.ts";
import { hasNft } from "./nft.ts";

/**
 * The module that puts rulesets in force, in a network of its own with the real nft. systemd is not there: two programs
 * stand for its timer, which fires when a test says so.
 */

const MODULE = join(root, "ansible/collections/ansible_collections/platform/hosts/plugins/modules/ruleset.py");
/** Runs a module as Ansible does, without Ansible. */
const RUN = `
import runpy, sys
from ansible.module_utils import basic
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = sys.argv[2].encode(), "legacy"
runpy.run_path(sys.argv[1], run_name="__main__")
`;
const SYSTEMD_RUN = `#!/bin/sh
while [ "\${1#-}" != "$1" ]; do shift; done
printf '%s\\n' "$*" > "$ARMED"
`;
const SYSTEMCTL = `#!/bin/sh
case $1 in
is-active) test -e "$ARMED" ;;
stop) rm -f "$ARMED" ;;
esac
`;

interface Result {
  readonly changed?: boolean;
  readonly pending?: boolean;
  readonly failed?: boolean;
  readonly msg?: string;
}

let directory: string;
let holder: ChildProcess;
let armed: string;
let path: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "way-back-"));
  [armed, path] = [join(directory, "armed"), join(directory, "nftables.conf")];
  mkdirSync(join(directory, "bin"));
  for (const [name, text] of Object.entries({ "systemd-run": SYSTEMD_RUN, systemctl: SYSTEMCTL })) {
    writeFileSync(join(directory, "bin", name), text);
    chmodSync(join(directory, "bin", name), 0o755);
  }
  const hold = "ip link set lo up && mount -t tmpfs tmpfs /run && echo ready && exec sleep 600";
  const user = process.getuid?.() === 0 ? [] : ["--map-root-user"];
  holder = spawn("unshare", [...user, "--net", "--mount", "sh", "-c", hold], { stdio: ["ignore", "pipe", "inherit"] });
  if (holder.stdout !== null) await once(holder.stdout, "data");
});
afterEach(() => {
  holder.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

/** Runs a program on the host that the holder is. */
function inside(...command: readonly string[]): string {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
  const environment = {
    ...process.env,
    PATH: `${join(directory, "bin")}:${process.env["PATH"]}`,
    PYTHONPATH: join(root, "ansible/collections"),
    ARMED: armed,
  };
  const entry = ["--target", String(holder.pid), ...user, "--net", "--mount", "--", ...command];
  return execFileSync("nsenter", entry, { encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "pipe"] });
}

function ruleset(state: "applied" | "confirmed", given: Readonly<Record<string, unknown>>): Result {
  const { check = false, ...rest } = given;
  const args = { ANSIBLE_MODULE_ARGS: { path, table: "inet platform", state, _ansible_check_mode: check, ...rest } };
  try {
    return JSON.parse(inside(pythonProgram(root, "python3"), "-c", RUN, MODULE, JSON.stringify(args)));
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    if (!stdout?.trimStart().startsWith("{")) throw error;
    return JSON.parse(stdout);
  }
}
const applied = (content: string, given = {}) => ruleset("applied", { content, ...given });
const confirmed = (given = {}) => ruleset("confirmed", given);
const fire = () => {
  const command = readFileSync(armed, "utf8").trim().split(" ");
  rmSync(armed);
  inside(...command);
};

/** A table that opens one port, and the loopback. */
const opening = (port: number) => `table inet platform {}
delete table inet platform
table inet platform {
  set peers { type ipv4_addr; elements = { 192.0.2.9, 192.0.2.1 }; }
  chain input {
    type filter hook input priority filter; policy drop;
    iifname "lo" counter accept
    ip saddr @peers tcp dport ${port} counter accept comment "a flow"
    counter drop
  }
}
`;
const ports = () => [...inside("nft", "list", "ruleset").matchAll(/tcp dport (\d+)/g)].map(([, port]) => Number(port));
const boot = () => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
const put = (content: string) => {
  applied(content);
  confirmed();
};

describe.runIf(hasNft)("a ruleset in force", () => {
  test("waits for its confirmation, and only then is what a boot loads", () => {
    expect(applied(opening(443))).toMatchObject({ changed: true, pending: true });
    expect([ports(), boot(), existsSync(armed)]).toEqual([[443], undefined, true]);

    expect(confirmed()).toMatchObject({ changed: true, pending: false });
    expect([ports(), boot(), existsSync(armed)]).toEqual([[443], opening(443), false]);
  });

  test("is left alone by a second run, whatever its counters say", () => {
    put(opening(443));
    inside(pythonProgram(root, "python3"), "-c", "import socket; socket.socket().connect_ex(('127.0.0.1', 1))");

    expect(inside("nft", "list", "ruleset")).toMatch(/"lo" counter packets [1-9]/);
    expect(applied(opening(443))).toMatchObject({ changed: false, pending: false });
    expect(existsSync(armed)).toBe(false);
  });

  test.each([
    ["a rule was added", "add rule inet platform input tcp dport 22 accept"],
    ["a set grew", "add element inet platform peers { 198.51.100.1 }"],
    ["the policy was turned", "chain inet platform input { policy accept; }"],
    ["the table is gone", "delete table inet platform"],
  ])("is put right when %s by hand", (_, command) => {
    put(opening(443));
    inside("nft", command);

    expect(applied(opening(443))).toMatchObject({ changed: true, pending: true });
    expect(inside("nft", "list", "ruleset")).not.toMatch(/dport 22|198\.51|policy accept/);
    expect(ports()).toEqual([443]);
  });

  test("is the boot's again when its file was changed by hand, without a change of rules", () => {
    put(opening(443));
    writeFileSync(path, "flush ruleset\n");

    expect(applied(opening(443))).toMatchObject({ changed: true, pending: false });
    expect(boot()).toBe(opening(443));
  });

  test("gives way to the old one when nobody confirms it in time", () => {
    put(opening(443));
    applied(opening(8001));
    expect(ports()).toEqual([8001]);

    fire();

    expect([ports(), boot()]).toEqual([[443], opening(443)]);
    expect(confirmed()).toMatchObject({
      failed: true,
      msg: "the new rules were not confirmed in time, the old ones are back",
    });
    expect(ports()).toEqual([443]);
  });

  test("gives way to none where there was none", () => {
    applied(opening(443));

    fire();

    expect(inside("nft", "list", "tables")).toBe("");
  });

  test("gives way at once when the host does not reach what it must", () => {
    put(opening(443));
    applied(opening(8001));
    const probes = [{ name: "ssm", addresses: ["127.0.0.1", "127.0.0.2"], port: 1 }];

    expect(confirmed({ probes })).toMatchObject({
      failed: true,
      msg: "with the new rules the host must reach ssm (127.0.0.1, 127.0.0.2, port 1), got no connection; the old ones are back",
    });
    expect([ports(), boot(), existsSync(armed)]).toEqual([[443], opening(443), false]);
  });

  test("goes back to what it found first when a run was lost before its confirmation", () => {
    put(opening(443));
    applied(opening(8001));

    expect(applied(opening(8002))).toMatchObject({ changed: true, pending: true });
    fire();

    expect(ports()).toEqual([443]);
  });

  test("leaves tables of others where they are", () => {
    inside("nft", "add table ip others");

    put(opening(443));

    expect(inside("nft", "list", "tables").trim().split("\n")).toEqual(["table ip others", "table inet platform"]);
  });

  test("changes nothing in a check, and says what it would do", () => {
    put(opening(443));

    expect(applied(opening(443), { check: true })).toMatchObject({ changed: false });
    expect(applied(opening(8001), { check: true })).toMatchObject({ changed: true, pending: false });
    expect([ports(), boot(), existsSync(armed)]).toEqual([[443], opening(443), false]);
  });

  test("fails when nft does not take it: the old one stays", () => {
    put(opening(443));

    const refused = applied(opening(443).replace("tcp dport 443", "tcp dport https//"));

    expect(refused.msg).toContain("exit code 1: /dev/stdin:8:31-37: Error: Could not resolve service");
    expect([ports(), existsSync(armed)]).toEqual([[443], false]);
  });

  test("fails when an account has another number than its rules say", () => {
    expect(applied(opening(443), { accounts: { root: 0, daemon: 610 } })).toMatchObject({
      failed: true,
      msg: "daemon: must be the account with number 610, got 1",
    });
    expect(applied(opening(443), { accounts: { nobody_here: 610 } }).msg).toBe(
      "nobody_here: must be the account with number 610, got no account",
    );
    expect(inside("nft", "list", "tables")).toBe("");
  });
});

describe("the role host_firewall", () => {
  const role = join(root, "ansible/roles/host_firewall");
  const unit = readFileSync(join(role, "templates/nftables.service.j2"), "utf8");

  test("[BRK-3.4] [BRK-SEC.10] loads the same file at every boot before there is a network, and opens nothing at a stop", () => {
    const { host_firewall_path: file } = parse(readFileSync(join(role, "vars/main.yml"), "utf8"));
    const tasks: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[] = parse(
      readFileSync(join(role, "tasks/run.yml"), "utf8"),
    );

    expect(file).toBe("/etc/nftables.conf");
    expect(tasks.flatMap((task) => task["platform.hosts.ruleset"]?.["path"] ?? [])).toEqual(
      Array(2).fill("{{ host_firewall_path }}"),
    );
    // Which is at boot, too (test/ansible/units.test.ts).
    expect(tasks.flatMap((task) => task["platform.hosts.units"] ?? [])).toEqual([{ names: ["nftables.service"] }]);
    expect(unit).toContain("\nExecStart=/usr/sbin/nft --file {{ host_firewall_path }}\n");
    expect(unit).toMatch(/^Before=network-pre\.target /m);
    expect(unit).toMatch(/^WantedBy=sysinit\.target$/m);
    expect(unit).not.toContain("ExecStop");
  });
});
