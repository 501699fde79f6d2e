import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { privateCaClient } from "../../../ansible/inventory/roles/private-ca-client.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { type Cloud, startCloud } from "../support/cloud.ts";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const names = ["proxy-a.broker.internal", "proxy.broker.internal", "localhost"];
let host: string;
let certs: string;
const internal = () => join(host, "tls");
const metric = (file: string) => readFileSync(join(host, "metrics", `${file}.prom`), "utf8");

/** A host with a certificate of each authority, and the register of main. */
beforeEach(async () => {
  host = mkdtempSync(join(cloud.folder, "host-"));
  certs = join(host, "certs");
  for (const folder of ["metrics", "tls", "certs", "certs/clients"]) mkdirSync(join(host, folder));
  const { out: group } = await cloud.python("import grp, os; print(end=grp.getgrgid(os.getgid()).gr_name)", []);
  const place = (directory: string, name: string, days: number, issuer: string) => ({
    name: issuer === "host" ? "internal" : "broker",
    authority_parameter: `/dev/pki/${issuer === "host" ? "internal" : "broker"}-authority`,
    certificate: join(directory, `${name}.crt`),
    key: join(directory, `${name}.key`),
    authority: join(directory, "ca.crt"),
    group,
    days,
    issued_by: issuer,
  });
  writeFileSync(
    join(host, "certificates.json"),
    JSON.stringify({
      region: "eu-central-1",
      state: join(host, "state"),
      metrics: join(host, "metrics"),
      names,
      certificates: [place(internal(), "tls", 7, "host"), place(certs, "proxy", 90, "people")],
      reloads: [`touch ${join(host, "reloaded")}`],
      revocation: {
        bucket: "crl",
        key_parameter: "/dev/pki/broker-crl",
        file: join(certs, "ca.crl"),
        authority: join(certs, "ca.crt"),
        reloads: ["systemctl reload no-such-unit.service"],
      },
      register: join(certs, "clients"),
    }),
  );
});

const SHIFTED = (module: string, days: number) => `
import datetime, sys
from certificates import judge, ${module}
real = judge.now
judge.now = lambda: real() + datetime.timedelta(days=${days})
sys.exit(${module}.main(["--configuration", sys.argv[1], *sys.argv[2:]]))
`;
const run = (module: "program" | "revocation" | "register", args: readonly string[] = [], days = 0) =>
  cloud.python(SHIFTED(module, days), [join(host, "certificates.json"), ...args]);

const certificateAt = (path: string) => new X509Certificate(readFileSync(path));
const installed = () => certificateAt(join(internal(), "tls.crt"));

/** Has a request signed as the procedure does: by people, who may ask the broker's authority. */
async function signed(csr: string, { template = "EndEntityCertificate", days = 90, authority = "broker" } = {}) {
  const of = { CertificateAuthorityArn: `${cloud.arn}${authority}` };
  const { CertificateArn } = await cloud.authorities("IssueCertificate", {
    ...of,
    Csr: Buffer.from(csr).toString("base64"),
    TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
    Validity: { Type: "DAYS", Value: days },
  });
  await new Promise((later) => setTimeout(later, 300));
  const { Certificate = "" } = await cloud.authorities("GetCertificate", { ...of, CertificateArn });
  const path = join(mkdtempSync(join(cloud.folder, "signed-")), "signed.crt");
  writeFileSync(path, Certificate);
  return path;
}
const request = async () => (await run("program", ["--request"])).out;

describe("certificates of the internal authority", () => {
  test("are for a key that the host made and nobody else has seen [BRK-5.1]", async () => {
    const { code, out, err } = await run("program");

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const key = readFileSync(join(internal(), "tls.key"), "utf8");
    expect(installed().checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(key).toContain("BEGIN PRIVATE KEY");
    expect(statSync(join(internal(), "tls.key")).mode & 0o777).toBe(0o640);
    expect(out).not.toContain("PRIVATE KEY");
    expect(readFileSync(join(internal(), "ca.crt"), "utf8").trim()).toBe(cloud.authority("internal").trim());
  });

  test("name the host, its group and loopback, for both ends, for seven days", async () => {
    await run("program");

    const made = installed();
    const life = Date.parse(made.validTo) - Date.parse(made.validFrom);
    expect(made.subjectAltName).toBe(names.map((name) => `DNS:${name}`).join(", "));
    expect(made.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    expect(Math.round(life / 3_600_000)).toBe(7 * 24 + 1);
  });

  test("stay as they are while more than half of their life is left, and no program is told", async () => {
    await run("program");
    const before = installed().serialNumber;

    const { code, out } = await run("program", [], 3);

    expect({ code, told: out.includes("installed at") }).toEqual({ code: 0, told: false });
    expect(installed().serialNumber).toBe(before);
    expect(readdirSync(host)).not.toContain("reloaded");
  });

  test("are renewed before a third of their life is left, and programs are told once", async () => {
    await run("program");
    const before = installed().serialNumber;

    const { code } = await run("program", [], 4);

    expect(code).toBe(0);
    expect(installed().serialNumber).not.toBe(before);
    expect(readdirSync(host)).toContain("reloaded");
  });

  test("are switched by one rename, so that key and certificate always match, and the one before stays", async () => {
    await run("program");
    await run("program", [], 4);

    const files = readdirSync(join(internal(), ".tls.crt.d"));
    expect(files.filter((name) => name !== "current")).toHaveLength(2);
    expect(readdirSync(join(internal(), ".tls.crt.d/current")).toSorted()).toEqual(["ca.crt", "tls.crt", "tls.key"]);
  });

  test("fails when the authority does not answer, and what served before still serves", async () => {
    await run("program");
    const before = installed().serialNumber;

    const { code } = await cloud.python(SHIFTED("program", 4), [join(host, "certificates.json")], {
      environment: { AWS_ENDPOINT_URL_ACM_PCA: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" },
    });

    expect(code).toBe(1);
    expect(installed().serialNumber).toBe(before);
    expect(metric("platform-certificates")).toContain(
      `platform_certificate_failed{authority="internal",path="${join(internal(), "tls.crt")}"} 1`,
    );
  });

  test("fails when a program does not take the new one, and tells it again at the next run", async () => {
    const path = join(host, "certificates.json");
    const settings = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...settings, reloads: [`test -e ${join(host, "ready")}`] }));
    await run("program");

    const { code, err } = await run("program", [], 4);
    writeFileSync(join(host, "ready"), "");
    const again = await run("program", [], 4);

    expect({ code, err: err.trim() }).toEqual({ code: 1, err: `reloads: must succeed, failed test -e ${host}/ready` });
    expect(again.code).toBe(0);
  });
});

describe("certificates that people have signed", () => {
  test("wait with a request of the host, while only the authority is in place [BRK-5.1, BRK-SEC.27]", async () => {
    const { code, out } = await run("program");

    expect({ code, told: out.includes("broker: awaits its signature, because there is none") }).toEqual({
      code: 0,
      told: true,
    });
    expect(
      readdirSync(certs)
        .filter((name) => !name.startsWith("."))
        .toSorted(),
    ).toEqual(["ca.crt", "clients"]);
    expect(await request()).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
    expect(metric("platform-certificates")).toContain(
      `platform_certificate_awaits_signature{authority="broker",path="${join(certs, "proxy.crt")}"} 1`,
    );
  });

  test("are taken with the key that the host made for them [BRK-5.4]", async () => {
    const file = await signed(await request());

    const { code, err } = await run("program", ["--install", file]);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const made = certificateAt(join(certs, "proxy.crt"));
    expect(made.checkPrivateKey(createPrivateKey(readFileSync(join(certs, "proxy.key"), "utf8")))).toBe(true);
    expect(readdirSync(join(host, "state")).filter((name) => /key|csr/.test(name))).toEqual([]);
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
    expect(readdirSync(certs)).not.toContain("proxy.crt");
  });

  test("fails when given one for the key of another host", async () => {
    const other = await request();
    const file = await signed(other);
    for (const name of readdirSync(join(host, "state"))) {
      if (/key|csr/.test(name)) writeFileSync(join(host, "state", name), "");
    }
    await cloud.python("import pathlib, sys; [p.unlink() for p in pathlib.Path(sys.argv[1]).glob('broker.*')]", [
      join(host, "state"),
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
    expect(certificateAt(join(certs, "proxy.crt")).serialNumber).toMatch(/^[0-9A-F]+$/);
  });
});

/** A client's certificate, as the procedure gives it. */
async function client(name: string, days = 365) {
  const { out: csr } = await cloud.python(
    "import sys; from certificates import signing; print(signing.request(signing.new_key(), (sys.argv[1],)).decode(), end='')",
    [name],
  );
  return signed(csr, { template: "EndEntityClientAuthCertificate", days });
}
const revoke = (serial: string) =>
  cloud.authorities("RevokeCertificate", {
    CertificateAuthorityArn: `${cloud.arn}broker`,
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
    expect(readFileSync(join(certs, "ca.crl"), "utf8")).toMatch(/^-----BEGIN X509 CRL-----\n/);
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
    const first = await cloud.get("crl", "crl/broker.crl");
    await revoke(certificateAt(await client("acme")).serialNumber);
    const good = await cloud.get("crl", "crl/broker.crl");
    await run("revocation");
    const present = readFileSync(join(certs, "ca.crl"), "utf8");
    const bad = { older: first, forged: await forged(), noise: Buffer.from("noise") }[kind] ?? Buffer.from("");
    await cloud.put("crl", "crl/broker.crl", bad);

    const { code, err } = await run("revocation");
    await cloud.put("crl", "crl/broker.crl", good);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(readFileSync(join(certs, "ca.crl"), "utf8")).toBe(present);
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
    return Buffer.from((await cloud.python(program, [join(certs, "ca.crt")])).out);
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
    writeFileSync(join(certs, "clients/acme.pem"), "-----BEGIN EC PRIVATE KEY-----\n");

    const { code, err } = await run("register");

    expect({ code, err: err.trim() }).toEqual({ code: 1, err: `${certs}/clients/acme.pem: must be no private key` });
  });

  test("fails when given a certificate of another authority", async () => {
    const file = await signed(await request(), { authority: "internal", days: 7 });

    const { code, err } = await run("register", ["--register", file]);

    expect(code).toBe(1);
    expect(err).toMatch(/must be issued by .*Broker authority/);
  });
});

describe("what hosts are told", () => {
  const [dev] = catalogue.environments;
  if (dev === undefined) throw new Error("no environment");
  const { groups, groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, dev), [privateCaClient]);

  test("every host has a certificate of the internal authority", () => {
    expect(Object.keys(groups["private_ca_client"]?.children ?? {})).toEqual(Object.keys(groupVars));
    for (const variables of Object.values(groupVars)) {
      expect(JSON.stringify(variables["private_ca_client_certificates"])).toContain('"name":"internal"');
    }
  });

  test("people issue the broker's for at most 90 days, and hosts their own for at most 7", () => {
    expect(groupVars["message_broker_proxy"]?.["private_ca_client_certificates"]).toMatchObject([
      { name: "broker", issued_by: "people", days: 90, group: "broker-proxy" },
      { name: "internal", issued_by: "host", days: 7, group: "tls-keys" },
    ]);
  });

  test("the register is on main alone, and no authority's key is anywhere [BRK-5.3, BRK-SEC.4]", () => {
    const registers = Object.entries(groupVars).flatMap(([group, { private_ca_client_register: path }]) =>
      path === undefined ? [] : [[group, path]],
    );

    expect(registers).toEqual([["message_broker_main", "/opt/message_broker/main_server/certs/clients"]]);
    expect(JSON.stringify({ groupVars, hostVars })).not.toMatch(/ca\.key/);
  });

  test("names are the host's, its group's and loopback", () => {
    expect(hostVars["dev-tkt-database-a"]).toMatchObject({
      private_ca_client_names: [
        "database-a.ticketing.dev.internal.example.org",
        "database.ticketing.dev.internal.example.org",
        "localhost",
      ],
    });
  });
});
