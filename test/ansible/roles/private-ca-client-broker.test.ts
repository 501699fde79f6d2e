import { createPrivateKey } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { certificateAt, certificateHost } from "./private-ca-client/host.ts";

/** The broker's certificates: signed by people, registered. */

const { cloud, host, certs, metric, run, request, signed, client, revoke } = certificateHost();

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
