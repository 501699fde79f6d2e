import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeStaging } from "../start/staging.ts";
import type { Processes } from "../validate/processes.ts";

/** The last releases of the archived engine and of its bindings: what `npm run compare-engines` compares with. */
const ARCHIVED = { cdktf: "0.21", "@cdktf/provider-aws": "21" } as const;

/** An engine that sources can be synthesized with. */
export interface Engine {
  /** `cdktf 0.21.0 with @cdktf/provider-aws 21.22.1`: the packages' real names and versions. */
  readonly name: string;
  /** The `node_modules` that the sources' imports are found in. */
  readonly modules: string;
}

/** The engine of `package.json`. */
export const present = (root: string): Engine => engineIn(join(root, "node_modules"));

/**
 * The archived engine beside the same versions of all other packages that the sources import. Installed at first need,
 * and kept in a folder named after all versions: it is there whole or not at all. Throws with npm's own words when it
 * cannot be installed.
 */
export async function archived(
  root: string,
  packages: readonly string[],
  processes: Processes,
  progress: (line: string) => void,
): Promise<Engine> {
  const wanted = Object.fromEntries(
    packages.map((name) => [
      name,
      name in ARCHIVED ? ARCHIVED[name as keyof typeof ARCHIVED] : manifest(join(root, "node_modules"), name).version,
    ]),
  );
  const manifestText = JSON.stringify({ private: true, dependencies: wanted });
  const cache = join(root, "node_modules", ".cache", "compare-engines");
  const key = hash("sha256", manifestText).slice(0, 16);
  const home = join(cache, key);
  if (!existsSync(home)) {
    progress(
      `installing ${Object.entries(ARCHIVED)
        .map((pair) => pair.join("@"))
        .join(" and ")} into ${cache}`,
    );
    await install(manifestText, cache, home, processes);
  }
  return engineIn(join(home, "node_modules"));
}

/** Installs beside the place and moves there; what other versions left is removed. */
async function install(manifestText: string, cache: string, home: string, processes: Processes): Promise<void> {
  const staging = makeStaging(cache);
  try {
    writeFileSync(join(staging, "package.json"), manifestText);
    const options = ["--prefix", staging, "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"];
    const env = process.env as Record<string, string>;
    const { code, stderr } = await processes.run("npm", ["install", ...options], { cwd: staging, env });
    if (code !== 0) {
      throw new Error(`npm install of the archived engine failed\n${stderr.trim()}`);
    }
    // Another run may have been faster.
    if (!existsSync(home)) renameSync(staging, home);
    for (const old of readdirSync(cache).filter((name) => !name.startsWith(".") && name !== basename(home))) {
      rmSync(join(cache, old), { recursive: true, force: true });
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function engineIn(modules: string): Engine {
  const [engine, provider] = [manifest(modules, "cdktf"), manifest(modules, "@cdktf/provider-aws")];
  return { name: `${engine.name} ${engine.version} with ${provider.name} ${provider.version}`, modules };
}

/** Name and version as the package itself says: under an alias the name is another than that of its folder. */
function manifest(modules: string, name: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
}
