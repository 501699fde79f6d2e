import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { certificateAt, certificateHost } from "./private-ca-client/host.ts";

/** The list of the broker's authority, as hosts fetch it and NGINX takes it. */

const { cloud, host, certs, metric, run, client, revoke } = certificateHost();

describe("the revocation list", () => {
  beforeEach(async () => {
    await run("program");
  });

  test("names a client once it is revoked, and is fetched as PEM [BRK-10.4, BRK-SEC.8]", async () => {
    const { serialNumber } = certificateAt(await client("acme"));
    await run("revocation");

    const { code: before } = await run("revocation", ["--require", serialNumber]);
    await revoke(serialNumber);
    const after = await run("revocation", ["--require", serialNumber]);

    expect({ before, after: after.code, err: after.err }).toEqual({ before: 3, after: 0, err: "" });
    expect(readFileSync(join(certs(), "ca.crl"), "utf8")).toMatch(/^-----BEGIN X509 CRL-----\n/);
    expect(metric("broker-crl")).toMatch(/broker_crl_next_update_timestamp_seconds\{path="[^"]*"\} \d{10}\n/);
  });

  test("is left alone when nothing changed", async () => {
    await run("revocation");

    expect(await run("revocation")).toEqual({ code: 0, out: "", err: "" });
  });

  test.each([
    ["is older than the present one", "older", /number must not fall below/],
    ["is signed by somebody else", "forged", /must be signed by .*, and is not/],
    ["is no list", "noise", /must be one, got something else/],
  ])("fails when it %s, and the present one stays", async (_why, kind, message) => {
    const first = await cloud().get("crl", "crl/broker.crl");
    await revoke(certificateAt(await client("acme")).serialNumber);
    const good = await cloud().get("crl", "crl/broker.crl");
    await run("revocation");
    const present = readFileSync(join(certs(), "ca.crl"), "utf8");
    const bad = { older: first, forged: await forged(), noise: Buffer.from("noise") }[kind] ?? Buffer.from("");
    await cloud().put("crl", "crl/broker.crl", bad);

    const { code, err } = await run("revocation");
    await cloud().put("crl", "crl/broker.crl", good);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(readFileSync(join(certs(), "ca.crl"), "utf8")).toBe(present);
    expect(metric("broker-crl")).toContain("broker_crl_refresh_failed");
  });

  test("fails when it has run out", async () => {
    const { code, err } = await run("revocation", [], 8);

    expect(code).toBe(1);
    expect(err).toMatch(/must not have run out/);
  });

  test("fails while NGINX has not taken it, names no serial number till then, and is told to NGINX again [BRK-10.4]", async () => {
    const environment = nginx();
    const { serialNumber } = certificateAt(await client("acme"));
    await run("revocation", [], 0, { environment });
    writeFileSync(join(host(), "broken"), "");
    await revoke(serialNumber);

    const failed = await run("revocation", [], 0, { environment });
    const stillOwed = await run("revocation", ["--require", serialNumber], 0, { environment });
    const told = metric("broker-crl");
    rmSync(join(host(), "broken"));
    const mended = await run("revocation", ["--require", serialNumber], 0, { environment });
    const after = await run("revocation", ["--require", serialNumber], 0, { environment });

    const message = "Refused: reloads: must succeed, failed systemctl reload no-such-unit.service";
    expect([failed, stillOwed].map(({ code, err }) => ({ code, err: err.trim() }))).toEqual([
      { code: 1, err: message },
      { code: 1, err: message },
    ]);
    expect(told).toMatch(/broker_crl_refresh_failed\{path="[^"]*"\} 1\n/);
    expect([mended.code, after.code]).toEqual([0, 0]);
    expect(reloads()).toEqual(["done", "failed", "failed", "done"]);
  });

  /** An NGINX that runs, and takes a reload unless it is broken. Environment in which programs meet it. */
  function nginx(): Readonly<Record<string, string>> {
    const program = `#!/bin/sh
[ "$1" = reload ] || exit 0
if [ -e "${host()}/broken" ]; then echo failed; else echo done; fi >> "${host()}/reloads"
[ ! -e "${host()}/broken" ]
`;
    writeFileSync(join(host(), "systemctl"), program, { mode: 0o755 });
    return { PATH: `${host()}:${process.env["PATH"]}` };
  }
  /** How each reload of it ended. */
  const reloads = () => readFileSync(join(host(), "reloads"), "utf8").trim().split("\n");

  /** A list with the broker's name, signed by another key. */
  async function forged(): Promise<Buffer> {
    const program = `
import datetime, pathlib, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from certificates import signing
ca = x509.load_pem_x509_certificate(pathlib.Path(sys.argv[1]).read_bytes())
now = datetime.datetime.now(datetime.timezone.utc)
made = x509.CertificateRevocationListBuilder().issuer_name(ca.subject).last_update(now).next_update(now + datetime.timedelta(days=7))
made = made.add_extension(x509.CRLNumber(10**6), False).sign(signing.new_key(), hashes.SHA256())
print(made.public_bytes(serialization.Encoding.PEM).decode(), end="")
`;
    return Buffer.from((await cloud().python(program, [join(certs(), "ca.crt")])).out);
  }
});
