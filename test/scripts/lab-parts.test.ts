import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { balancersConfig } from "../../scripts/lab/cloud/balancers.ts";
import { cloudFacts } from "../../scripts/lab/cloud/facts.ts";
import { hostsFile, resolverConfig } from "../../scripts/lab/cloud/names.ts";
import { cloudAddresses } from "../../scripts/lab/cloud/network.ts";
import { readRecap, refusals } from "../../scripts/lab/converge.ts";
import { overlay } from "../../scripts/lab/inventory.ts";
import { planLab } from "../../scripts/lab/plan.ts";
import { alone, labState } from "../../scripts/lab/state.ts";
import { chosen } from "../../scripts/lab/verify/run.ts";

const ticketing = planLab("ticketing", "dev");
const broker = planLab("message-broker", "dev");
const state = labState("/lab");

describe("the inventory of a lab", () => {
  test("says how hosts are reached, that they are simulated and who signs, and nothing of what they are", () => {
    const hosts = overlay(ticketing, state, "KEY");

    expect(Object.keys(hosts)).toEqual(ticketing.hosts.map(({ tag }) => tag));
    expect(hosts["dev-tkt-api-a"]).toEqual({
      ansible_connection: "setns",
      ansible_python_interpreter: expect.stringContaining("env -i "),
      baseline_repository_key: "KEY",
      mitogen_kind: "machinectl",
      mitogen_machinectl_path: expect.stringMatching(/\/leader\.sh$/),
      platform_output: "/lab/out",
      platform_simulated: true,
      private_ca_client_authority:
        "arn:aws:acm-pca:eu-central-1:111111111111:certificate-authority/00000000-0000-4000-8000-000000000002",
      private_ca_client_signer: "authority",
      python_service_ready_seconds: 15,
      python_service_watch_seconds: 2,
    });
  });
});

describe("the party that stands for AWS", () => {
  test("has the fixed addresses of endpoints, and no address of a host that is up", () => {
    const addresses = cloudAddresses(ticketing);

    expect(addresses).toEqual(expect.arrayContaining(["10.10.82.13", "169.254.169.253", "10.10.0.10", "10.10.128.1"]));
    expect(addresses.filter((address) => ticketing.hosts.some((host) => host.address === address))).toEqual([]);
  });

  test("resolves hosts, groups, load balancers, buckets and names outside, and nothing else", () => {
    expect(hostsFile(ticketing).split("\n")).toEqual(
      expect.arrayContaining([
        "10.10.130.4 api-a.ticketing.dev.internal.example.org",
        "10.10.66.8 redis.ticketing.dev.internal.example.org",
        "10.10.70.8 redis.ticketing.dev.internal.example.org",
        "10.10.4.10 tickets.dev.example.org",
      ]),
    );
    expect(resolverConfig(ticketing, "/hosts").split("\n")).toEqual(
      expect.arrayContaining([
        "address=/#/",
        "address=/s3.eu-central-1.amazonaws.com/10.10.82.10",
        "address=/api.telegram.org/198.18.0.3",
      ]),
    );
  });

  test("holds the secrets that hosts of the service read, and targets of each load balancer", () => {
    const { secrets, balancers } = cloudFacts(ticketing, state);

    expect(secrets).toContain("dev/ticketing/db-app");
    expect(secrets.filter((name) => name.startsWith("dev/message-broker/"))).toEqual([]);
    expect(balancers.map(({ name, targets }) => [name, targets])).toEqual([
      ["dev-tkt-web", ["dev-tkt-api-a", "dev-tkt-api-b"]],
    ]);
  });

  test("passes TCP to the broker with the proxy protocol for permitted ranges alone, and opens TLS of the portal", () => {
    const lines = balancersConfig(broker, state).split("\n");

    expect(lines).toContain("  tcp-request connection reject unless { src 198.51.100.0/24 }");
    expect(lines).toContain("  server dev-brk-proxy-a 10.10.50.196:8001 send-proxy-v2 check port 8001");
    expect(lines).toContain("  server dev-brk-portal-a 10.10.178.12:443 ssl verify none alpn http/1.1 check");
  });
});

test("a lab is converged or verified by one run at a time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-"));
  mkdirSync(join(folder, "run"));
  const own = labState(folder);
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)", "lab.ts"], { stdio: "ignore" });
  try {
    writeFileSync(join(folder, "run/busy"), `${other.pid}`);
    await expect(alone(own, async () => "done")).rejects.toThrow(`process ${other.pid} converges or verifies this lab`);

    // Of a run that was killed only the file is left.
    other.kill("SIGKILL");
    await once(other, "close");
    expect(await alone(own, async () => "done")).toBe("done");
    expect(existsSync(join(folder, "run/busy"))).toBe(false);
  } finally {
    other.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("checks", () => {
  test("fail when asked for by a name that is none", () => {
    expect(() => chosen("ticketing", { only: ["listener"], all: false })).toThrow(
      /^--only: got "listener", allowed are second-run, ingress,/,
    );
  });

  test("are narrowed by name; long ones run by name or with all others", () => {
    const names = (service: string, only: readonly string[], all = false) =>
      chosen(service, { only, all })
        .flat()
        .map(({ name }) => name);

    expect(names("ticketing", ["patch"])).toEqual(["patch"]);
    expect(names("ticketing", []).filter((name) => name === "patch" || name === "reboot")).toEqual(["reboot"]);
    expect(names("ticketing", [], true)).toEqual(expect.arrayContaining(["settings", "patch", "reboot"]));
    expect(() => names("message-broker", ["postgres"])).toThrow("postgres");
  });

  test("read from a playbook what changed, where, and by which task", () => {
    const output = [
      "TASK [nginx : Write the configuration] ****",
      "ok: [dev-tkt-api-b]",
      "changed: [dev-tkt-api-a]",
      "PLAY RECAP ****",
      "dev-tkt-api-a              : ok=3    changed=1    unreachable=0    failed=0    skipped=0",
      "dev-tkt-api-b              : ok=3    changed=0    unreachable=1    failed=0    skipped=0",
    ].join("\n");

    expect(readRecap(output)).toEqual({
      hosts: { "dev-tkt-api-a": { changed: 1, failed: 0 }, "dev-tkt-api-b": { changed: 0, failed: 1 } },
      changed: ['dev-tkt-api-a: changed by "nginx : Write the configuration"'],
    });
  });

  test("read from a playbook why it failed, and not all that it said", () => {
    const fatal = "fatal: [dev-tkt-api-a]: FAILED! =>\n    changed: false\n    msg: must be running";
    const output = `TASK [Read] ****\nok: [dev-tkt-api-a]\n\nTASK [Refuse] ****\n${fatal}\nok: [dev-tkt-api-b]\n\nPLAY RECAP ****\n`;

    expect(refusals(output)).toBe(fatal);
    expect(refusals("usage: no such option\n")).toBe("usage: no such option");
  });
});
