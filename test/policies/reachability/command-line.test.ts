import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../../scripts/reach/run.ts";
import { ended, node, root } from "../../support/start.ts";
import { madeOutputs } from "../support/made-outputs.ts";

/** `npm run reach` answers one question in words, or prints who can talk to whom. */

let folder: string;
beforeAll(async () => {
  folder = (await madeOutputs()).folder;
});

const reach = (...args: readonly string[]) => run([...args, "--artefacts", folder]);
const ask = (from: string, to: string, port: number, ...more: readonly string[]) =>
  reach("--from", from, "--to", to, "--port", String(port), ...more);

describe("a question", () => {
  test("a declared flow is possible, and each layer says which rule lets it through", () => {
    const { code, stdout } = ask("ticketing/api", "ticketing/database", 5432);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "production: ticketing/api -> ticketing/database, tcp 5432 is possible",
      "  declared: ticketing/api->database:5432, reads and writes tickets",
      "  a packet tcp 10.30.130.4 -> 10.30.66.4:5432",
    ]);
    expect(stdout).toContain("passes nftables of prd-tkt-api-a, output:");
    expect(stdout).toContain("passes network ACL into aws_subnet.subnets_data-a, on the way there: allowed by entry");
    expect(stdout).toContain("to ticketing/database, tcp 5432: TLS, which ends there");
  });

  test("what nobody declared is not possible, and each layer that stops it is named", () => {
    const { code, stdout } = ask("message-broker/portal", "ticketing/database", 22);
    expect(code).toBe(0);
    expect(stdout).toContain("tcp 22 is not possible\n  declared: no\n");
    expect(stdout).toContain("stops at nftables of prd-tkt-database-a, input: no rule accepts it");
    expect(stdout).toContain("stops at security groups of ticketing/database, ingress: no rule lets it through");
  });

  test("to the internet it names the servers, by the firewall on the way", () => {
    const { stdout } = ask("ticketing/worker", "internet", 443);
    expect(stdout).toContain("only to servers called api.sms.example.com, api.telegram.org");
    expect(stdout).toMatch(/passes routes of \S+: \S+ \(firewall\), then \S+ \(nat\), then \S+ \(internet\)/);
  });

  test("from the internet it goes on behind the load balancer", () => {
    const { stdout } = ask("internet", "desktop-backend/web", 443);
    expect(stdout).toContain("to desktop-backend/edge, tcp 8443: TLS, which ends there");
    expect(ask("internet", "resident-services/web", 443).stdout).toContain(
      "resident-services/web has only private addresses",
    );
  });

  test("another environment and protocol, the platform by its last word, and JSON", () => {
    const { stdout } = ask("ticketing/api", "resolver", 53, "--protocol", "udp", "--environment", "dev", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ environment: "dev", from: "ticketing/api", to: "platform/resolver", protocol: "udp", port: 53 },
      ...{ possible: "all", agrees: true },
    });
  });
});

test("the matrix has who can talk to whom, and to and from beyond the network", () => {
  const { code, stdout } = reach("--matrix");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^production, from beyond the network: \d+$/m);
  expect(stdout).toMatch(/outside\/clients +-> message-broker\/clients +tcp 8001/);
  expect(stdout).toMatch(/observability\/prometheus +-> outside\/internet +tcp 443 \(events\.pagerduty\.com\)/);
  expect(stdout).toMatch(/ticketing\/api +-> ticketing\/redis +tcp 6379-6380, tcp 26379/);
  const { connections } = JSON.parse(reach("--matrix", "--json").stdout);
  expect(connections).toContainEqual({
    from: "outside/admins",
    to: "observability/dashboards",
    services: "tcp 80, tcp 443",
    servers: [],
  });
});

describe("fails when it is called wrongly, with one line and exit code 2", () => {
  test.each([
    [
      ["--from", "ticketing/nobody", "--to", "internet", "--port", "1"],
      /^--from: got "ticketing\/nobody", allowed are ticketing\/api, /,
    ],
    [["--from", "ticketing/api", "--to", "internet"], /^--port: got nothing/],
    [
      ["--from", "ticketing/api", "--to", "internet", "--port", "0"],
      /^--port: got "0", must be a whole number from 1 to 65535$/,
    ],
    [
      ["--from", "ticketing/api", "--to", "internet", "--port", "1", "--protocol", "icmp"],
      /^--protocol: got "icmp", allowed are tcp, udp$/,
    ],
    [["--matrix", "--port", "1"], /^--matrix: got --port too/],
    [["--matrix", "--environment", "moon"], /^--environment: got "moon", .* has dev, staging, production$/],
    [["--matrix", "--wrong"], /^Unknown option '--wrong'/],
  ])("%j", (args, message) => {
    expect(() => reach(...args)).toThrow(message);
  });

  test("of an environment that the index does not declare, and where there is no index", () => {
    const made = mkdtempSync(join(tmpdir(), "reach-"));
    for (const name of ["prod", "other"]) {
      mkdirSync(join(made, "terraform", name, "net"), { recursive: true });
      writeFileSync(join(made, "terraform", name, "net/cdk.tf.json"), '{"resource":{}}');
    }
    const asked = () => run(["--matrix", "--environment", "prod", "--artefacts", made]);

    expect(asked).toThrow(`--artefacts: ${made} has no index.json, which says who is who`);

    writeFileSync(join(made, "index.json"), '{"environments":[]}');
    expect(asked).toThrow(
      `--environment: got "prod", of those that are there ${join(made, "index.json")} declares none`,
    );
    rmSync(made, { recursive: true });
  });

  test("the program itself", async () => {
    const { code, stdout, stderr } = await ended(
      spawn(node, [join(root, "scripts/reach.ts"), "--artefacts", "/nowhere", "--matrix"]),
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^npm run reach: \/nowhere: cannot be read \(ENOENT\)\n$/);
  });
});

test("help says how it is called", () => {
  expect(run(["--help"])).toMatchObject({ code: 0 });
  expect(run(["--help"]).stdout).toMatch(/^Usage: npm run reach -- --from PARTY/);
});
