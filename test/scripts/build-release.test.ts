import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkPlan, readPlan } from "../../scripts/build-release/plan.ts";
import { readLock } from "../../scripts/build-release/requirements.ts";
import { run } from "../../scripts/build-release/run.ts";
import { filesIn } from "../../scripts/folder.ts";
import { pythonProgram } from "../../scripts/setup/run.ts";
import { catalogue } from "../../services/catalogue.ts";
import { requireProgram } from "../support/program.ts";
import { gpgHint, isSigned, makeKey, type SigningKey } from "../support/signing-key.ts";

const project = join(import.meta.dirname, "../..");
const apps = join(project, "test/fixtures/apps");
const directory = mkdtempSync(join(tmpdir(), "build-release-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** An application whose lock names a library, with wheels of both: what a pipeline hands over. */
interface Application {
  readonly folder: string;
  readonly wheels: string;
  readonly lock: string;
}

const part = { requirements: "requirements.txt", wheel: "ticketing" };
const plan = { service: "ticketing", components: { api: { ...part, alembic: "alembic.ini" }, worker: part } };

function application(): Application {
  const folder = mkdtempSync(join(directory, "app-"));
  const wheels = join(folder, "dist");
  for (const name of ["app", "library"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "__init__.py"), "");
  }
  writeFileSync(join(folder, "wheels.json"), JSON.stringify({ ticketing: ["app"], library: ["library"] }));
  writeFileSync(join(folder, "release.json"), JSON.stringify(plan));
  writeFileSync(join(folder, "alembic.ini"), "[alembic]\n");
  execFileSync(pythonProgram(project, "python"), [join(apps, "build.py"), folder, "1.4.0", wheels]);
  const lock = join(folder, "requirements.txt");
  const digest = sha256(join(wheels, "library-1.4.0-py3-none-any.whl"));
  writeFileSync(
    lock,
    `# by uv\nlibrary==1.4.0 \\\n    --hash=sha256:${"0".repeat(64)} \\\n    --hash=sha256:${digest}\n`,
  );
  return { folder, wheels, lock };
}

let made: Application;
let key: SigningKey;

/** Arguments for the application, with others over them. */
const args = (over: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries({
    ...{
      application: made.folder,
      wheels: made.wheels,
      version: "1.4.0",
      output: join(directory, "out"),
      key: key.secret,
    },
    ...over,
  }).flatMap(([name, value]) => [`--${name}`, value]);

/** The command, where pip has no index; what it keeps is in a folder of the caller's. */
const command = (given: readonly string[], kept = mkdtempSync(join(directory, "cache-"))) =>
  spawnSync(process.execPath, ["scripts/build-release.ts", ...given], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: "", XDG_CACHE_HOME: kept },
  });

describe.runIf(requireProgram("gpg", gpgHint))("npm run build-release", () => {
  beforeAll(() => {
    made = application();
    key = makeKey(join(directory, "key"));
  });

  test("gives each component its wheels, and names every file by a manifest that the key has signed", () => {
    const output = join(directory, "first");

    const { status, stdout, stderr } = command(args({ output }));

    const place = join(output, "ticketing/releases/1.4.0");
    const manifest = JSON.parse(readFileSync(join(place, "manifest.json"), "utf8"));
    const wheels = ["wheels/library-1.4.0-py3-none-any.whl", "wheels/ticketing-1.4.0-py3-none-any.whl"];
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(parse(stdout.slice(stdout.indexOf("\nticketing:")))).toEqual({
      ticketing: { version: "1.4.0", sha256: sha256(join(place, "manifest.json")) },
    });
    expect(manifest.components).toEqual({
      api: ["api/alembic.ini", "api/requirements.txt", ...wheels],
      worker: [...wheels, "worker/requirements.txt"],
    });
    expect(filesIn(place)).toEqual([...Object.keys(manifest.files), "manifest.json", "manifest.json.asc"].toSorted());
    for (const [path, digest] of Object.entries(manifest.files)) expect(sha256(join(place, path))).toBe(digest);
    expect(readFileSync(join(place, "api/requirements.txt"), "utf8")).toBe(
      `${readFileSync(made.lock, "utf8")}ticketing==1.4.0 --hash=sha256:${manifest.files[wheels[1] ?? ""]}\n`,
    );
    expect(isSigned(key, join(place, "manifest.json.asc"), join(place, "manifest.json"))).toBe(true);
    writeFileSync(join(place, "manifest.json"), "{}");
    expect(isSigned(key, join(place, "manifest.json.asc"), join(place, "manifest.json"))).toBe(false);
  });

  test("gives the same bytes again, and takes a wheel for the machine of the hosts", () => {
    const both = application();
    const pure = join(both.wheels, "ticketing-1.4.0-py3-none-any.whl");
    const forMachine = (machine: string) => `ticketing-1.4.0-cp313-cp313-manylinux_2_28_${machine}.whl`;
    cpSync(pure, join(both.wheels, forMachine("x86_64")));
    renameSync(pure, join(both.wheels, forMachine("aarch64")));
    const outputs = ["arm64", "arm64", "amd64"].map((architecture, index) => {
      const output = join(directory, `output-${index}`);
      command(args({ application: both.folder, wheels: both.wheels, output, architecture }));
      return readFileSync(join(output, "ticketing/releases/1.4.0/manifest.json"), "utf8");
    });

    expect(outputs[1]).toBe(outputs[0]);
    expect(outputs[0]).toContain(forMachine("aarch64"));
    expect(outputs[0]).not.toContain(forMachine("x86_64"));
    expect(outputs[2]).toContain(forMachine("x86_64"));
  });

  test("fails with pip's words for a digest that no wheel has, and leaves nothing", () => {
    const other = application();
    writeFileSync(other.lock, `library==1.4.0 --hash=sha256:${"0".repeat(64)}\n`);
    const output = join(directory, "none");

    const { status, stdout, stderr } = command(args({ application: other.folder, wheels: other.wheels, output }));

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`npm run build-release: ${other.lock}: pip could not get every wheel for arm64\n`);
    expect(stderr).toContain("library");
    expect(existsSync(output)).toBe(false);
  });

  test("fails for a kept wheel that is another by now", () => {
    const kept = mkdtempSync(join(directory, "cache-"));
    command(args({ output: join(directory, "before") }), kept);
    const [wheel = ""] = filesIn(kept);
    writeFileSync(join(kept, wheel), "another");

    const { status, stderr } = command(args({ output: join(directory, "after") }), kept);

    expect(status).toBe(2);
    expect(stderr).toBe(
      `npm run build-release: ${dirname(join(kept, wheel))}: must hold what ${made.lock} names, and nothing else; delete it, it is made anew\n`,
    );
    expect(existsSync(join(directory, "after"))).toBe(false);
  });

  test("never replaces a release", async () => {
    const output = join(directory, "kept");
    mkdirSync(join(output, "ticketing/releases/1.4.0"), { recursive: true });

    await expect(run(project, args({ output }))).rejects.toThrow(
      `--output: "${output}" has ticketing 1.4.0, which never changes; give a new version`,
    );
  });

  test.each<readonly [string, (folder: string) => Readonly<Record<string, string>>, string]>([
    ["a folder that is not there", () => ({ application: "none" }), '--application: got "none", must be a folder'],
    ["wheels that are not there", () => ({ wheels: "none" }), '--wheels: got "none", must be a folder'],
    ["an impossible version", () => ({ version: "../1" }), '--version: got "../1", must be up to 64 letters'],
    [
      "an unknown architecture",
      () => ({ architecture: "mips" }),
      '--architecture: got "mips", allowed are arm64, amd64',
    ],
    ["a key that is not there", () => ({ key: "none" }), '--key: got "none", must be a file with a private key'],
    ["a key that is none", () => ({ key: made.lock }), "requirements.txt: gpg could not sign with it"],
    ["a public key", () => ({ key: key.open }), "packages.asc: must hold a private key, got a public one"],
    ["another version than the wheel's", () => ({ version: "1.5.0" }), "got ticketing-1.4.0-py3-none-any.whl"],
    [
      "a source distribution instead of a wheel",
      (wheels) => {
        writeFileSync(join(wheels, "ticketing-1.4.0.tar.gz"), "");
        return { wheels };
      },
      "must hold one wheel ticketing-1.4.0-*.whl for arm64 and Python 3.13, got ticketing-1.4.0.tar.gz",
    ],
    [
      "a wheel for another machine",
      (wheels) => {
        writeFileSync(join(wheels, "ticketing-1.4.0-cp313-cp313-manylinux_2_28_x86_64.whl"), "");
        return { wheels };
      },
      "got ticketing-1.4.0-cp313-cp313-manylinux_2_28_x86_64.whl",
    ],
    ["a folder without a plan", (application) => ({ application }), "release.json: cannot be read"],
    [
      "a plan that is no JSON",
      (application) => {
        writeFileSync(join(application, "release.json"), "{");
        return { application };
      },
      "release.json: must be JSON",
    ],
    [
      "a plan that leads out of its folder",
      (application) => {
        const components = { ...plan.components, worker: { ...part, requirements: "../requirements.txt" } };
        writeFileSync(join(application, "release.json"), JSON.stringify({ ...plan, components }));
        return { application };
      },
      "release.json: /components/worker/requirements must match pattern",
    ],
    [
      "a service that hosts do not run from releases",
      (application) => {
        writeFileSync(join(application, "release.json"), JSON.stringify({ ...plan, service: "observability" }));
        return { application };
      },
      "release.json: /service: allowed are ticketing, message-broker, got observability",
    ],
    [
      "a plan without a component",
      (application) => {
        writeFileSync(join(application, "release.json"), JSON.stringify({ ...plan, components: { api: part } }));
        return { application };
      },
      "release.json: /components: must be api, worker, as in the catalogue, got api",
    ],
    [
      "a lock that is not there",
      (application) => {
        writeFileSync(join(application, "release.json"), JSON.stringify(plan));
        return { application };
      },
      "requirements.txt: cannot be read",
    ],
    [
      "a lock that names the application itself",
      (application) => {
        writeFileSync(join(application, "release.json"), JSON.stringify(plan));
        writeFileSync(join(application, "requirements.txt"), `Ticketing==1.3.0 --hash=sha256:${"0".repeat(64)}\n`);
        return { application };
      },
      "requirements.txt: must not name ticketing, the application itself",
    ],
  ])("fails for %s, and writes nothing", async (_, given, message) => {
    const before = readdirSync(directory).filter((name) => !name.startsWith("given-"));

    await expect(run(project, args(given(mkdtempSync(join(directory, "given-")))))).rejects.toThrow(message);

    expect(readdirSync(directory).filter((name) => !name.startsWith("given-"))).toEqual(before);
  });
});

describe("a lock", () => {
  test("fails with every line that pins nothing, takes it from elsewhere, or means another on each machine", () => {
    const file = join(directory, "lock.txt");
    const hash = `--hash=sha256:${"0".repeat(64)}`;
    const faulty = [
      "a==1",
      `b>=1 ${hash}`,
      `c==1; python_version < "3.12" ${hash}`,
      "--index-url https://example.org/simple",
      `d @ https://example.org/d.whl ${hash}`,
      "-e .",
      "e==1 --hash=md5:0",
    ];
    writeFileSync(file, [`good[extra]==1.0 \\\n  ${hash}  # via app`, ...faulty, "f==1 \\"].join("\n"));

    const shown = (line: string) => (line.length > 80 ? `${line.slice(0, 80)}...` : line);
    const told = faulty.map((line, index) => [index + 3, shown(line)]);
    expect(() => readLock(file)).toThrow(
      [...told, [10, "f==1"]]
        .map(
          ([number, line]) =>
            `${file}:${number}: must be NAME==VERSION with --hash=sha256:..., without markers and options, got "${line}"`,
        )
        .join("\n"),
    );
  });
});

describe("stand-in applications", () => {
  test.each(["ticketing", "message_broker"])("%s has what a release of its service needs", (name) => {
    const folder = join(apps, name);
    const { components } = readPlan(folder);

    expect(() => checkPlan(folder, readPlan(folder), catalogue.services)).not.toThrow();
    expect(
      Object.values(components).map(({ requirements }) => readLock(join(folder, requirements)).pins.length > 10),
    ).not.toContain(false);
  });
});
