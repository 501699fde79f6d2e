import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { pythonProgram } from "../../../scripts/setup/run.ts";

const root = join(import.meta.dirname, "../../..");

/** Where the playbooks lie. */
export const folder = join(root, "ansible/playbooks");

/** The plays of a playbook, as they are written. */
export const playsOf = (name: string) => parse(readFileSync(join(folder, name), "utf8"));

const production = join(root, "ansible/generated/production/hosts.yaml");

/**
 * Runs playbooks without credentials, by default on production as the catalogue describes it; the exit code, and what Ansible
 * prints. On production only for what ends before a host is asked for anything.
 */
export async function runPlaybooks(paths: readonly string[], options: readonly string[], inventory = production) {
  const home = mkdtempSync(join(tmpdir(), "playbooks-"));
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    LC_ALL: "C.UTF-8",
    AWS_EC2_METADATA_DISABLED: "true",
    ANSIBLE_CONFIG: join(root, "ansible/ansible.cfg"),
    ANSIBLE_HOME: join(home, ".ansible"),
    ANSIBLE_CALLBACK_RESULT_FORMAT: "json",
  };
  const command = ["--inventory", inventory, ...options, ...paths];
  try {
    const { stdout } = await promisify(execFile)(pythonProgram(root, "ansible-playbook"), command, { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout } = error as { readonly code: number; readonly stdout: string };
    return { code, output: stdout };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What a run says that failed on the first host that it asked. Throws what it printed where not one alone failed. */
export function refusal({ output }: { readonly output: string }): string {
  const [failure, ...others] = [...output.matchAll(/^fatal: \[.+\]: FAILED! => (\{.+\})$/gm)].map(
    ([, text = ""]) => text,
  );
  if (failure === undefined || others.length > 0) throw new Error(`must fail once\n${output}`);
  return (JSON.parse(failure) as { readonly msg: string }).msg;
}
