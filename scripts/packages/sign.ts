import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { $ } from "zx";
import { UsageError } from "../options.ts";

const forms = {
  /** The text with its signature around it. */
  around: ["--clearsign"],
  /** The signature alone. */
  beside: ["--armor", "--detach-sign"],
} as const;

/** Signs one file into another. Throws what gpg said. */
export type Sign = (form: keyof typeof forms, file: string, output: string) => Promise<void>;

/** The file of `--key`. Throws UsageError when there is none. */
export function keyFileOf(key: string | undefined): string {
  if (key !== undefined && statSync(key, { throwIfNoEntry: false })?.isFile() === true) return resolve(key);
  throw new UsageError(`--key: got ${key === undefined ? "nothing" : `"${key}"`}, must be a file with a private key`);
}

/**
 * Signs with a private key of OpenPGP, armoured and without a passphrase, which nothing else on this machine gets to know.
 * Throws an error for the user, before any work is done, when the file holds none.
 */
export async function withKey<T>(keyFile: string, work: (sign: Sign) => Promise<T>): Promise<T> {
  // Made with 0700.
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  const program = $({ quiet: true, nothrow: true, env: { ...process.env, GNUPGHOME: home } });
  const gpg = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } =
      await program`gpg --batch --quiet --pinentry-mode loopback --passphrase ${""} ${args}`;
    if (exitCode === 127) throw new Error("gpg is missing: apt-get install gpg gpg-agent");
    if (exitCode !== 0) throw new Error(`${keyFile}: gpg could not sign with it\n${stderr.trim()}`);
    return stdout;
  };
  try {
    await gpg("--import", keyFile);
    if (!/^sec:/m.test(await gpg("--list-secret-keys", "--with-colons"))) {
      throw new Error(`${keyFile}: must hold a private key, got a public one`);
    }
    return await work(async (form, file, output) => {
      await gpg("--digest-algo", "SHA512", "--output", output, ...forms[form], file);
    });
  } finally {
    await program`gpgconf --kill all`;
    rmSync(home, { recursive: true, force: true });
  }
}
