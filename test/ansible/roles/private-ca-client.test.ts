import { createPrivateKey } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { privateCaClient } from "../../../ansible/inventory/roles/private-ca-client.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { certificateAt, certificateHost, names } from "./private-ca-client/host.ts";

/** Certificates that hosts get by themselves, and what hosts are told of certificates. */

const { cloud, host, internal, metric, run } = certificateHost();
/** Whether the host says that its certificate could not be renewed or brought into use: 1 or 0. */
const failure = () => metric("platform-certificates").match(/^platform_certificate_failed\{.*\} (\d)$/m)?.[1];
const installed = () => certificateAt(join(internal(), "tls.crt"));

describe("certificates of the internal authority", () => {
  test("are for a key that the host made and nobody else has seen [BRK-5.1]", async () => {
    const { code, out, err } = await run("program");

    expect({ code, err }).toEqual({ code: 0, err: "" });
    const key = readFileSync(join(internal(), "tls.key"), "utf8");
    expect(installed().checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(key).toContain("BEGIN PRIVATE KEY");
    expect(statSync(join(internal(), "tls.key")).mode & 0o777).toBe(0o640);
    expect(out).not.toContain("PRIVATE KEY");
    expect(readFileSync(join(internal(), "ca.crt"), "utf8").trim()).toBe(cloud().authority("internal").trim());
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
    expect(readdirSync(host())).not.toContain("reloaded");
  });

  test("have keys that others cannot read, also after somebody let them", async () => {
    await run("program");
    const key = join(internal(), "tls.key");
    chmodSync(key, 0o644);

    const mending = await run("program");
    const again = await run("program");

    expect(statSync(key).mode & 0o777).toBe(0o640);
    expect([mending, again].map(({ out }) => out.includes("rights mended at"))).toEqual([true, false]);
  });

  test("are renewed before a third of their life is left, and programs are told once", async () => {
    await run("program");
    const before = installed().serialNumber;

    const { code } = await run("program", [], 4);

    expect(code).toBe(0);
    expect(installed().serialNumber).not.toBe(before);
    expect(readdirSync(host())).toContain("reloaded");
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

    const { code } = await run("program", [], 4, {
      environment: { AWS_ENDPOINT_URL_ACM_PCA: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" },
    });

    expect(code).toBe(1);
    expect(installed().serialNumber).toBe(before);
    expect(metric("platform-certificates")).toContain(
      `platform_certificate_failed{authority="internal",path="${join(internal(), "tls.crt")}"} 1`,
    );
  });

  test("fails when a program does not take the new one, and tells it again at the next run", async () => {
    const path = join(host(), "certificates.json");
    const settings = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...settings, reloads: [`test -e ${join(host(), "ready")}`] }));
    await run("program");

    const { code, err } = await run("program", [], 4);
    const [failed, success] = [failure(), metric("platform-certificates").match(/^.*_last_success_.*\} \d.*$/m)?.[0]];
    writeFileSync(join(host(), "ready"), "");
    const again = await run("program", [], 4);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `reloads: must succeed, failed test -e ${host()}/ready`,
    });
    expect(again.code).toBe(0);
    expect([failed, failure()]).toEqual(["1", "0"]);
    expect(metric("platform-certificates")).not.toContain(success ?? "no success before");
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
