import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

/** What the role brings to hosts besides the application, and the pins of the stand-in applications. */

const project = join(import.meta.dirname, "../../..");
const role = join(project, "ansible/roles/python_service");
const apps = join(project, "test/fixtures/apps");
const directory = mkdtempSync(join(tmpdir(), "python-service-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs one of the role's programs, whose template has nothing but the line that says who wrote it. */
function run(program: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  const path = join(directory, program);
  writeFileSync(
    path,
    readFileSync(join(role, `templates/${program}.py.j2`), "utf8").replace("{{ platform_managed }}", ""),
  );
  return new Promise((resolve) => {
    execFile("python3", ["-I", path, ...args], (error, _, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr });
    });
  });
}

describe("check-environment", () => {
  const check = (content: string, ...names: readonly string[]) => {
    const file = join(directory, "env");
    writeFileSync(file, content);
    return run("check-environment", file, ...names);
  };

  test("takes a file with exactly the names, each with a value", async () => {
    expect(await check("# who wrote it\nLOG_LEVEL='INFO'\nURL='a://b:c@d/e?f=g&h=$i#j'\n", "LOG_LEVEL", "URL")).toEqual(
      {
        code: 0,
        stderr: "",
      },
    );
  });

  test.each([
    [
      "[BRK-13.3] a name that the program does not read",
      "A='1'\nDB_HOST='x'\n",
      "DB_HOST: is no name that the program reads",
    ],
    ["a name that is missing", "", "A: is missing"],
    ["[BRK-SEC.5] an empty value", "A=''\n", "A: must have a value, got an empty one"],
    ["[BRK-SEC.2] the value of an example", "A='x:StrongPass123!@y'\n", "A: must not be an example's value"],
    [
      "what systemd and python-dotenv read differently",
      "A='it's'\n",
      "line 1: must be NAME='value' without quotes, backslashes and newlines in the value\nA: is missing",
    ],
  ])("fails when there is %s, and does not show the value", async (_, content, said) => {
    expect(await check(content, "A")).toEqual({ code: 1, stderr: `${said}\n` });
  });
});

describe("await-ready", () => {
  test("waits until the answer is 200, and fails when it never is", async () => {
    let answers = 0;
    const server = createServer((request, response) => {
      answers += 1;
      response.statusCode = request.url === "/late" && answers > 2 ? 200 : 503;
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    expect(await run("await-ready", "20", `${url}/late`)).toEqual({ code: 0, stderr: "" });
    expect(await run("await-ready", "0.3", `${url}/never`)).toEqual({
      code: 1,
      stderr: `${url}/never: not ready within 0.3 s: status 503\n`,
    });
    server.close();
  });
});

describe("the order of a release", () => {
  interface Task {
    readonly name: string;
    readonly hosts?: string;
    readonly serial?: number;
  }
  const read = (path: string): readonly Task[] => parse(readFileSync(path, "utf8")) as readonly Task[];

  test("[BRK-24.8] a copy is made before schemas change, and both before any host is switched", () => {
    const migration = read(join(role, "tasks/release_migrate.yml")).map(({ name }) => name);
    const plays = read(join(project, "ansible/playbooks/release.yml")).map(({ name }) => name);

    expect(migration).toEqual([
      "Back up before the schema changes",
      "Run what the release asks for before it is switched to",
      "Grant procedures anew where MariaDB is",
    ]);
    expect(plays.indexOf("Change schemas, once for each component")).toBeLessThan(
      plays.indexOf("Switch to the release, one host after another"),
    );
  });

  interface Switch {
    readonly block: readonly Step[];
    readonly rescue: readonly Step[];
  }
  interface Step {
    readonly "ansible.builtin.include_tasks"?: string;
    readonly "ansible.builtin.fail"?: object;
    readonly vars?: Readonly<Record<string, string>>;
  }
  const [leaving, switching] = read(join(role, "tasks/release_switch.yml")) as unknown as readonly [Step, Switch];
  const included = (steps: readonly Step[]) => steps.flatMap((step) => step["ansible.builtin.include_tasks"] ?? []);

  test("[TKT-5.12] a host takes requests again only after its health was asked", () => {
    expect(included([leaving, ...switching.block])).toEqual(["leave.yml", "switch.yml", "ready.yml", "join.yml"]);
  });

  test("[TKT-5.13] whatever fails there brings back the release before, and ends the run as failed", () => {
    expect(included(switching.rescue)).toEqual(["switch.yml", "join.yml"]);
    expect(switching.rescue[0]?.vars?.["python_service_version"]).toBe("{{ python_service_known.current }}");
    expect(switching.rescue.at(-1)?.["ansible.builtin.fail"]).toBeDefined();
  });

  test.each(["release", "rollback"])("hosts are switched one after another by %s.yml", (name) => {
    const plays = read(join(project, `ansible/playbooks/${name}.yml`)).filter(({ hosts }) => hosts === "release_hosts");
    const switching = plays.filter((play) => JSON.stringify(play).includes("release_switch.yml"));

    expect(switching.map(({ serial }) => serial)).toEqual([1]);
  });
});

describe("pins of the stand-in applications", () => {
  const names = (file: string): readonly string[] => readFileSync(join(apps, file), "utf8").trim().split("\n");
  const proxy = [
    ...["fastapi==0.115.0", "uvicorn[standard]==0.30.6", "redis==5.0.8", "pyyaml==6.0.2", "pydantic==2.9.2"],
    ...["pydantic-settings==2.5.2", "httpx==0.27.2", "cryptography==43.0.1", "python-dotenv==1.0.1"],
    "prometheus-client==0.21.0",
  ];
  const main = [
    ...[
      "fastapi==0.115.0",
      "uvicorn[standard]==0.30.6",
      "sqlalchemy==2.0.35",
      "pymysql==1.1.1",
      "cryptography==43.0.1",
    ],
    ...["pydantic==2.9.2", "pydantic-settings==2.5.2", "alembic==1.13.3", "pyyaml==6.0.2", "python-dotenv==1.0.1"],
    ...["prometheus-client==0.21.0", "passlib[bcrypt]==1.7.4", "pyjwt==2.9.0", "httpx==0.27.2", "tabulate==0.9.0"],
  ];

  test("[BRK-1.4] the proxy's are those of the requirement", () => {
    expect(names("message_broker/requirements-proxy.in")).toEqual(proxy);
  });
  test("[BRK-12.4] main's are those of the requirement", () => {
    expect(names("message_broker/requirements-main.in")).toEqual(main);
  });
  test.each([
    ["message_broker/requirements-proxy.txt", proxy],
    ["message_broker/requirements-main.txt", main],
  ])("are held to hashes, with all that they need: %s", (file, pins) => {
    const held = readFileSync(join(apps, file), "utf8").split(/\n(?=\S)/);

    expect(held.every((each) => /^[a-z0-9-]+==\S+ \\\n +--hash=sha256:[0-9a-f]{64}/.test(each))).toBe(true);
    for (const pin of pins) expect(held.some((each) => each.startsWith(pin.replace(/\[.*\]/, "")))).toBe(true);
  });
});
