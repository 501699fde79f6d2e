import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runTasks } from "../support/task.ts";

/** What the role host_firewall refuses before it touches a host, by the real Ansible. */

const directory = mkdtempSync(join(tmpdir(), "firewall-preflight-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const preflight = join(import.meta.dirname, "../../../ansible/roles/host_firewall/tasks/preflight.yml");
const ruleset = join(directory, "nftables.conf");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const check = (file: string, wanted: string) =>
  runTasks({
    directory,
    tasks: [
      {
        "ansible.builtin.import_tasks": preflight,
        vars: { host_firewall_ruleset: file, host_firewall_sha256: wanted, host_firewall_rollback_seconds: 60 },
      },
    ],
  });

test("a ruleset of the inventory's catalogue is taken", async () => {
  writeFileSync(ruleset, "table inet platform {}\n");

  const { code, output } = await check(ruleset, sha256("table inet platform {}\n"));

  expect(code, output).toBe(0);
});

test.each([
  ["of an older catalogue", "table inet platform { }\n"],
  ["with one more line break", "table inet platform {}\n\n"],
])("a ruleset %s is refused, with what makes it anew", async (_, text) => {
  writeFileSync(ruleset, text);

  const { code, output } = await check(ruleset, sha256("table inet platform {}\n"));

  expect(output).toContain(`got ${sha256(text)}; npm start makes it anew`);
  expect(code).toBe(2);
});

test("a missing ruleset is refused", async () => {
  const { code, output } = await check(join(directory, "none"), sha256(""));

  expect(output).toContain(`host_firewall_ruleset must be a file (npm start makes it), got ${join(directory, "none")}`);
  expect(code).toBe(2);
});
