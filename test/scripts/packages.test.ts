import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { builtPackages, rolePackages } from "../../scripts/packages/role-packages.ts";
import { run } from "../../scripts/packages/run.ts";

const root = join(import.meta.dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "packages-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Roles with these `vars/main.yml`, by name. */
function roles(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(directory, "roles-"));
  for (const [role, text] of Object.entries(files)) {
    mkdirSync(join(folder, role, "vars"), { recursive: true });
    writeFileSync(join(folder, role, "vars", "main.yml"), text);
  }
  return folder;
}

describe("packages of roles", () => {
  test("are all lists called so, each name once, but for the first packages", () => {
    const folder = roles({
      web: "web_packages: [nginx, curl]\nweb_packages_folder: /srv\n",
      store: "store_packages: [curl]\nstore_client_packages: [redis-tools]\nstore_first_packages: [{ file: a.deb }]\n",
      bare: "bare_port: 80\n",
    });
    mkdirSync(join(folder, "without-vars"));

    expect(rolePackages(folder)).toEqual(["curl", "nginx", "redis-tools"]);
  });

  test("that Debian lacks are lists of another name, and each is one that somebody builds", () => {
    const howTo = readFileSync(join(root, "docs/how-to/build-packages.md"), "utf8");
    const built = builtPackages(join(root, "ansible", "roles"));

    expect(builtPackages(roles({ shown: "shown_packages: [curl]\nshown_built: [own]\n" }))).toEqual(["own"]);
    expect(built).toContain("grafana");
    expect(built.filter((name) => !howTo.includes(`\`${name}\``))).toEqual([]);
  });

  test("fail when a list is none", () => {
    const folder = roles({ web: "web_packages: nginx\n" });

    expect(() => rolePackages(folder)).toThrow(
      `${folder}/web/vars/main.yml: web_packages: must be a list of names of packages, got "nginx"`,
    );
  });

  test("hold what every host has [BRK-1.3]", () => {
    expect(rolePackages(join(root, "ansible", "roles"))).toEqual(
      expect.arrayContaining(["chrony", "nftables", "openssl"]),
    );
  });
});

describe("npm run packages fails with one line, and builds nothing,", () => {
  const key = join(directory, "key.asc");
  writeFileSync(key, "");
  const full = mkdtempSync(join(directory, "full-"));
  writeFileSync(join(full, "file"), "");

  test.each([
    ["without a folder", ["--key", key], "--output: got nothing, must be a new or empty folder"],
    ["for a folder with files", ["--output", full, "--key", key], `--output: got "${full}", which is not empty`],
    ["without a key", ["--output", join(directory, "new")], "--key: got nothing, must be a file with a private key"],
    [
      "for a key that is not there",
      ["--output", join(directory, "new"), "--key", "none"],
      '--key: got "none", must be a file with a private key',
    ],
    [
      "for a folder without packages of one's own",
      ["--output", join(directory, "new"), "--key", key, "--extra", full],
      `--extra: got "${full}", must be a folder with .deb files`,
    ],
    [
      "for an unknown architecture",
      ["--output", join(directory, "new"), "--key", key, "--architecture", "mips"],
      '--architecture: got "mips", allowed are arm64, amd64',
    ],
  ])("%s", async (_, args, message) => {
    const before = readdirSync(directory);

    await expect(run(root, args)).rejects.toThrow(message);

    expect(readdirSync(directory)).toEqual(before);
  });
});
