import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pythonProgram } from "../../../scripts/setup/run.ts";

/** The modules that install releases and switch to them, run as Ansible runs them, against a bucket of ours. */

const project = join(import.meta.dirname, "../../..");
const modules = join(project, "ansible/collections/ansible_collections/platform/hosts/plugins/modules");
const python = pythonProgram(project, "python");
const directory = mkdtempSync(join(tmpdir(), "releases-"));
const bucket = join(directory, "bucket");
const root = join(directory, "host");
const asked: string[] = [];

/** Gives objects by key and lists nothing, as the package bucket does. */
const s3: Server = createServer((request, response) => {
  const path = decodeURIComponent((request.url ?? "").split("?")[0] ?? "");
  asked.push(path);
  const file = join(bucket, path.replace("/packages/", ""));
  if (!path.startsWith("/packages/tried/") || !existsSync(file)) {
    response.statusCode = 403;
    response.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    return;
  }
  response.end(readFileSync(file));
});
let endpoint = "";

/** A release of an application that is one file; its manifest's SHA-256. */
function build(version: string): string {
  const args = [join(project, "test/fixtures/apps/build.py"), "--sources", directory, "tried", version, bucket];
  return (JSON.parse(execFileSync(python, args, { encoding: "utf8" })) as { readonly sha256: string }).sha256;
}

interface Answer {
  readonly failed?: boolean;
  readonly msg?: string;
  readonly changed: boolean;
  readonly current: string;
  readonly previous: string;
  readonly installed: readonly string[];
}

/** Runs a module to its end without holding up the bucket. */
function run(module: string, values: Readonly<Record<string, unknown>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(modules, `${module}.py`)], {
      env: {
        ...process.env,
        PYTHONPATH: join(project, "ansible/collections"),
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: "x",
        AWS_SECRET_ACCESS_KEY: "x",
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("error", reject).on("close", () => resolve(JSON.parse(output) as Answer));
    child.stdin.end(JSON.stringify({ ANSIBLE_MODULE_ARGS: { root, ...values } }));
  });
}

const release = (version: string, sha256: string, more: Readonly<Record<string, unknown>> = {}) =>
  run("python_release", {
    ...{ service: "tried", component: "api", bucket: "packages", region: "eu-central-1", python, version, sha256 },
    ...more,
  });
const runs = () =>
  execFileSync(join(root, "venv/bin/python"), ["-c", "import tried; print(tried.NAME)"], { encoding: "utf8" });

beforeAll(async () => {
  await new Promise<void>((ready) => s3.listen(0, "127.0.0.1", ready));
  endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  mkdirSync(join(directory, "app/tried"), { recursive: true });
  writeFileSync(join(directory, "app/tried/__init__.py"), 'NAME = "tried"\n');
  writeFileSync(join(directory, "app/requirements.txt"), "");
  const plan = {
    service: "tried",
    components: { api: { requirements: "requirements.txt", wheel: "tried" } },
    wheels: { tried: ["tried"] },
  };
  writeFileSync(join(directory, "app/release.json"), JSON.stringify(plan));
});
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  asked.length = 0;
});
afterAll(() => {
  s3.close();
  rmSync(directory, { recursive: true });
});

describe("a release of a Python service on a host", () => {
  test("[BRK-1.5] is installed from wheels of the bucket alone, beside what runs, and only once", {
    timeout: 60_000,
  }, async () => {
    const first = build("1.0.0");

    const initial = await release("1.0.0", first, { state: "initial" });
    const again = await release("1.0.0", first, { state: "initial" });
    const beside = await release("1.1.0", build("1.1.0"));

    expect(initial).toMatchObject({ changed: true, current: "1.0.0", installed: ["1.0.0"] });
    expect(again).toMatchObject({ changed: false, current: "1.0.0" });
    expect(beside).toMatchObject({ changed: true, current: "1.0.0", installed: ["1.1.0", "1.0.0"] });
    expect(runs()).toBe("tried\n");
    expect(existsSync(join(root, "venv/bin/pip"))).toBe(false);
    expect(asked.every((path) => path.startsWith("/packages/tried/releases/"))).toBe(true);
  });

  test("fails when the manifest, or a file that it names, is another one, and leaves nothing that counts", {
    timeout: 60_000,
  }, async () => {
    const sha256 = build("1.0.0");
    const other = await release("1.0.0", "0".repeat(64));
    writeFileSync(join(bucket, "tried/releases/1.0.0/api/requirements.txt"), "evil==1\n");
    const changed = await release("1.0.0", sha256);

    expect(other.msg).toBe(
      `s3://packages/tried/releases/1.0.0/manifest.json: must have the SHA-256 ${"0".repeat(64)}, got ${sha256}`,
    );
    expect(changed.msg).toMatch(/requirements\.txt: must have the SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}$/);
    expect(await run("python_release", { state: "known" })).toMatchObject({ current: "", installed: [] });
  });

  test("fails when none is named for a host that has none, or one that cannot be", async () => {
    expect((await release("", "", { state: "initial" })).msg).toBe(
      "python_service_releases: must name a release of tried for a host that has none, got none; " +
        "give version and sha256 in ansible/releases/<environment>.yaml",
    );
    expect((await release("../1", "0".repeat(64))).msg).toContain("version: must be");
    expect((await release("1", "abc")).msg).toContain("sha256: must be");
    expect((await release("9.9.9", "0".repeat(64))).msg).toContain("could not be read by this host");
  });

  test("is switched to in one step, and back to the one before", { timeout: 60_000 }, async () => {
    await release("1.0.0", build("1.0.0"), { state: "initial" });
    await release("1.1.0", build("1.1.0"));

    const missing = await run("python_release_link", { version: "1.2.0" });
    const there = await run("python_release_link", { version: "1.1.0" });
    const known = await run("python_release", { state: "known" });
    const back = await run("python_release_link", { version: "1.0.0" });

    expect(missing.msg).toBe("version: must be a release on this host, got '1.2.0'; installed are 1.1.0, 1.0.0");
    expect(there).toMatchObject({ changed: true, before: "1.0.0", current: "1.1.0" });
    expect(known).toMatchObject({ current: "1.1.0", previous: "1.0.0" });
    expect(back).toMatchObject({ changed: true, before: "1.1.0", current: "1.0.0" });
    expect(readlinkSync(join(root, "venv"))).toBe("releases/1.0.0/venv");
  });

  test("is deleted when newer ones are there, unless it runs or ran before", { timeout: 120_000 }, async () => {
    for (const version of ["1", "2", "3", "4"])
      await release(version, build(version), { state: version === "1" ? "initial" : "present" });
    mkdirSync(join(root, "releases/half"));

    const first = await release("", "", { state: "pruned", keep: 2 });
    const again = await release("", "", { state: "pruned", keep: 2 });

    expect(first).toMatchObject({ changed: true, current: "1", installed: ["4", "3", "1"] });
    expect(readdirSync(join(root, "releases")).toSorted()).toEqual(["1", "3", "4"]);
    expect(again.changed).toBe(false);
  });

  test("is never replaced under the program that runs", { timeout: 60_000 }, async () => {
    await release("1.0.0", build("1.0.0"), { state: "initial" });

    expect((await release("1.0.0", "1".repeat(64))).msg).toContain("runs with another manifest");
  });
});
