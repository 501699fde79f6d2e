import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How to get gpg, for `requireProgram`. */
export const gpgHint = "apt-get install gpg gpg-agent";

/** A key of OpenPGP, as two armoured files. */
export interface SigningKey {
  readonly secret: string;
  readonly open: string;
}

/** A new key that signs, without a passphrase, as docs/how-to/publish-packages.md makes one. */
export function makeKey(folder: string): SigningKey {
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  const gpg = (...args: readonly string[]): string => {
    const options = ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""];
    return execFileSync("gpg", [...options, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  };
  try {
    gpg("--quick-generate-key", "Packages", "ed25519", "sign", "2y");
    mkdirSync(folder, { recursive: true });
    const files = { secret: join(folder, "packages.key"), open: join(folder, "packages.asc") };
    writeFileSync(files.secret, gpg("--armor", "--export-secret-keys"), { mode: 0o600 });
    writeFileSync(files.open, gpg("--armor", "--export"));
    return files;
  } finally {
    execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** Whether gpg takes this for something that the key has signed: a text with its signature, or both apart. */
export function isSigned({ open }: SigningKey, ...files: readonly string[]): boolean {
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  const gpg = (...args: readonly string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--quiet", "--no-autostart", ...args], { stdio: "ignore" });
  try {
    gpg("--import", open);
    gpg("--verify", ...files);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
