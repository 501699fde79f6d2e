import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { imagePackages } from "../../scripts/packages/image-packages.ts";
import { builtPackages, rolePackages } from "../../scripts/packages/role-packages.ts";
import { run } from "../../scripts/packages/run.ts";
import { withKey } from "../../scripts/packages/sign.ts";

import { requireProgram } from "../support/program.ts";
import { gpgHint, isSigned, makeKey } from "../support/signing-key.ts";

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

  test("are no lists that templates read: prefixes of names, called so, would be asked of Debian", () => {
    const folder = join(root, "ansible", "roles");
    const texts = globSync("*/templates/**/*.j2", { cwd: folder }).map((file) =>
      readFileSync(join(folder, file), "utf8"),
    );

    expect(texts.length).toBeGreaterThan(0);
    expect(texts.flatMap((text) => text.match(/\b\w+_packages\b/g) ?? [])).toEqual([]);
  });

  test("hold what every host has [BRK-1.3]", () => {
    expect(rolePackages(join(root, "ansible", "roles"))).toEqual(
      expect.arrayContaining(["chrony", "nftables", "openssl"]),
    );
  });
});

describe("packages of the machine image [NOD-5.6]", () => {
  const available = [
    "Package: bash\nPriority: required\nDescription: shell\n Package: none",
    "Package: nano\nPriority: important",
    "Package: wget\nPriority: standard",
    "Package: wget\nPriority: standard\nVersion: 2",
    "Package: emacs\nPriority: optional",
    "",
  ].join("\n\n");

  test.each(["arm64", "amd64"] as const)(
    "are those of Debian's priorities, the kernel and the loader: %s",
    (architecture) => {
      const names = imagePackages(available, architecture);

      expect(names).toEqual(
        expect.arrayContaining([
          ...["bash", "nano", "wget", "sudo", "openssh-server", "cloud-init", "awscli"],
          ...[`linux-image-cloud-${architecture}`, `grub-cloud-${architecture}`, `grub-efi-${architecture}-signed`],
        ]),
      );
      expect(names).not.toContain("emacs");
      expect(new Set(names).size).toBe(names.length);
    },
  );
});

describe.runIf(requireProgram("gpg", gpgHint))("the key of packages", () => {
  test("signs an index in its own file, so that a changed one is noticed", async () => {
    const key = makeKey(join(directory, "key"));
    const [release, signed] = [join(directory, "Release"), join(directory, "InRelease")];
    writeFileSync(release, "Suite: trixie\n");

    await withKey(key.secret, (sign) => sign("around", release, signed));

    const text = readFileSync(signed, "utf8");
    expect(text).toContain("\nSuite: trixie\n");
    expect(isSigned(key, signed)).toBe(true);
    writeFileSync(signed, text.replace("trixie", "sid"));
    expect(isSigned(key, signed)).toBe(false);
    expect(isSigned(makeKey(join(directory, "other")), signed)).toBe(false);
  });

  test("fails before any work is done when it is none, or the public half", async () => {
    const { secret, open } = makeKey(join(directory, "half"));
    writeFileSync(secret, "none");

    const work = () => Promise.reject(new Error("began"));

    await expect(withKey(secret, work)).rejects.toThrow(`${secret}: gpg could not sign with it`);
    await expect(withKey(open, work)).rejects.toThrow(`${open}: must hold a private key, got a public one`);
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
