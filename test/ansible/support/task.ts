import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonProgram } from "../../../scripts/setup/run.ts";

const root = join(import.meta.dirname, "../../..");

/** Tasks that are run on this machine as on a host. */
interface Tasks {
  /** Folder for what the run needs. */
  readonly directory: string;
  readonly tasks: readonly object[];
  /** Default: one. */
  readonly hosts?: readonly string[];
  /** Texts of plugins for connections by their names, which hosts of the same names are reached by. */
  readonly connections?: Readonly<Record<string, string>>;
  /** Text of templates by their names. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further words for `ansible-playbook`. */
  readonly options?: readonly string[];
}

interface Task extends Omit<Tasks, "tasks" | "hosts" | "connections"> {
  readonly module: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Runs one task; its exit code and all that Ansible prints. */
export const runTask = ({ module, parameters, ...given }: Task) =>
  runTasks({ ...given, tasks: [{ name: "Run", [module]: parameters }] });

/** Runs tasks; the exit code and all that Ansible prints. */
export function runTasks({ directory, tasks, hosts = ["host"], ...given }: Tasks) {
  const { connections = {}, templates = {}, environment = {}, options = [] } = given;
  const project = mkdtempSync(join(directory, "project-"));
  const write = (folder: string, files: Readonly<Record<string, string>>): void => {
    mkdirSync(join(project, folder));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, folder, name), text);
  };
  write("templates", templates);
  write(
    "connection_plugins",
    Object.fromEntries(Object.entries(connections).map(([name, text]) => [`${name}.py`, text])),
  );
  const play = {
    hosts: "all",
    gather_facts: false,
    vars: {
      platform_region: "eu-central-1",
      word: "told",
      ansible_connection: `{{ inventory_hostname if inventory_hostname in ${JSON.stringify(Object.keys(connections))} else 'local' }}`,
    },
    tasks,
  };
  writeFileSync(join(project, "play.yml"), JSON.stringify([play]));
  const command = [
    ...["--inventory", `${hosts.join()},`, "--extra-vars"],
    JSON.stringify({ ansible_python_interpreter: pythonProgram(root, "python3") }),
    ...options,
    join(project, "play.yml"),
  ];
  const env = {
    ...process.env,
    ANSIBLE_CONFIG: join(root, "ansible", "ansible.cfg"),
    ANSIBLE_HOME: join(directory, "home"),
    ANSIBLE_COLLECTIONS_PATH: join(root, "ansible", "collections"),
    ANSIBLE_CALLBACK_RESULT_FORMAT: "json",
    ...environment,
  };
  return promisify(execFile)(pythonProgram(root, "ansible-playbook"), command, { cwd: project, env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

/** How many tasks of a run changed something, as Ansible counts them. */
export const changed = ({ output }: { readonly output: string }) => /changed=(\d+)/.exec(output)?.[1];
