import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRequest } from "../../scripts/lab/arguments.ts";
import { hostOf, planLab } from "../../scripts/lab/plan.ts";
import { labState, running } from "../../scripts/lab/state.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lab = async (...args: readonly string[]) => {
  const script = resolve(import.meta.dirname, "../../scripts/lab.ts");
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [script, ...args])) };
  } catch (error) {
    return error as { readonly code: number; readonly stdout: string; readonly stderr: string };
  }
};

describe("what the lab is asked", () => {
  test("has defaults: the environment dev, and a folder of the project", () => {
    expect(parseRequest(["up", "ticketing"])).toEqual({
      command: "up",
      words: ["ticketing"],
      state: ".lab",
      environment: "dev",
      only: [],
      all: false,
      json: false,
    });
  });

  test("hands on the words of a command in a host, its options too, and reads its own options before them", () => {
    const asked = parseRequest(["--state", "/x", "sh", "api-a", "ls", "--state", "-l"]);

    expect([asked.state, asked.words]).toEqual(["/x", ["api-a", "ls", "--state", "-l"]]);
  });

  test("may have the folder right after the command", () => {
    expect(parseRequest(["in", "--state", "/x", "ansible", "--help"])).toMatchObject({
      state: "/x",
      words: ["ansible", "--help"],
    });
  });

  test("has an end of options that npm leaves before a host's command, and no other is touched", () => {
    expect(parseRequest(["sh", "api-a", "--", "ps", "--", "x"]).words).toEqual(["api-a", "ps", "--", "x"]);
  });

  test.each([
    [
      [],
      "COMMAND: got nothing, allowed are deps, up, converge, verify, status, down, in, sh, boot, reboot, kill, wipe, cut, join, part, heal, freeze, thaw",
    ],
    [
      ["start"],
      'COMMAND: got "start", allowed are deps, up, converge, verify, status, down, in, sh, boot, reboot, kill, wipe, cut, join, part, heal, freeze, thaw',
    ],
    [["up", "ticketing", "dev"], 'up: takes 1 names, got "ticketing dev" (see --help)'],
    [["in"], "in: got no COMMAND (see --help)"],
    [["up", "--nope"], "Unknown option '--nope' (see --help)"],
    [["status", "--environment", "staging"], "status: takes no --environment (see --help)"],
    [["verify", "--environment", "staging"], "verify: takes no --environment (see --help)"],
    [["--all", "down"], "down: takes no --all (see --help)"],
  ])("fails when it is %j", (args, message) => {
    expect(() => parseRequest(args)).toThrow(message);
  });
});

describe("the plan of a lab", () => {
  test("holds the hosts of one service by their names of the cloud, and all others of the environment as absent", () => {
    const { hosts, absent, estate } = planLab("message-broker", "staging");

    expect(hosts.map(({ tag }) => tag)).toContain("stg-brk-proxy-a");
    expect(hosts.length + absent.length).toBe(estate.services.flatMap((service) => service.hosts).length);
    expect(hosts.every((host) => host.party.startsWith("message-broker/"))).toBe(true);
  });

  test("finds a host by its short name and by its tag", () => {
    const plan = planLab("ticketing", "dev");

    expect(hostOf(plan, "api-a")).toBe(hostOf(plan, "dev-tkt-api-a"));
  });

  test("fails when service, environment or host is unknown, and says which there are", () => {
    const services = "ticketing, desktop-backend, resident-services, message-broker, student-allocation, observability";
    expect(() => planLab("shop", "dev")).toThrow(`SERVICE: got "shop", allowed are ${services}`);
    expect(() => planLab(undefined, "dev")).toThrow(`SERVICE: got nothing, allowed are ${services}`);
    expect(() => planLab("ticketing", "test")).toThrow(
      '--environment: got "test", allowed are dev, staging, production',
    );
    expect(() => hostOf(planLab("student-allocation", "dev"), "api-a")).toThrow(
      'HOST: got "api-a", allowed are redis-a, redis-b, redis-c',
    );
  });
});

describe("the state of a lab", () => {
  test("has another control group in another folder of the same name", () => {
    expect(labState("/a/lab").cgroup).not.toBe(labState("/b/lab").cgroup);
  });

  test("fails when its path cannot stand in the options of a mount", () => {
    expect(() => labState("/a b")).toThrow('--state: got "/a b", must have no space, colon, comma or backslash');
  });

  test("fails when it has no path", () => {
    expect(() => labState("")).toThrow("--state: got nothing, must be a folder");
  });

  test("fails when no lab is up", () => {
    expect(() => running(labState(folder))).toThrow(`no lab is up in ${folder}: npm run lab -- up SERVICE`);
  });
});

describe("the command", () => {
  test("explains itself", async () => {
    const { code, stdout } = await lab("--help");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run lab -- COMMAND/);
  });

  test.each([
    [["up", "shop"], 'npm run lab: SERVICE: got "shop"'],
    [["kill", "api-a"], "npm run lab: no lab is up in "],
    [["verify", "--only"], "npm run lab: Option '--only <value>' argument missing"],
  ])("fails with 2 and one line for %j", async (args, message) => {
    const { code, stdout, stderr } = await lab("--state", folder, ...args);

    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test.each([[["down"]], [["up", "ticketing"]]])("leaves a folder of somebody else alone: %j", async (args) => {
    const strange = mkdtempSync(join(tmpdir(), "no-lab-"));
    for (const name of ["ansible", "out", "hosts"]) mkdirSync(join(strange, name));
    writeFileSync(join(strange, "ansible/site.yml"), "");

    const { code, stderr } = await lab("--state", strange, ...args);
    const left = readdirSync(strange, { recursive: true }).toSorted();
    rmSync(strange, { recursive: true });

    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 2,
      stderr: `npm run lab: --state: got ${strange}, must be a new folder or a lab's, has ansible and no lab-state`,
    });
    expect(left).toEqual(["ansible", "ansible/site.yml", "hosts", "out"]);
  });

  test("fails when its folder is a file", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");

    const { code, stderr } = await lab("up", "ticketing", "--state", file);
    rmSync(file);

    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 2,
      stderr: `npm run lab: --state: got ${file}, must be a folder that can be read (ENOTDIR)`,
    });
  });

  test("takes down what is not up without a word", async () => {
    expect(await lab("down", "--state", folder)).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });
});
