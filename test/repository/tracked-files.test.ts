import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { secretName } from "../../services/names.ts";
import { api } from "../../services/products/ticketing/components.ts";
import { secrets } from "../../services/products/ticketing/stores.ts";
import { ticketing } from "../../services/products/ticketing.ts";

const root = join(import.meta.dirname, "../..");
const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);

/** What `package-lock.json` says of a package; one bundled inside another has no checksum of its own. */
interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
}

/** Every file that is in version control or about to be. */
const tracked = git("ls-files", "--cached", "--others", "--exclude-standard").filter((path) =>
  existsSync(join(root, path)),
);
const folders = [
  ...new Set(tracked.filter((path) => /^[^.][^/]*\//.test(path)).map((path) => path.replace(/\/.*/, ""))),
];
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** `path:line` of every tracked line that holds one of the texts. */
function linesWith(texts: readonly string[]): readonly string[] {
  return tracked.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => (texts.some((text) => line.includes(text)) ? [`${path}:${index + 1}`] : [])),
  );
}

/** A file of a host as roles render it, which holds names of secrets and no value. */
const isRendered = (path: string): boolean => /^ansible\/generated\/[a-z]+\/rendered\//.test(path);

describe("secrets and environment files", () => {
  test("no .env file is in version control [NOD-2.6]", () => {
    const isEnvironmentFile = (path: string) => /^\.env(?!\.example$)(\.|$)/.test(basename(path));

    expect(["services/.env", ".env.production"].every(isEnvironmentFile), "the pattern finds one").toBe(true);
    expect(tracked.filter((path) => isEnvironmentFile(path) && !isRendered(path))).toEqual([]);
  });

  test("files of hosts as rendered hold markers where a secret goes [NOD-2.6]", () => {
    const rendered = tracked.filter(isRendered);
    const keys = rendered.filter((path) => path.endsWith(".key"));
    const lines = rendered
      .filter((path) => path.endsWith(".env"))
      .flatMap((path) => read(path).split("\n"))
      .filter((line) => /^[A-Z_]*(PASSWORD|SECRET|TOKEN|KEY|PEPPER)=/.test(line));

    expect(keys.length).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(10);
    expect(keys.map(read).filter((text) => !/^%%secret:[^%]+%%\n?$/.test(text))).toEqual([]);
    expect(lines.filter((line) => !/=.?%%secret:[^%]+%%.?$/.test(line))).toEqual([]);
  });

  test("git ignores .env files anywhere, and not their examples [NOD-2.6]", () => {
    const paths = [".env", ".env.production", "services/.env", "ansible/deep/.env.local"];

    const ignored = git("check-ignore", "--no-index", ...paths, ".env.example");

    expect(ignored).toEqual(paths);
  });

  test("no state, plan or private key is in version control", () => {
    const secret = /\.(tfstate(\.\w+)?|tfplan|pem|key|p12|pfx)$|^id_(rsa|ed25519)$/;

    expect(["a.tfstate", "b.tfstate.backup", "c.pem", "id_rsa"].every((name) => secret.test(name))).toBe(true);
    expect(tracked.filter((path) => secret.test(basename(path)) && !isRendered(path))).toEqual([]);
  });
});

describe("nothing of one machine", () => {
  test("the lock file has a checksum for every package and no download address", () => {
    const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(read("package-lock.json"));
    const installed = Object.entries(packages).filter(([path, { inBundle = false }]) => path !== "" && !inBundle);

    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  test("the lock file serves every platform that a package has a build for", () => {
    const { packages }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      read("package-lock.json"),
    );
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));

    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.has(name))
        .map((name) => `${path} -> ${name}`),
    );

    expect(missing, "npm ci refuses such a lock").toEqual([]);
  });

  test("no file names this checkout, a person's home, or a package registry of one network", () => {
    const registry = new URL(
      execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8", stdio: "pipe" }).trim(),
    ).host;
    const homes = ["home", "Users"].map((folder) => `/${folder}/${basename(homedir())}/`);
    const marker = "found by this search";

    expect(linesWith([marker]), "the search reads tracked files").toHaveLength(1);
    expect(linesWith([root, registry, ...homes])).toEqual([]);
  });
});

describe("documentation", () => {
  test.each(folders)("%s/ has a README of at most 40 lines", (folder) => {
    const path = `${folder}/README.md`;

    expect(tracked, `${path} is missing`).toContain(path);
    expect(read(path).trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });

  test("the README names the two commands that start and test everything", () => {
    const readme = read("README.md");

    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm ci && npm test");
  });

  test("the setup of production says how API keys are issued and revoked, and where their pepper is [TKT-1.8]", () => {
    const setup = read("docs/PRODUCTION_SETUP.md");

    expect(setup).toMatch(/^### Issue an API key$[\s\S]*^1\. [\s\S]*^### Revoke an API key$[\s\S]*^1\. /m);
    expect(setup).toContain(secretName({ name: "<environment>" }, ticketing, secrets.pepper.name));
    expect(setup).toContain(api.units[0]?.logs);
    expect(read("README.md")).toContain("](docs/PRODUCTION_SETUP.md)");
  });

  test("the README and CONTRIBUTING name only npm scripts that exist", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const known = new Set([...Object.keys(scripts), "ci", "install", "run"]);

    const named = ["README.md", "CONTRIBUTING.md"].flatMap((path) =>
      [...read(path).matchAll(/`npm (?:run )?([a-z][a-z:-]*)/g)].map(([, script = ""]) => script),
    );

    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((script) => !known.has(script))).toEqual([]);
  });
});
