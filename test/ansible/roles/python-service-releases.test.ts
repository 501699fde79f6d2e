import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
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
import { buildRelease } from "../../../scripts/build-release/release.ts";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { requireProgram } from "../../support/program.ts";
import { gpgHint, makeKey, type SigningKey } from "../../support/signing-key.ts";

/** The modules that install releases and switch to them, run as Ansible runs them, against a bucket of ours. */

const project = join(import.meta.dirname, "../../..");
const modules = join(project, "ansible/collections/ansible_collections/platform/hosts/plugins/modules");
const python = pythonProgram(project, "python");
const directory = mkdtempSync(join(tmpdir(), "releases-"));
const bucket = join(directory, "bucket");
const root = join(directory, "host");
const application = join(directory, "app");
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

let key: SigningKey;

/** A release of an application that is one file, signed; its manifest's SHA-256. */
async function build(version: string, keyFile = key.secret): Promise<string> {
  const wheels = join(directory, "wheels", version);
  execFileSync(python, [join(project, "test/fixtures/apps/build.py"), application, version, wheels]);
  rmSync(join(bucket, "tried/releases", version), { recursive: true, force: true });
  const request = { application, wheels, version, architecture: "amd64", output: bucket, keyFile } as const;
  return (await buildRelease(project, request)).sha256;
}

interface Answer {
  readonly failed?: boolean;
  readonly msg?: string;
  readonly changed: boolean;
  readonly current: string;
  readonly previous: string;
  readonly earlier: readonly string[];
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
    ...{ keyring: key.open, ...more },
  });
const runs = () =>
  execFileSync(join(root, "venv/bin/python"), ["-c", "import tried; print(tried.NAME)"], { encoding: "utf8" });

beforeAll(async () => {
  await new Promise<void>((ready) => s3.listen(0, "127.0.0.1", ready));
  endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  mkdirSync(join(application, "tried"), { recursive: true });
  writeFileSync(join(application, "tried/__init__.py"), 'NAME = "tried"\n');
  writeFileSync(join(application, "requirements.txt"), "");
  const components = { api: { requirements: "requirements.txt", wheel: "tried" } };
  writeFileSync(join(application, "release.json"), JSON.stringify({ service: "tried", components }));
  writeFileSync(join(application, "wheels.json"), JSON.stringify({ tried: ["tried"] }));
  key = makeKey(join(directory, "key"));
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

const programs = requireProgram("gpg", gpgHint) && requireProgram("sqv", "apt-get install sqv");

describe.runIf(programs)("a release of a Python service on a host", () => {
  test("[BRK-1.5] is installed from wheels of the bucket alone, beside what runs, and only once", async () => {
    const first = await build("1.0.0");

    const initial = await release("1.0.0", first, { state: "initial" });
    const again = await release("1.0.0", first, { state: "initial" });
    const beside = await release("1.1.0", await build("1.1.0"));

    expect(initial).toMatchObject({ changed: true, current: "1.0.0", installed: ["1.0.0"] });
    expect(again).toMatchObject({ changed: false, current: "1.0.0" });
    expect(beside).toMatchObject({ changed: true, current: "1.0.0", installed: ["1.1.0", "1.0.0"] });
    expect(runs()).toBe("tried\n");
    expect(existsSync(join(root, "venv/bin/pip"))).toBe(false);
    expect(asked.every((path) => path.startsWith("/packages/tried/releases/"))).toBe(true);
  });

  test("fails when the manifest, or a file that it names, is another one, and leaves nothing that counts", async () => {
    const sha256 = await build("1.0.0");
    const other = await release("1.0.0", "0".repeat(64));
    writeFileSync(join(bucket, "tried/releases/1.0.0/api/requirements.txt"), "evil==1\n");
    const changed = await release("1.0.0", sha256);

    expect(other.msg).toBe(
      `s3://packages/tried/releases/1.0.0/manifest.json: must have the SHA-256 ${"0".repeat(64)}, got ${sha256}`,
    );
    expect(changed.msg).toMatch(/requirements\.txt: must have the SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}$/);
    expect(await run("python_release", { state: "known" })).toMatchObject({ current: "", installed: [] });
  });

  test("fails when the manifest has no signature, that of another key or of another manifest, and leaves nothing", async () => {
    const other = makeKey(join(directory, "other"));
    const refused = "s3://packages/tried/releases/2.0.0/manifest.json: must be signed by a key of ";
    const place = join(bucket, "tried/releases/2.0.0");

    const strange = await release("2.0.0", await build("2.0.0", other.secret));
    const sha256 = await build("2.0.0");
    await build("2.0.1");
    copyFileSync(join(place, "../2.0.1/manifest.json.asc"), join(place, "manifest.json.asc"));
    const another = await release("2.0.0", sha256);
    rmSync(join(place, "manifest.json.asc"));
    const none = await release("2.0.0", sha256);

    expect([strange.msg, another.msg]).toEqual([
      expect.stringContaining(`${refused}${key.open}: `),
      expect.stringContaining(`${refused}${key.open}: `),
    ]);
    expect(none.msg).toContain("s3://packages/tried/releases/2.0.0/manifest.json.asc: could not be read by this host");
    expect(existsSync(join(root, "releases"))).toBe(false);
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

  test("is switched to in one step, and back to the one before", async () => {
    await release("1.0.0", await build("1.0.0"), { state: "initial" });
    const second = await build("1.1.0");
    await release("1.1.0", second);

    const missing = await run("python_release_link", { version: "1.2.0" });
    const there = await run("python_release_link", { version: "1.1.0" });
    const known = await run("python_release", { state: "known" });
    const back = await run("python_release_link", { version: "1.0.0" });

    expect(missing.msg).toBe("version: must be a release on this host, got '1.2.0'; installed are 1.1.0, 1.0.0");
    expect(there).toMatchObject({ changed: true, before: "1.0.0", current: "1.1.0" });
    expect(known).toMatchObject({ current: "1.1.0", previous: "1.0.0", sha256: second });
    expect(back).toMatchObject({ changed: true, before: "1.1.0", current: "1.0.0" });
    expect(readlinkSync(join(root, "venv"))).toBe("releases/1.0.0/venv");
  });

  test("[TKT-5.13] that was left by going back is never gone back to, also when a release follows or the host is given back its own", async () => {
    for (const version of ["1", "2", "3", "4"])
      await release(version, await build(version), { state: version === "1" ? "initial" : "present" });
    const switched = async (version: string, earlier?: readonly string[]) => {
      await run("python_release_link", { version, ...(earlier === undefined ? {} : { earlier }) });
      return (await run("python_release", { state: "known" })).earlier;
    };

    expect([await switched("2"), await switched("3")]).toEqual([["1"], ["1", "2"]]);
    expect([await switched("2"), await switched("4")]).toEqual([["1"], ["1", "2"]]);
    // A rollback by two releases, which fails: the host is as it was.
    expect([await switched("1"), await switched("4", ["1", "2"])]).toEqual([[], ["1", "2"]]);
    // Of one that was left and is released again, what led to it is what ran then.
    expect([await switched("1"), await switched("3")]).toEqual([[], ["1"]]);
    rmSync(join(root, "releases/1"), { recursive: true });
    expect(await run("python_release", { state: "known" })).toMatchObject({ current: "3", previous: "", earlier: [] });
  });

  test("is deleted when newer ones are there, unless it runs or ran before", async () => {
    for (const version of ["1", "2", "3", "4"])
      await release(version, await build(version), { state: version === "1" ? "initial" : "present" });
    mkdirSync(join(root, "releases/half"));

    const first = await release("", "", { state: "pruned", keep: 2 });
    const again = await release("", "", { state: "pruned", keep: 2 });

    expect(first).toMatchObject({ changed: true, current: "1", installed: ["4", "3", "1"] });
    expect(readdirSync(join(root, "releases")).toSorted()).toEqual(["1", "3", "4"]);
    expect(again.changed).toBe(false);
  });

  test("is never replaced under the program that runs", async () => {
    await release("1.0.0", await build("1.0.0"), { state: "initial" });

    expect((await release("1.0.0", "1".repeat(64))).msg).toContain("runs with another manifest");
  });
});
