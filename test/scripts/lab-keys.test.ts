import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { piece } from "../../scripts/lab/state.ts";

const openssl = (...words: readonly string[]): string =>
  execFileSync("openssl", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

describe("keys of authorities on a host", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-keys-"));
  const authority = join(folder, "authority.key");
  const own = join(folder, "own.key");
  const host = join(folder, "host");
  let certificates: Readonly<Record<string, string>> = {};

  const found = (): readonly string[] => {
    const asked = JSON.stringify({ folders: [host, join(folder, "none")], certificates });
    const told = execFileSync("python3", ["-B", piece("verify/keys.py")], { input: asked, encoding: "utf8" });
    return told.split("\n").filter((line) => line !== "");
  };
  const lay = (name: string, content: string) => writeFileSync(join(host, name), content);

  beforeAll(() => {
    for (const key of [authority, own]) {
      openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
    }
    const certificate = openssl(
      "req",
      "-x509",
      "-new",
      "-key",
      authority,
      "-subj",
      "/CN=Internal authority",
      "-days",
      "2",
    );
    certificates = { internal: certificate };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A key as OpenSSH writes it, with a passphrase or without. */
  const inSsh = (key: string, passphrase: string): string => {
    const copy = join(folder, "ssh");
    writeFileSync(copy, readFileSync(key), { mode: 0o600 });
    execFileSync("ssh-keygen", ["-q", "-p", "-N", passphrase, "-f", copy], { stdio: "ignore" });
    return readFileSync(copy, "utf8");
  };

  const clean = () => {
    rmSync(host, { recursive: true, force: true });
    mkdirSync(host);
    lay("tls.key", openssl("pkey", "-in", own));
    lay("ca.crt", certificates["internal"] ?? "");
    lay("ssh_host_ecdsa_key", inSsh(own, ""));
    lay("ca.key", "a name alone says nothing");
    lay("pem.py", 'BEGIN = b"-----BEGIN PRIVATE KEY-----"\nEND = b"-----END PRIVATE KEY-----"\n');
  };

  test("are none where a host has its own key, an authority's certificate, and programs that name keys", () => {
    clean();

    expect(found()).toEqual([]);
  });

  test("are found by what they are, whatever their file is called and however it is written", () => {
    clean();
    lay("notes.txt", `kept for later\n${openssl("pkey", "-in", authority)}`);
    lay("old.pem", openssl("pkey", "-in", own) + openssl("ec", "-in", authority));
    lay("app.env", `PORT=1\nSIGNING_KEY="${openssl("pkey", "-in", authority).replaceAll("\n", "\\n")}"\n`);
    lay("id_ecdsa", inSsh(authority, "locked"));

    const holds = (name: string) => `${join(host, name)} holds the key of the authority internal`;
    expect([...found()].sort()).toEqual([holds("app.env"), holds("id_ecdsa"), holds("notes.txt"), holds("old.pem")]);
  });

  test("are suspected where a key cannot be read", () => {
    clean();
    lay("locked", openssl("pkey", "-in", authority, "-aes256", "-passout", "pass:secret"));

    expect(found()).toEqual([`${join(host, "locked")} holds a private key that nobody can compare`]);
  });
});
