import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstBoot } from "../../../constructs/compute/first-boot.ts";

const content = "package content";
const sha256 = createHash("sha256").update(content).digest("hex");
const agent = { bucket: "packages", key: "ssm/agent_1.2-3~deb13_amd64.deb", sha256 };

/**
 * Runs user data with the system's bash, then what it installed as systemd would; the files go to a scratch directory,
 * and what would change the machine is a line in a log.
 */
describe("first boot", () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "first-boot-"));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  const program = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const run = (...parameters: readonly string[]) => {
    const env = { PATH: `${bin}:${process.env["PATH"]}`, AWS_DEFAULT_REGION: "eu-central-1" };
    return spawnSync("bash", parameters, { env, stdio: ["ignore", "pipe", "pipe"] });
  };
  const bash = (...parameters: readonly string[]) => run(...parameters).status;
  const log = () => {
    const file = join(bin, "log");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  };
  const boot = () => {
    program("cloud-init", "echo eu-central-1");
    program("systemctl", `echo "systemctl $*" >> ${bin}/log; [ "$1" != is-enabled ] || [ -e ${bin}/enabled ]`);
    program("dpkg", `echo "dpkg $1 $(cat "$2")" >> ${bin}/log`);
    const script = firstBoot(agent).replaceAll(/\/usr\/local\/sbin|\/etc\/systemd\/system/g, bin);
    expect(bash("-c", script)).toBe(0);
    const booted = log();
    rmSync(join(bin, "log"));
    return booted;
  };
  /** One start of the unit. */
  const start = (aws: string) => {
    program("aws", aws);
    return { status: bash(join(bin, "install-ssm-agent")), log: log() };
  };
  /** Writes `text` to the last argument, and what it was called with to the log. */
  const fetching = (text: string) =>
    `echo "$AWS_DEFAULT_REGION $1 $2 $3 $4" >> ${bin}/log; printf '%s' '${text}' > "$5"`;
  const call = "eu-central-1 s3 cp --only-show-errors s3://packages/ssm/agent_1.2-3~deb13_amd64.deb";
  const asked = "systemctl is-enabled --quiet amazon-ssm-agent";

  it("leaves the installation to a unit that is tried until it succeeds, and again after a restart", () => {
    expect(boot()).toEqual([
      "systemctl daemon-reload",
      "systemctl enable install-ssm-agent.service",
      "systemctl start --no-block install-ssm-agent.service",
    ]);
    expect(readFileSync(join(bin, "install-ssm-agent.service"), "utf8").split("\n")).toEqual([
      "[Unit]",
      "Description=Install the SSM agent",
      "Wants=network-online.target",
      "After=network-online.target",
      "StartLimitIntervalSec=0",
      "",
      "[Service]",
      "Type=oneshot",
      "Environment=AWS_DEFAULT_REGION=eu-central-1",
      `ExecStart=${bin}/install-ssm-agent`,
      "StandardError=journal+console",
      "TimeoutStartSec=5min",
      "Restart=on-failure",
      "RestartSec=30",
      "",
      "[Install]",
      "WantedBy=multi-user.target",
      "",
    ]);
  });

  it("installs and starts the agent of the given digest", () => {
    boot();

    expect(start(fetching(content))).toEqual({
      status: 0,
      log: [asked, call, `dpkg --install ${content}`, "systemctl enable --now amazon-ssm-agent"],
    });
  });

  it("does nothing where the agent is enabled already", () => {
    boot();
    writeFileSync(join(bin, "enabled"), "");

    expect(start(fetching(content))).toEqual({ status: 0, log: [asked] });
  });

  it("names each program that is missing and that whoever comes by the agent needs, and installs the agent all the same", () => {
    boot();
    program("aws", fetching(content));
    // A shell in which python3 alone is found.
    const without = 'command() { [ "$2" = python3 ]; }; export -f command; "$0"';

    const { status, stderr } = run("-c", without, join(bin, "install-ssm-agent"));

    expect(stderr.toString().trim().split("\n")).toEqual(
      ["curl", "sudo"].map((name) => `${name}: must be in the image, or no role reaches the host`),
    );
    expect(status).toBe(0);
    expect(log().at(-1)).toBe("systemctl enable --now amazon-ssm-agent");
  });

  it("fails when the digest is another, and installs nothing", () => {
    boot();

    expect(start(fetching("tampered"))).toEqual({ status: 1, log: [asked, call] });
  });

  it("fails when the package is not there yet, and succeeds at the next start", () => {
    boot();

    expect(start("exit 1")).toEqual({ status: 1, log: [asked] });
    expect(start(fetching(content)).status).toBe(0);
  });

  it("holds nothing Terraform would read as a template", () => {
    expect(firstBoot(agent)).not.toMatch(/[$%]\{/);
  });

  it.each([
    [{ sha256: "abc" }, 'agent.sha256: must be 64 lower-case hexadecimal digits, got "abc"'],
    [{ key: "x.deb' ; reboot" }, 'agent.key: must be the key of a .deb package, got "x.deb\' ; reboot"'],
  ])("fails when given %j", (changed, message) => {
    expect(() => firstBoot({ ...agent, ...changed })).toThrow(new Error(message));
  });
});
