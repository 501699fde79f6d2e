import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { pythonProgram } from "../setup/run.ts";

/** What is rendered, and where to. */
export interface Rendering {
  readonly environment: string;
  /** A new folder; each host gets one in it. */
  readonly into: string;
}

/**
 * Runs the playbook of everything with the tag of tasks that write configuration: they write below `render_root` instead
 * of on hosts. Nothing is connected to, and no fact of a machine is known to a template. Throws what Ansible says.
 */
export async function renderEnvironment(root: string, { environment, into }: Rendering): Promise<void> {
  const ansible = join(root, "ansible");
  mkdirSync(into, { recursive: true });
  const options = {
    cwd: ansible,
    quiet: true,
    nothrow: true,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: into,
      LC_ALL: "C.UTF-8",
      ANSIBLE_CONFIG: join(ansible, "ansible.cfg"),
      ANSIBLE_HOME: join(into, "..", `.ansible-${environment}`),
      ANSIBLE_DISPLAY_OK_HOSTS: "false",
      ANSIBLE_FORKS: "1",
      // Else a run without hosts is a success, and there are no files any more.
      ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: "true",
    },
  } as const;
  const variables = JSON.stringify({ render_root: into, ansible_connection: "ansible.builtin.local" });
  const inventory = join("generated", environment, "hosts.yaml");
  const { exitCode, stdout, stderr } = await $(
    options,
  )`${pythonProgram(root, "ansible-playbook")} --inventory ${inventory} --tags render --extra-vars ${variables} playbooks/site.yml`;
  if (exitCode !== 0) throw new Error(`${environment}: ansible could not render\n${stdout}${stderr}`.trimEnd());
}
