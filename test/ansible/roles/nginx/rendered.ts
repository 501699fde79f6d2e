import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { nginx } from "../../../../ansible/inventory/roles/nginx.ts";
import { inventoryOf } from "../../../../ansible/inventory.ts";
import { pythonProgram } from "../../../../scripts/setup/run.ts";
import { catalogue } from "../../../../services/catalogue.ts";
import { type Estate, resolveEstate } from "../../../../services/resolve.ts";

const root = resolve(import.meta.dirname, "../../../..");

/** What the role writes on each host, by host and path. */
export type Rendered = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The real catalogue in one environment. */
export function estateOf(name: string): Estate {
  const environment = catalogue.environments.find((each) => each.name === name);
  if (environment === undefined) throw new Error(`no environment "${name}"`);
  return resolveEstate(catalogue, environment);
}

const filesBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "files.json")
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]),
  );

/** Renders the role with the real Ansible for hosts of an environment; variables of one's own come last. */
export function rendered(
  environment: string,
  limit = "all",
  variables: Readonly<Record<string, unknown>> = {},
): Rendered {
  const folder = mkdtempSync(join(tmpdir(), "nginx-rendered-"));
  try {
    return renderedIn(folder, { environment, limit, variables });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Rendering {
  readonly environment: string;
  readonly limit: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function renderedIn(folder: string, { environment, limit, variables }: Rendering): Rendered {
  const inventory = inventoryOf(estateOf(environment), [nginx]);
  for (const [kind, groups] of [
    ["group_vars", { all: inventory.environmentVars, ...inventory.groupVars }],
    ["host_vars", inventory.hostVars],
  ] as const) {
    mkdirSync(join(folder, kind));
    for (const [name, values] of Object.entries(groups)) {
      writeFileSync(join(folder, kind, `${name}.yaml`), stringify(values));
    }
  }
  writeFileSync(join(folder, "hosts.yaml"), stringify({ all: { children: inventory.groups } }));
  writeFileSync(join(folder, "play.yml"), stringify([{ hosts: "nginx", gather_facts: false, roles: ["nginx"] }]));
  const out = join(folder, "out");
  mkdirSync(out);
  const extra = { render_root: out, ansible_connection: "ansible.builtin.local", ...variables };
  execFileSync(
    pythonProgram(root, "ansible-playbook"),
    [
      "-i",
      join(folder, "hosts.yaml"),
      "--limit",
      limit,
      "--tags",
      "render",
      "-e",
      JSON.stringify(extra),
      join(folder, "play.yml"),
    ],
    {
      cwd: join(root, "ansible"),
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        LC_ALL: "C.UTF-8",
        ANSIBLE_CONFIG: join(root, "ansible/ansible.cfg"),
        ANSIBLE_ROLES_PATH: join(root, "ansible/roles"),
        ANSIBLE_FORKS: "1",
      },
    },
  );
  return Object.fromEntries(readdirSync(out).map((host) => [host, filesBelow(join(out, host))]));
}
