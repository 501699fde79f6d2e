import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { hasZstd, taskHost } from "./backup-agent/host.ts";

/** Copies of files, in the vault. */

const zstd = promisify(zstdDecompress);
const { cloud, host, prefix, at, run, vault, metrics } = taskHost();

describe.runIf(hasZstd)("an archive", () => {
  test("of certificates follows links to the present ones, and holds no key [BRK-25.3, BRK-SEC.4]", async () => {
    const certs = join(host(), "certs");
    mkdirSync(join(certs, ".server.crt.d/1"), { recursive: true });
    mkdirSync(join(certs, "clients/acme"), { recursive: true });
    for (const file of [
      ".server.crt.d/1/server.crt",
      ".server.crt.d/1/server.key",
      "clients/acme/1.crt",
      "clients/acme/x.key",
      "ca.key",
    ])
      writeFileSync(join(certs, file), file);
    await cloud().python("import os, sys; os.symlink('.server.crt.d/1/server.crt', sys.argv[1])", [
      join(certs, "server.crt"),
    ]);
    const paths = ["server.crt", "clients"].map((name) => join(certs, name));

    const { code, err } = await run({ does: { method: "archive", paths, without_keys: true, ...at() } });

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [copy = ""] = await vault();
    const tar = (await zstd(await cloud().get("vault", copy))).toString("latin1");
    expect(tar).toContain(".server.crt.d/1/server.crt");
    expect(tar).toContain("clients/acme/1.crt");
    expect(tar).not.toMatch(/\.key/);
  });

  test("fails when a path is missing [TKT-7.6]", async () => {
    const { code, err } = await run({
      does: { method: "archive", paths: ["/no/such/.env"], without_keys: false, ...at() },
    });

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "copy: Refused: /no/such/.env: must be there to be copied",
    });
  });
});

describe("a mirror of uploads", () => {
  const uploads = () => join(host(), "uploads");
  const mirror = (first = "") => run({ does: { method: "file-sync", path: uploads(), ...at() } }, { first });
  beforeEach(() => {
    mkdirSync(join(uploads(), "2026"), { recursive: true });
    writeFileSync(join(uploads(), "2026/a b.pdf"), "first");
    writeFileSync(join(uploads(), "c.png"), "second");
  });

  test("has an object for each file, and what is gone is marked as gone [TKT-7.5]", async () => {
    const first = await mirror();
    const before = await vault();
    rmSync(join(uploads(), "c.png"));
    writeFileSync(join(uploads(), "d.txt"), "third");

    await mirror();

    expect(first).toMatchObject({ code: 0, err: "" });
    expect(before).toEqual([`${prefix()}2026/a b.pdf`, `${prefix()}c.png`]);
    expect(await vault()).toEqual([`${prefix()}2026/a b.pdf`, `${prefix()}d.txt`]);
    expect(metrics()).toContain('platform_backup_files{task="copy",kind="backup"} 2');
  });

  test("fails when the folder is empty and the mirror is not: a mount is missing [TKT-7.5]", async () => {
    await mirror();
    rmSync(uploads(), { recursive: true });
    mkdirSync(uploads());

    const { code, err } = await mirror();

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `copy: Refused: ${uploads()}: must hold files, since its mirror holds 2; got none`,
    });
    expect(await vault()).toHaveLength(2);
  });

  test("sends the others when one file cannot be sent, says which, and marks nothing as gone [TKT-7.5]", async () => {
    await mirror();
    rmSync(join(uploads(), "c.png"));
    await cloud().python("import os, sys; open(os.fsencode(sys.argv[1]) + b'/b\\xff.txt', 'w').write('not UTF-8')", [
      uploads(),
    ]);
    writeFileSync(join(uploads(), "z.txt"), "last");

    const { code, err } = await mirror();

    expect(code).toBe(1);
    expect(err).toContain(
      `copy: Refused: ${uploads()}: all must be read and sent, 1 were not, nothing is marked as gone: ${uploads()}/b\\udcff.txt: `,
    );
    expect(await vault()).toEqual(["2026/a b.pdf", "c.png", "z.txt"].map((name) => prefix() + name));
  });

  test("marks nothing as gone below a folder that cannot be listed, and fails [TKT-7.5]", async () => {
    await mirror();
    writeFileSync(join(uploads(), "z.txt"), "last");
    const folder = join(uploads(), "2026");

    const { code, err } = await mirror(`
import os
scan = os.scandir
def scandir(path):
    if str(path) == "${folder}": raise OSError(5, os.strerror(5), str(path))
    return scan(path)
os.scandir = scandir`);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `copy: Refused: ${uploads()}: all must be read and sent, 1 were not, nothing is marked as gone: ${folder}: OSError: [Errno 5] Input/output error: '${folder}'`,
    });
    expect(await vault()).toEqual(["2026/a b.pdf", "c.png", "z.txt"].map((name) => prefix() + name));
  });

  test("does not take for gone what another host sends while this one looks [TKT-7.5]", async () => {
    await mirror();

    const { code } = await mirror(`
import boto3
from tasks import mirror
own = mirror.files
def files(folder):
    found = own(folder)
    boto3.client("s3", region_name="eu-central-1").put_object(Bucket="vault", Key="${prefix()}other.pdf", Body=b"")
    return found
mirror.files = files`);

    expect(code).toBe(0);
    expect(await vault()).toContain(`${prefix()}other.pdf`);
  });

  test("follows no link out of the folder", async () => {
    await cloud().python("import os, sys; os.symlink('/etc/passwd', sys.argv[1])", [join(uploads(), "link")]);

    await mirror();

    expect(await vault()).toEqual([`${prefix()}2026/a b.pdf`, `${prefix()}c.png`]);
  });
});
