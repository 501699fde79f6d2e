import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificateAt, signedBy } from "./roles/private-ca-client/host.ts";
import { type Cloud, startCloud } from "./support/cloud.ts";
import { runTask } from "./support/task.ts";

describe("platform.hosts.broker_certificate", () => {
  let cloud: Cloud;
  let serial: string;
  beforeAll(async () => {
    cloud = await startCloud();
    const { out: request } = await cloud.python(
      "from certificates import signing; print(signing.request(signing.new_key(), ('client-a',)).decode(), end='')",
      [],
    );
    serial = certificateAt(await signedBy(cloud, request)).serialNumber;
  });
  afterAll(() => cloud.stop());
  const run = (parameters: Readonly<Record<string, unknown>>) =>
    runTask({
      directory: cloud.folder,
      module: "platform.hosts.broker_certificate",
      parameters: { region: "eu-central-1", reason: "KEY_COMPROMISE", ...parameters },
      environment: cloud.environment,
    });

  test("revokes at the one authority that has the name [BRK-10.4]", async () => {
    const revoked = await run({ common_name: "Broker authority", serial });

    expect(revoked.code, revoked.output).toBe(0);
    const list = await cloud.get("crl", "crl/broker.crl");
    expect(list.includes(Buffer.from(serial, "hex"))).toBe(true);
  });

  test("fails when no authority has the name, and says so", async () => {
    const { code, output } = await run({ common_name: "Another authority", serial });

    expect(code).toBe(2);
    expect(output).toContain("common_name: must be that of one active authority, got 0 of 'Another authority'");
  });

  test("fails when the authority knows no such certificate, or is none itself, and says which", async () => {
    const broker = `${cloud.arn}broker`;
    const [certificate, authority] = await Promise.all([
      run({ common_name: "Broker authority", serial: "0a" }),
      run({ authority: `${cloud.arn}none`, serial }),
    ]);

    expect([certificate.code, authority.code]).toEqual([2, 2]);
    expect(certificate.output).toContain(
      `serial: must be that of a certificate of ${broker}, got 0a (no certificate 0a)`,
    );
    expect(authority.output).toContain(`no authority ${cloud.arn}none`);
  });
});
