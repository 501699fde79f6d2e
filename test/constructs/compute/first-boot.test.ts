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

/** Runs the script with the system's bash and sha256sum; what would change the machine is a line in a log. */
describe("first boot", () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "first-boot-"));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  const run = (aws: string, script = firstBoot(agent)) => {
    const programs = {
      "cloud-init": "echo eu-central-1",
      aws,
      sleep: ":",
      dpkg: `echo "dpkg $1 $(cat "$2")" >> ${bin}/log`,
      systemctl: `echo "systemctl $*" >> ${bin}/log`,
    };
    for (const [name, body] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const { status } = spawnSync("bash", ["-c", script], { env: { PATH: `${bin}:${process.env["PATH"]}` } });
    const log = join(bin, "log");
    return { status, log: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [] };
  };
  /** Writes `text` to the last argument, and what it was called with to the log. */
  const fetching = (text: string) =>
    `echo "$AWS_DEFAULT_REGION $1 $2 $3 $4" >> ${bin}/log; printf '%s' '${text}' > "$5"`;
  const call = "eu-central-1 s3 cp --only-show-errors s3://packages/ssm/agent_1.2-3~deb13_amd64.deb";

  it("installs and starts the agent of the given digest", () => {
    expect(run(fetching(content))).toEqual({
      status: 0,
      log: [call, `dpkg --install ${content}`, "systemctl enable --now amazon-ssm-agent"],
    });
  });

  it("tries again while the network is not there yet", () => {
    const second = `echo try >> ${bin}/tries; [ "$(wc -l < ${bin}/tries)" -ge 3 ] || exit 1; ${fetching(content)}`;

    expect(run(second).status).toBe(0);
    expect(readFileSync(join(bin, "tries"), "utf8")).toBe("try\ntry\ntry\n");
  });

  it("fails when the digest is another, and installs nothing", () => {
    expect(run(fetching("tampered"))).toEqual({ status: 1, log: [call] });
  });

  it("fails when the package never comes, and installs nothing", () => {
    expect(run("exit 1")).toEqual({ status: 1, log: [] });
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
