import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { runTasks } from "./support/task.ts";

/** A host that is gone. */
const GONE = `
from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection import ConnectionBase

DOCUMENTATION = "name: gone"


class Connection(ConnectionBase):
    transport = "gone"

    def _connect(self):
        raise AnsibleConnectionFailure("gone")

    exec_command = put_file = fetch_file = close = lambda self, *args, **kwargs: self._connect()
`;

const directory = mkdtempSync(join(tmpdir(), "restart-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const file = join(import.meta.dirname, "../../ansible/playbooks/tasks/restart-host.yml");
const steps = parse(readFileSync(file, "utf8")) as readonly { readonly name: string; readonly register?: string }[];

test("a host that goes while it is asked whether it has started anew is waited for, and no other host's run ends", async () => {
  const asking = steps.find(({ register }) => register === "restart_after");
  const { code, output } = await runTasks({
    directory,
    hosts: ["well", "gone"],
    connections: { gone: GONE },
    tasks: [
      { name: "Know", "ansible.builtin.set_fact": { restart_before: { stdout: "another start" } } },
      { ...asking },
      { name: "Go on", "ansible.builtin.debug": { msg: "waits: {{ restart_after is unreachable }}" } },
    ],
  });

  expect(output).toContain("UNREACHABLE");
  expect(output.match(/waits: \w+/g)?.toSorted()).toEqual(["waits: False", "waits: True"]);
  expect(code).toBe(0);
}, 60_000);
