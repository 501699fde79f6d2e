import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "../support/cloud.ts";

/** Programs of hosts that sign in as the host, beside an instance metadata service whose first answer is late. */

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const CREDENTIALS = {
  AccessKeyId: "ASIAHOST",
  SecretAccessKey: "host",
  Token: "host",
  Expiration: new Date(Date.now() + 3_600_000).toISOString(),
};

/** What the service says of each path, and to whom shows no token: nothing but a token. */
const SAID: Readonly<Record<string, string>> = {
  "/latest/api/token": "token",
  "/latest/meta-data/iam/security-credentials/": "host",
  "/latest/meta-data/iam/security-credentials/host": JSON.stringify(CREDENTIALS),
};

/** The service on loopback; its first answer takes two seconds, as on a host that has just begun all its timers. */
async function startMetadata() {
  let first = true;
  const server = createServer((request, response) => {
    const late = first ? 2000 : 0;
    first = false;
    const said = request.method === "PUT" || request.headers["x-aws-ec2-metadata-token"] === "token";
    response.statusCode = said ? 200 : 401;
    void setTimeout(late).then(() => response.end(said ? SAID[request.url ?? ""] : ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("a metadata service whose first answer takes two seconds gives credentials", () => {
  test.each([
    ["renewals of certificates", "from certificates import settings; client = settings._client('eu-central-1', 's3')"],
    ["backups", "from tasks import settings; client = settings._client('eu-central-1')"],
  ])("to %s", async (_, made) => {
    const { server, url } = await startMetadata();
    // The session that all programs here start with has looked for credentials before.
    const program = `import boto3; boto3.DEFAULT_SESSION = None; ${made}; print(sorted(bucket["Name"] for bucket in client.list_buckets()["Buckets"]))`;
    const environment = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
    const { code, out, err } = await cloud.python(program, [], { environment });
    server.close();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trim()).toBe("['crl', 'vault']");
  });
});
