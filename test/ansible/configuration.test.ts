import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changed, runTask } from "./support/task.ts";

const directory = mkdtempSync(join(tmpdir(), "configuration-"));
const HUSH = "correct-horse";
const secrets: Record<string, string> = { "dev/ticketing/db-app": HUSH, "dev/ticketing/empty": "" };

/** Answers as Secrets Manager and Parameter Store do; which of them is asked stands in a header. */
const aws: Server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    const asked = JSON.parse(body) as { readonly SecretId?: string; readonly Name?: string };
    const value = asked.SecretId === undefined ? `value of ${asked.Name}` : secrets[asked.SecretId];
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (value === undefined) {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: "ResourceNotFoundException", message: "no such secret" }));
      return;
    }
    const answer =
      asked.SecretId === undefined
        ? { Parameter: { Value: value } }
        : { SecretString: value, CreatedDate: 1_700_000_000 };
    response.end(JSON.stringify(answer));
  });
});
let endpoint = "";
beforeAll(async () => {
  await new Promise<void>((ready) => aws.listen(0, "127.0.0.1", ready));
  endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
});
afterAll(() => {
  aws.close();
  rmSync(directory, { recursive: true, force: true });
});

const host = join(directory, "host");
beforeEach(() => {
  rmSync(host, { recursive: true, force: true });
  mkdirSync(host);
});

const { username } = userInfo();
interface File {
  readonly template: string;
  readonly dest: string;
  readonly [parameter: string]: unknown;
}

/** Runs one task on this machine as on a host; its templates are given as text. */
const configure = (files: readonly File[], ...options: readonly string[]) => configureWith({ files }, ...options);

function configureWith(
  { files, ...parameters }: { readonly files: readonly File[]; readonly folders?: readonly unknown[] },
  ...options: readonly string[]
) {
  const sources = files.map(({ template: _, ...file }, index) => ({ ...file, src: `${index}.j2` }));
  return runTask({
    directory,
    module: "platform.hosts.configuration",
    parameters: { owner: username, group: username, files: sources, ...parameters },
    templates: Object.fromEntries(files.map(({ template }, index) => [`${index}.j2`, template])),
    environment: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "example", AWS_SECRET_ACCESS_KEY: "example" },
    options,
  });
}
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("platform.hosts.configuration", () => {
  test("writes many files in one task, with their modes, and nothing a second time", async () => {
    const files = [
      { template: "one {{ word }}\n", dest: join(host, "one") },
      { template: "two {{ file.dest }}\n", dest: join(host, "two"), mode: "0600" },
    ];

    const first = await configure(files);
    const second = await configure(files);

    expect(first.code, first.output).toBe(0);
    expect(readFileSync(join(host, "one"), "utf8")).toBe("one told\n");
    expect(readFileSync(join(host, "two"), "utf8")).toBe(`two ${join(host, "two")}\n`);
    expect([mode(join(host, "one")), mode(join(host, "two"))]).toEqual(["644", "600"]);
    expect([changed(first), changed(second)]).toEqual(["1", "0"]);
  });

  test("puts values in on the host, where no output shows them", async () => {
    const file = {
      template: "%%secret:dev/ticketing/db-app%% %%sha256:dev/ticketing/db-app%% %%parameter:/dev/pki/broker-crl%%\n",
      dest: join(host, "secret"),
      mode: "0600",
    };

    const { code, output } = await configure([file], "-vvv", "--diff");

    expect(code, output).toBe(0);
    const digest = createHash("sha256").update(HUSH).digest("hex");
    expect(readFileSync(join(host, "secret"), "utf8")).toBe(`${HUSH} ${digest} value of /dev/pki/broker-crl\n`);
    expect(output).not.toContain(HUSH);
  });

  test("mends mode and content that were changed on the host", async () => {
    const file = { template: "right\n", dest: join(host, "file"), mode: "0600" };
    await configure([file]);
    chmodSync(join(host, "file"), 0o644);

    const mended = await configure([file]);

    expect(changed(mended)).toBe("1");
    expect(mode(join(host, "file"))).toBe("600");
  });

  test("writes nothing with --check, and says that it would", async () => {
    const ended = await configure([{ template: "new\n", dest: join(host, "file") }], "--check");

    expect(changed(ended)).toBe("1");
    expect(existsSync(join(host, "file"))).toBe(false);
  });

  test("leaves what a program rewrites once it is there", async () => {
    writeFileSync(join(host, "state"), "rewritten\n");

    const ended = await configure([{ template: "first\n", dest: join(host, "state"), once: true }]);

    expect(changed(ended)).toBe("0");
    expect(readFileSync(join(host, "state"), "utf8")).toBe("rewritten\n");
  });

  test("makes folders before files, mends their modes, and nothing a second time", async () => {
    const given = {
      folders: [
        { path: join(host, "a/b"), owner: username },
        { path: join(host, "c"), owner: username, mode: "0700" },
      ],
      files: [{ template: "in it\n", dest: join(host, "a/b/file") }],
    };
    mkdirSync(join(host, "c"), { mode: 0o755 });

    const first = await configureWith(given);
    const second = await configureWith(given);

    expect(first.code, first.output).toBe(0);
    expect(readFileSync(join(host, "a/b/file"), "utf8")).toBe("in it\n");
    expect([mode(join(host, "a/b")), mode(join(host, "c"))]).toEqual(["755", "700"]);
    expect([changed(first), changed(second)]).toEqual(["1", "0"]);
  });

  test("makes no folder with --check, also for an owner who is yet to be made", async () => {
    const folders = [{ path: join(host, "a"), owner: "nobody-here" }];

    const ended = await configureWith({ folders, files: [] }, "--check");

    expect([ended.code, changed(ended)]).toEqual([0, "1"]);
    expect(existsSync(join(host, "a"))).toBe(false);
  });

  test("renders below a folder of the controller instead, markers and all, with who may read and what judges each file", async () => {
    const rendered = join(directory, "rendered");
    const file = { template: "%%secret:dev/ticketing/db-app%%\n", dest: "/etc/app/env", mode: "0600" };
    const judged = { template: "word\n", dest: "/etc/app/conf", validate: "false %s" };

    const { code, output } = await configure([file, judged], "--extra-vars", `render_root=${rendered}`);

    expect(code, output).toBe(0);
    expect(readFileSync(join(rendered, "host/etc/app/env"), "utf8")).toBe("%%secret:dev/ticketing/db-app%%\n");
    expect(JSON.parse(readFileSync(join(rendered, "host/files.json"), "utf8"))).toEqual({
      "/etc/app/conf": { owner: username, group: username, mode: "0644", validate: "false %s" },
      "/etc/app/env": { owner: username, group: username, mode: "0600" },
    });
    expect(existsSync("/etc/app/env")).toBe(false);
  });
});

describe("platform.hosts.configuration fails, and leaves every file as it was,", () => {
  /** What a task says that must fail, after which the folder holds what it held. */
  const refusal = async (files: readonly File[]) => {
    writeFileSync(join(host, "old"), "old\n");
    const { code, output } = await configure(files);
    expect(code, output).not.toBe(0);
    expect(readdirSync(host)).toEqual(["old"]);
    expect(readFileSync(join(host, "old"), "utf8")).toBe("old\n");
    return output;
  };

  test("when the program refuses one of the files", async () => {
    const good = { template: "new\n", dest: join(host, "old") };
    const bad = { template: "bad\n", dest: join(host, "bad"), validate: "grep -q good %s" };

    expect(await refusal([good, bad])).toContain(`${join(host, "bad")}: refused by grep with exit code 1`);
  });

  test("when a secret is empty", async () => {
    const file = { template: "%%secret:dev/ticketing/empty%%\n", dest: join(host, "old") };

    expect(await refusal([file])).toContain("secret dev/ticketing/empty: must have a value, got an empty one");
  });

  test("when a secret cannot be read", async () => {
    const file = { template: "%%secret:dev/ticketing/none%%\n", dest: join(host, "old") };

    expect(await refusal([file])).toContain("secret dev/ticketing/none: could not be read by this host");
  });

  test("when its program refuses a file with secrets, whose words it keeps back", async () => {
    const file = {
      template: "%%secret:dev/ticketing/db-app%%\n",
      dest: join(host, "old"),
      validate: "sh -c 'cat %s >&2; false'",
    };

    const said = await refusal([file]);

    expect(said).toContain("its output is kept back, for it may quote secrets");
    expect(said).not.toContain(HUSH);
  });

  test.each([
    ["a path that is not absolute", "etc/app", "folders[0].path: must be an absolute path, got 'etc/app'"],
    [
      "a mode that is no text",
      { path: "/etc/app", mode: 493 },
      "folders[0].mode: must be a quoted octal number, got 493",
    ],
    ["an unknown parameter", { path: "/etc/app", modus: "0755" }, "folders[0]: must be a path or a mapping with path"],
    ["a file in its place", { path: join(host, "old"), owner: username }, "must be a folder, got a file"],
  ])("when a folder has %s", async (_, folder, words) => {
    writeFileSync(join(host, "old"), "old\n");

    const { code, output } = await configureWith({ folders: [folder], files: [] });

    expect(code).not.toBe(0);
    expect(output).toContain(words);
    expect(readdirSync(host)).toEqual(["old"]);
  });

  test("when a variable is missing", async () => {
    expect(await refusal([{ template: "{{ absent }}\n", dest: join(host, "old") }])).toContain("'absent' is undefined");
  });

  test.each([
    ["a path that is not absolute", { dest: "etc/app" }, "files[0].dest: must be an absolute path, got 'etc/app'"],
    ["a mode that is no text", { mode: 384 }, "files[0].mode: must be a quoted octal number, got 384"],
    ["an unknown parameter", { modus: "0600" }, "files[0].modus: is unknown; allowed are dest, group, mode"],
    ["an owner that is not there", { owner: "nobody-here" }, "owner and group must exist, got nobody-here:"],
  ])("for %s", async (_, wrong, words) => {
    expect(await refusal([{ template: "new\n", dest: join(host, "old"), ...wrong }])).toContain(words);
  });
});
