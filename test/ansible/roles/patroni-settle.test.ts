import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const files = join(import.meta.dirname, "../../../ansible/roles/patroni/files");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "patroni-settle-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Python prints that has the role's modules. */
function python(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("python3", ["-B", "-c", program, ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], PYTHONPATH: files },
  });
  return { status, out: stdout.trim(), error: stderr.trim() };
}

describe("verifiers of passwords", () => {
  test("are those of SCRAM-SHA-256: the example of RFC 7677", () => {
    const program = `
import base64, hmac
from settle.scram import keys
nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
said = f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={nonce}"
_, server = keys("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)
print(base64.b64encode(hmac.digest(server, said.encode(), "sha256")).decode())`;

    expect(python(program)).toEqual({ status: 0, out: "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", error: "" });
  });

  test("fit the password that they were made of and no other, and hold it nowhere", () => {
    const program = `
from settle.scram import fits, verifier
made = verifier("correct horse")
print(fits("correct horse", made), fits("correct horsf", made), "horse" in made, made == verifier("correct horse"))
print([fits("x", other) for other in (None, "", "md5d41d8cd98f00b204e9800998ecf8427e", "SCRAM-SHA-256$x:y$z:w")])`;

    expect(python(program).out).toBe("True False False False\n[False, False, False, False]");
  });
});

describe("passwords that a server would prepare otherwise", () => {
  test.each([
    ["beyond ASCII", "app pässword"],
    ["empty", "app "],
    ["with a control character", "app pass\tword"],
  ])("are refused, and not shown: %s", (_, line) => {
    const path = join(folder, "passwords");
    writeFileSync(path, `${line}\n`);

    const { status, error } = python("import sys; from settle.scram import passwords; passwords(sys.argv[1])", path);

    expect({ status, error }).toEqual({
      status: 1,
      error: "password of app: must be printable ASCII, got something else",
    });
  });
});

describe("the stanza of a new cluster", () => {
  /** A stand-in for pgBackRest: no stanza yet, and `stanza-create` ends with each of these codes in turn. */
  const settled = (...codes: readonly number[]) => {
    const bin = mkdtempSync(join(folder, "bin-"));
    const program = `#!/bin/sh
[ "$2" = info ] && { echo '[]'; exit 0; }
read -r code < ${bin}/codes || code=0
sed -i 1d ${bin}/codes
[ "$code" = 0 ] || echo "ERROR: [0$code]" >&2
exit "$code"
`;
    writeFileSync(join(bin, "pgbackrest"), program, { mode: 0o755 });
    writeFileSync(join(bin, "codes"), codes.map((code) => `${code}\n`).join(""));
    return python(
      "import os, sys; os.environ['PATH'] = sys.argv[1] + ':' + os.environ['PATH']; from settle.archive import keep_archive; keep_archive('db')",
      bin,
    );
  };

  test("is made once PostgreSQL's own pushing of its log lets go of the lock", () => {
    expect(settled(50, 50, 0)).toEqual({ status: 0, out: "changed: stanza db", error: "" });
  });

  test("fails with pgBackRest's words when it cannot be made", () => {
    expect(settled(39)).toEqual({ status: 1, out: "", error: "stanza db could not be made: ERROR: [039]" });
  });
});
