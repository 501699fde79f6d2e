import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { filesIn } from "../../scripts/folder.ts";
import { run } from "../../scripts/render-hosts/run.ts";

const project = join(import.meta.dirname, "../..");
const rendered = "ansible/generated/dev/rendered";

describe("npm run render-hosts", () => {
  /** A project with two hosts of one environment, and a file that no role writes any more. */
  let root: string;
  const write = (path: string, content: unknown) =>
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  const committed = () =>
    Object.fromEntries(
      filesIn(join(root, rendered)).map((path) => [path, readFileSync(join(root, rendered, path), "utf8")]),
    );
  const render = (check = false) => run(root, { check, json: false }, ["dev"]);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "project-"));
    for (const folder of ["ansible/playbooks/templates", `${rendered}/gone/etc`]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    for (const file of ["requirements.txt", "ansible/ansible.cfg"]) copyFileSync(join(project, file), join(root, file));
    for (const folder of [".venv", "ansible/collections"]) symlinkSync(join(project, folder), join(root, folder));
    write("ansible/generated/dev/hosts.yaml", { all: { hosts: { one: { word: "first" }, two: { word: "second" } } } });
    write("ansible/playbooks/templates/a.conf.j2", "{{ inventory_hostname }} {{ word }}\n");
    write("ansible/playbooks/site.yml", [
      {
        name: "Small",
        hosts: "all",
        gather_facts: false,
        tasks: [
          { name: "Touch the host", "ansible.builtin.file": { path: join(root, "touched"), state: "touch" } },
          {
            name: "Write",
            "platform.hosts.configuration": { files: [{ src: "a.conf.j2", dest: "/etc/a.conf" }] },
            tags: ["render"],
          },
        ],
      },
    ]);
    write(`${rendered}/gone/etc/a.conf`, "old\n");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("writes the files of every host and removes all others, touches none, and only looks with --check", async () => {
    const written = await render();

    expect(written).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        `removed ${rendered}/gone/etc/a.conf`,
        ...["one", "two"].flatMap((host) =>
          [`${host}/etc/a.conf`, `${host}/files.json`].map((path) => `added ${rendered}/${path}`),
        ),
        "files of hosts: 4, written: 5\n",
      ].join("\n"),
    });
    const whole = committed();
    expect(whole).toMatchObject({ "one/etc/a.conf": "one first\n", "two/etc/a.conf": "two second\n" });
    expect(Object.keys(whole)).toHaveLength(4);
    expect(existsSync(join(root, "touched"))).toBe(false);

    write(`${rendered}/one/etc/a.conf`, "by hand\n");
    const checked = await render(true);

    expect(checked).toEqual({
      code: 1,
      stderr: "npm run render-hosts: out of date, run npm run render-hosts\n",
      stdout: `changed ${rendered}/one/etc/a.conf\nfiles of hosts: 4, differing: 1\n`,
    });
    expect(committed()).toEqual({ ...whole, "one/etc/a.conf": "by hand\n" });
  });

  test("fails with Ansible's words when a template cannot be rendered, and writes nothing", async () => {
    write("ansible/generated/dev/hosts.yaml", { all: { hosts: { one: { word: "first" }, two: {} } } });

    await expect(render()).rejects.toThrow(
      /^dev: ansible could not render\n[\s\S]*'word' is undefined[\s\S]*fatal: \[two\]/,
    );
    expect(committed()).toEqual({ "gone/etc/a.conf": "old\n" });
  });

  test("fails without an inventory, which is no environment without hosts", async () => {
    rmSync(join(root, "ansible/generated/dev/hosts.yaml"));

    await expect(render()).rejects.toThrow(/^dev: ansible could not render\n[\s\S]*generated\/dev\/hosts\.yaml/);
    expect(committed()).toEqual({ "gone/etc/a.conf": "old\n" });
  });

  test("fails without the Python side, and says how to get it", async () => {
    rmSync(join(root, ".venv"));

    await expect(render()).rejects.toThrow(".venv is missing or out of date: run npm run setup");
  });

  test("leaves nothing when it is interrupted, and everything as it was", async () => {
    const temporary = join(root, "temporary");
    mkdirSync(temporary);
    write("ansible/playbooks/templates/a.conf.j2", `{{ lookup('pipe', 'touch ${root}/started; sleep 30') }}`);
    const script = pathToFileURL(join(project, "scripts/render-hosts/run.ts"));
    const program = `import { run } from ${JSON.stringify(script)}; await run(process.argv[1], {}, ["dev"]);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program, root], {
      detached: true,
      stdio: "ignore",
      env: { ...process.env, TMPDIR: temporary },
    });
    const closed = once(child, "close");
    while (!existsSync(join(root, "started")) && child.exitCode === null) await setTimeout(20);

    // As a terminal does: all programs of the run get it.
    process.kill(-(child.pid ?? 0), "SIGINT");

    expect(await closed).toEqual([null, "SIGINT"]);
    expect(readdirSync(temporary).filter((name) => name.startsWith("render-hosts-"))).toEqual([]);
    expect(committed()).toEqual({ "gone/etc/a.conf": "old\n" });
  });
});

test("npm run render-hosts fails in one line when an option is unknown", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "scripts/render-hosts.ts"), "--chek"], {
    encoding: "utf8",
  });

  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: "npm run render-hosts: Unknown option '--chek' (see --help)\n",
  });
});
