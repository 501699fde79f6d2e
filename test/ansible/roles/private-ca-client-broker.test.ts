import { createPrivateKey } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { certificateAt, certificateHost } from "./private-ca-client/host.ts";

/** The broker's certificates: signed by people, revoked, registered. */

const { cloud, host, certs, metric, run, request, signed } = certificateHost();

describe("certificates that people have signed", () => {
  test("wait with a request of the host, while only the authority is in place [BRK-5.1, BRK-SEC.27]", async () => {
    const { code, out } = await run("program");

    expect({ code, told: out.includes("broker: awaits its signature, because there is none") }).toEqual({
      code: 0,
      told: true,
    });
    expect(
      readdirSync(certs())
        .filter((name) => !name.startsWith("."))
        .toSorted(),
    ).toEqual(["ca.crt", "clients"]);
    expect(await request()).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
    expect(metric("platform-certificates")).toContain(
      `platform_certificate_awaits_signature{authority="broker",path="${join(certs(), "proxy.crt")}"} 1`,
    );
  });

  test("are taken with the key that the host made for them [BRK-5.4]", async () => {
    const file = await signed(await request());

    const { code, err } = await run("program", ["--install", file]);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const made = certificateAt(join(certs(), "proxy.crt"));
    expect(made.checkPrivateKey(createPrivateKey(readFileSync(join(certs(), "proxy.key"), "utf8")))).toBe(true);
    expect(readdirSync(join(host(), "state")).filter((name) => /key|csr/.test(name))).toEqual([]);
  });

  test.each([
    ["of another authority", { authority: "internal", days: 7 }, /must be issued by .*Broker authority/],
    ["for one end alone", { template: "EndEntityClientAuthCertificate" }, /purpose must be server and client/],
    ["that live too long", { days: 365 }, /must live for at most 90 days, got 365/],
  ])("fails when given one %s", async (_what, wrong, message) => {
    const file = await signed(await request(), wrong);

    const { code, err } = await run("program", ["--install", file]);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(readdirSync(certs())).not.toContain("proxy.crt");
  });

  test("fails when given one for the key of another host", async () => {
    const other = await request();
    const file = await signed(other);
    for (const name of readdirSync(join(host(), "state"))) {
      if (/key|csr/.test(name)) writeFileSync(join(host(), "state", name), "");
    }
    await cloud().python("import pathlib, sys; [p.unlink() for p in pathlib.Path(sys.argv[1]).glob('broker.*')]", [
      join(host(), "state"),
    ]);
    await run("program");

    const { code, err } = await run("program", ["--install", file]);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "certificate: must be for the key that was made on this host, got another's",
    });
  });

  test.each([
    [59, false], // 31 days are left
    [61, true], // 29
  ])("after %i of 90 days ask for another: %s [BRK-30.5]", async (days, asks) => {
    await run("program", ["--install", await signed(await request())]);

    const { out } = await run("program", [], days);

    expect(out.includes("broker: awaits its signature")).toBe(asks);
    expect(certificateAt(join(certs(), "proxy.crt")).serialNumber).toMatch(/^[0-9A-F]+$/);
  });
});

/** A client's certificate, as the procedure gives it. */
async function client(name: string, days = 365) {
  const { out: csr } = await cloud().python(
    "import sys; from certificates import signing; print(signing.request(signing.new_key(), (sys.argv[1],)).decode(), end='')",
    [name],
  );
  return signed(csr, { template: "EndEntityClientAuthCertificate", days });
}
const revoke = (serial: string) =>
  cloud().authorities("RevokeCertificate", {
    CertificateAuthorityArn: `${cloud().arn}broker`,
    CertificateSerial: serial,
    RevocationReason: "KEY_COMPROMISE",
  });

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

describe("the register of certificates", () => {
  beforeEach(async () => {
    await run("program");
  });

  test("lists what was issued as active, expiring within 30 days, expired or revoked [BRK-30.2, BRK-30.3]", async () => {
    const serials: Record<string, string> = {};
    for (const [name, days] of Object.entries({ active: 31, expiring: 29, revoked: 365, expired: 2 })) {
      const file = await client(name, days);
      serials[name] = certificateAt(file).serialNumber;
      expect(await run("register", ["--register", file])).toMatchObject({ code: 0 });
    }
    await revoke(serials["revoked"] ?? "");
    await run("revocation");

    const today = await run("register");
    const later = await run("register", [], 2.5);

    const states = (out: string) =>
      Object.fromEntries(
        out
          .trim()
          .split("\n")
          .map((line) => line.split(/\s+/))
          .map(([state, , , name]) => [name, state]),
      );
    expect(states(today.out)).toEqual({
      active: "active",
      expiring: "expiring",
      expired: "expiring",
      revoked: "revoked",
    });
    expect(states(later.out)).toMatchObject({ expired: "expired" });
    expect(metric("broker-certificates")).toMatch(
      /broker_certificate_not_after_timestamp_seconds\{name="revoked",serial="[0-9a-f]+",status="revoked",path="[^"]+"\} \d{10}/,
    );
  });

  test("fails when a private key lies in it [BRK-SEC.27]", async () => {
    writeFileSync(join(certs(), "clients/acme.pem"), "-----BEGIN EC PRIVATE KEY-----\n");

    const { code, err } = await run("register");

    expect({ code, err: err.trim() }).toEqual({ code: 1, err: `${certs()}/clients/acme.pem: must be no private key` });
  });

  test("fails when given a certificate of another authority", async () => {
    const file = await signed(await request(), { authority: "internal", days: 7 });

    const { code, err } = await run("register", ["--register", file]);

    expect(code).toBe(1);
    expect(err).toMatch(/must be issued by .*Broker authority/);
  });
});
