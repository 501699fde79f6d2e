import { tmpdir } from "node:os";
import { join } from "node:path";
import { $, fs, which } from "zx";
import { cliConfig, lockPath, lockVariables, platforms, requirements, usage } from "./lock/provider-lock.ts";
import { readEstate } from "./validate/estate.ts";

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`npm run lock: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) {
    console.log(usage);
    return;
  }
  if (args.length > 0) {
    throw new Error(`got "${args.join(" ")}", takes no arguments (see --help)`);
  }
  const stacks = readEstate(join(process.cwd(), "out")).map(({ json }) => json);
  const configuration = requirements(stacks);
  if ((await which("terraform", { nothrow: true })) === null) {
    throw new Error("terraform is missing: install 1.11 or newer, https://developer.hashicorp.com/terraform/install");
  }
  const scratch = fs.mkdtempSync(join(tmpdir(), "lock-"));
  try {
    const lock = await lockProviders(scratch, configuration);
    fs.outputFileSync(`${lockPath}.part`, lock);
    fs.renameSync(`${lockPath}.part`, lockPath);
    console.log(`${lockPath} written for ${platforms.join(", ")}`);
  } finally {
    fs.removeSync(scratch);
  }
}

/** Has terraform make the lock in a scratch directory; throws an error with terraform's own reason. */
async function lockProviders(scratch: string, configuration: string): Promise<string> {
  const config = join(scratch, "terraform.rc");
  fs.writeFileSync(config, cliConfig);
  fs.writeFileSync(join(scratch, "main.tf.json"), configuration);
  const options = platforms.map((platform) => `-platform=${platform}`);
  const run = $({ cwd: scratch, env: lockVariables(process.env, config), nothrow: true, quiet: true });
  const { exitCode, stderr } = await run`terraform providers lock -no-color ${options}`;
  if (exitCode !== 0) {
    const reason = stderr.replaceAll(/[│╷╵\s]+/g, " ").trim();
    throw new Error(`${lockPath} stays as it was, the public registry gave no provider: ${reason}`);
  }
  return fs.readFileSync(join(scratch, ".terraform.lock.hcl"), "utf8");
}
