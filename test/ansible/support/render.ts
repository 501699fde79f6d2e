import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostRole } from "../../../ansible/inventory/role.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";

const root = join(import.meta.dirname, "../../..");

/** Files of some hosts of dev, as the templates of some roles make them. */
export interface Rendered {
  readonly folder: string;
  /** Text of a file of a host. */
  text(host: string, path: string): string;
  remove(): void;
}

/** Has Ansible write what the roles write, for these hosts, without touching one. Takes some seconds. */
export function render(roles: readonly HostRole[], hosts: readonly string[]): Rendered {
  const folder = mkdtempSync(join(tmpdir(), "rendered-"));
  const [dev] = catalogue.environments;
  if (dev === undefined) throw new Error("no environment");
  const { groups, environmentVars, groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, dev), roles);
  const write = (path: string, value: unknown) => writeFileSync(join(folder, path), JSON.stringify(value));
  for (const each of ["group_vars", "host_vars", "out"]) mkdirSync(join(folder, each));
  write("hosts.yaml", { all: { children: groups } });
  write("group_vars/all.yaml", environmentVars);
  for (const [name, variables] of Object.entries(groupVars)) write(`group_vars/${name}.yaml`, variables);
  for (const [name, variables] of Object.entries(hostVars)) write(`host_vars/${name}.yaml`, variables);
  write(
    "play.yml",
    roles.map(({ name }) => ({ name, hosts: `${hosts.join(",")},&${name}`, gather_facts: false, roles: [name] })),
  );
  const out = join(folder, "out");
  const variables = JSON.stringify({ render_root: out, ansible_connection: "ansible.builtin.local" });
  execFileSync(
    pythonProgram(root, "ansible-playbook"),
    ["-i", join(folder, "hosts.yaml"), "--tags", "render", "-e", variables, join(folder, "play.yml")],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        ANSIBLE_CONFIG: join(root, "ansible/ansible.cfg"),
        ANSIBLE_HOME: join(folder, ".ansible"),
        ANSIBLE_ROLES_PATH: join(root, "ansible/roles"),
      },
    },
  );
  return {
    folder: out,
    text: (host, path) => readFileSync(join(out, host, path), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
