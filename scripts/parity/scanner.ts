import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { $, which } from "zx";

/** What the scanner says of a resource: `address` as it names it. */
export interface Scanned {
  readonly check: string;
  /** Below the folder that was scanned: `network/cdk.tf.json`. */
  readonly file: string;
  readonly address: string;
}

/** One run of the scanner. */
export interface Scan {
  readonly failed: readonly Scanned[];
  readonly passed: number;
  readonly milliseconds: number;
}

/**
 * The scanner in just this version, in a Python of its own below `node_modules/.cache`; made where it is not.
 * Throws an error of one line where Python or pip cannot.
 */
export async function installedScanner(root: string, version: string, tell: (doing: string) => void): Promise<string> {
  const home = join(root, "node_modules/.cache/checkov");
  const program = join(home, "bin/checkov");
  if (existsSync(program) && isVersion(home, version)) return program;
  const python = await which("python3", { nothrow: true });
  if (python === null) throw new Error("python3 is missing: checkov needs Python 3.9 or newer with venv and pip");
  tell(`installs checkov ${version} below node_modules/.cache ...`);
  const quiet = $({ quiet: true, nothrow: true });
  const made = await quiet`${python} -m venv ${home}`;
  if (made.exitCode !== 0) {
    throw new Error(`python3 -m venv failed, is Python's venv installed? ${lastLine(made.stderr + made.stdout)}`);
  }
  const options = ["--quiet", "--disable-pip-version-check"];
  const got = await quiet`${join(home, "bin/python")} -m pip install ${options} ${`checkov==${version}`}`;
  if (got.exitCode !== 0) throw new Error(`pip could not install checkov ${version}: ${lastLine(got.stderr)}`);
  return program;
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** What pip has written down of itself; asking the program takes seconds. */
function isVersion(home: string, version: string): boolean {
  const lib = join(home, "lib");
  return (
    existsSync(lib) &&
    readdirSync(lib).some((python) => existsSync(join(lib, python, "site-packages", `checkov-${version}.dist-info`)))
  );
}

/** Ids of all its checks of AWS in Terraform and of Kubernetes. */
export async function listedChecks(program: string): Promise<ReadonlySet<string>> {
  const { stdout } = await $({ quiet: true })`${program} --list --skip-download`;
  const rows = stdout.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const ids = rows.flatMap(([, , id = "", , , , kind]) =>
    /^CKV2?_(?:AWS|K8S)_\d+$/.test(id) && (kind === "Terraform" || kind === "Kubernetes") ? [id] : [],
  );
  return new Set(ids);
}

interface Output {
  readonly results?: {
    readonly passed_checks: readonly unknown[];
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
  readonly summary?: { readonly parsing_errors: number };
}

/** Lets it scan a folder. Nothing is sent or fetched. Throws where it could not read something. */
export async function scan(program: string, framework: "terraform_json" | "kubernetes", folder: string): Promise<Scan> {
  const since = performance.now();
  const options = ["--framework", framework, "--compact", "--skip-download", "--output", "json"];
  const { stdout, stderr } = await $({ quiet: true, nothrow: true, cwd: folder })`${program} --directory . ${options}`;
  const milliseconds = Math.round(performance.now() - since);
  const { results, summary }: Output = parsed(stdout, stderr);
  const unread = summary?.parsing_errors ?? 0;
  if (unread > 0) throw new Error(`checkov could not read ${unread} of the files in ${folder}: ${lastLine(stderr)}`);
  const failed = (results?.failed_checks ?? []).map(({ check_id, file_path, resource }) => ({
    ...{ check: check_id, address: resource },
    file: file_path.replace(/^\/+/, ""),
  }));
  return { failed, passed: results?.passed_checks.length ?? 0, milliseconds };
}

function parsed(stdout: string, stderr: string): Output {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`checkov failed: ${lastLine(stderr) || "it printed no JSON"}`);
  }
}
