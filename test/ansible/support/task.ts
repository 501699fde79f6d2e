import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonProgram } from "../../../scripts/setup/run.ts";

const root = join(import.meta.dirname, "../../..");

/** A task that is run on this machine as on a host. */
interface Task {
  /** Folder for what the run needs. */
  readonly directory: string;
  readonly module: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Text of templates by their names. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further words for `ansible-playbook`. */
  readonly options?: readonly string[];
}

/** Runs the task; its exit code and all that Ansible prints. */
export function runTask({ directory, module, parameters, templates = {}, environment = {}, options = [] }: Task) {
  const project = mkdtempSync(join(directory, "project-"));
  mkdirSync(join(project, "templates"));
  for (const [name, text] of Object.entries(templates)) writeFileSync(join(project, "templates", name), text);
  const play = {
    hosts: "all",
    gather_facts: false,
    vars: { platform_region: "eu-central-1", word: "told" },
    tasks: [{ name: "Run", [module]: parameters }],
  };
  writeFileSync(join(project, "play.yml"), JSON.stringify([play]));
  const command = [
    ...["--inventory", "host,", "--connection", "local", "--extra-vars"],
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
