import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { differences } from "../../scripts/compare-engines/compare.ts";
import { missingBindings, packagesIn } from "../../scripts/compare-engines/imports.ts";
import { ended } from "../support/start.ts";

/**
 * The program on small projects: two engines that write what the test says, and in place of npm a script that installs
 * the second. `.ci/run` compares the real ones.
 */

const script = join(import.meta.dirname, "../../scripts/compare-engines.ts");
const help = /^Usage: npm run compare-engines[\s\S]*--json[\s\S]*Exit status: 0 the same, 1 differences/;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "compare-engines-test-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text, { mode });
}

/** An engine: its packages, and the CIDR that its VPC binding writes. */
function writeEngine(
  folder: string,
  names: readonly [string, string],
  versions: readonly [string, string],
  cidr: string,
) {
  const manifest = (index: 0 | 1) => JSON.stringify({ name: names[index], version: versions[index], type: "module" });
  write(`${folder}/cdktf/package.json`, manifest(0));
  write(`${folder}/cdktf/index.js`, `export const version = "${versions[0]}";`);
  write(`${folder}/@cdktf/provider-aws/package.json`, manifest(1));
  write(`${folder}/@cdktf/provider-aws/lib/vpc/index.js`, `export const cidr = "${cidr}";`);
}

const main = `import { version } from "cdktf";
import { cidr } from "@cdktf/provider-aws/lib/vpc/index.js";
import { mkdirSync, writeFileSync } from "node:fs";
const json = { "//": { metadata: { version } }, resource: { aws_vpc: { network: { cidr } } } };
const folder = \`\${process.env["CDKTF_OUTDIR"]}/stacks/dev-network\`;
mkdirSync(folder, { recursive: true });
writeFileSync(\`\${folder}/cdk.tf.json\`, JSON.stringify(json));
`;

/** A project whose engine of today and archived one write these CIDRs. `npm` is what installs the second. */
function writeProject(today: string, archived: string, npm = `cp -R "${directory}/registry" "$3/node_modules"`): void {
  writeEngine("node_modules", ["cdktn", "@cdktn/provider-aws"], ["0.24.0", "25.7.0"], today);
  writeEngine("registry", ["cdktf", "@cdktf/provider-aws"], ["0.21.0", "21.22.1"], archived);
  write("services/catalogue.ts", "export const catalogue = [];\n");
  write("constructs/vpc.ts", 'export { cidr } from "@cdktf/provider-aws/lib/vpc/index.js";\n');
  write("stacks/main.ts", main);
  write("bin/npm", `#!/bin/sh\necho "$@" >> "${directory}/installs"\n${npm}\n`, 0o755);
}

const begin = (args: readonly string[] = []) =>
  spawn(process.execPath, [script, ...args], {
    cwd: directory,
    env: { ...process.env, PATH: `${join(directory, "bin")}${delimiter}${process.env["PATH"]}`, TMPDIR: tmp() },
  });
const run = (args: readonly string[] = []) => ended(begin(args));
const tmp = () => {
  mkdirSync(join(directory, "tmp"), { recursive: true });
  return join(directory, "tmp");
};
const cached = () => {
  const cache = join(directory, "node_modules/.cache/compare-engines");
  return existsSync(cache) ? readdirSync(cache) : [];
};

describe("npm run compare-engines", () => {
  test("ends with 0 when both engines write the same but for their own version", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16");

    const { code, stdout } = await run();

    expect(stdout).toBe(
      "the same Terraform JSON from both (stacks: 1, resources: 1)\n" +
        "  cdktn 0.24.0 with @cdktn/provider-aws 25.7.0\n" +
        "  cdktf 0.21.0 with @cdktf/provider-aws 21.22.1\n",
    );
    expect(code).toBe(0);
    expect(readdirSync(tmp()), "nothing is left in the temporary directory").toEqual([]);
  });

  test("fails with 1 when a value differs: stack, address, attribute, and what each engine wrote", async () => {
    writeProject("10.0.0.0/16", "10.1.0.0/16");

    const { code, stdout } = await run();

    expect(stdout).toBe(
      "dev-network  aws_vpc.network  cidr\n" +
        '  cdktn 0.24.0 with @cdktn/provider-aws 25.7.0: "10.0.0.0/16"\n' +
        '  cdktf 0.21.0 with @cdktf/provider-aws 21.22.1: "10.1.0.0/16"\n' +
        "1 different\n",
    );
    expect(code).toBe(1);
  });

  test("--json prints the same for a program", async () => {
    writeProject("10.0.0.0/16", "10.1.0.0/16");

    const { code, stdout } = await run(["--json"]);

    expect(JSON.parse(stdout)).toEqual({
      engines: ["cdktn 0.24.0 with @cdktn/provider-aws 25.7.0", "cdktf 0.21.0 with @cdktf/provider-aws 21.22.1"],
      missing: [],
      differences: [
        { stack: "dev-network", address: "aws_vpc.network", attribute: "cidr", values: ["10.0.0.0/16", "10.1.0.0/16"] },
      ],
      stacks: 1,
      resources: 1,
    });
    expect(code).toBe(1);
  });

  test("fails with 1 when a source imports a binding that the archived provider lacks, and names the file", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16");
    write("node_modules/@cdktf/provider-aws/lib/newer/index.js", "");
    write("constructs/newer.ts", 'import { Newer } from "@cdktf/provider-aws/lib/newer/index.js";\n');

    const { code, stdout } = await run();

    expect(stdout).toBe(
      "constructs/newer.ts: imports @cdktf/provider-aws/lib/newer/index.js, " +
        "which cdktf 0.21.0 with @cdktf/provider-aws 21.22.1 lacks\n1 missing\n",
    );
    expect(code).toBe(1);
  });

  test("installs cdktf 0.21 and provider 21 once, without scripts of theirs, and keeps them", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16");

    await run();
    const { stderr } = await run();

    expect(readFileSync(join(directory, "installs"), "utf8")).toMatch(
      /^install --prefix \S+ --ignore-scripts --no-audit --no-fund --no-progress\n$/,
    );
    expect(stderr).not.toContain("installing");
    const [key = ""] = cached();
    const manifest = join(directory, "node_modules/.cache/compare-engines", key, "package.json");
    expect(JSON.parse(readFileSync(manifest, "utf8")).dependencies).toEqual({
      cdktf: "0.21",
      "@cdktf/provider-aws": "21",
    });
  });

  test("fails with 2 and npm's words when nothing can be installed, and the cache holds no half of it", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16", 'mkdir "$3/node_modules"; echo "npm error ENOTFOUND" >&2; exit 1');

    const { code, stdout, stderr } = await run();

    expect(stderr).toContain("npm run compare-engines: npm install of the archived engine failed\nnpm error ENOTFOUND");
    expect([code, stdout, cached()]).toEqual([2, "", []]);
  });

  test("fails with 2 when an engine does not synthesize, and says which", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16");
    writeEngine("registry", ["cdktf", "@cdktf/provider-aws"], ["0.21.0", "21.22.1"], '" + noSuchThing + "');

    const { code, stderr } = await run();

    expect(stderr).toMatch(
      /npm run compare-engines: cdktf 0\.21\.0 with @cdktf\/provider-aws 21\.22\.1 does not synthesize these sources\n[\s\S]*noSuchThing is not defined/,
    );
    expect(code).toBe(2);
  });

  test("fails when interrupted while it installs: what it began is gone, and so are its programs", async () => {
    writeProject("10.0.0.0/16", "10.0.0.0/16", `mkdir "$3/node_modules"; echo $$ > "${directory}/pid"; exec sleep 60`);
    const child = begin();
    const result = ended(child);
    while (!existsSync(join(directory, "pid"))) await new Promise((resolve) => setTimeout(resolve, 20));

    child.kill("SIGTERM");

    expect(await result).toMatchObject({ code: 143, stdout: "" });
    expect((await result).stderr).toMatch(/\nnpm run compare-engines: interrupted\n$/);
    expect([cached(), readdirSync(tmp())]).toEqual([[], []]);
    expect(() => process.kill(Number(readFileSync(join(directory, "pid"), "utf8")), 0)).toThrow("ESRCH");
  });

  test("--help explains options and exit status; any other word is refused with 2", async () => {
    expect((await run(["--help"])).stdout).toMatch(help);
    expect(await run(["--color"])).toEqual({
      code: 2,
      signal: null,
      stdout: "",
      stderr: "npm run compare-engines: Unknown option '--color' (see --help)\n",
    });
  });
});

describe("differences of two estates", () => {
  const estate = (json: object) => new Map([["dev-network", JSON.parse(JSON.stringify(json))]]);
  const found = (one: object, other: object) => differences(estate(one), estate(other));
  const only = { stack: "dev-network" };

  test("none, when only the engine's own version differs", () => {
    const stack = (version: string) => ({ "//": { metadata: { version, stackName: "dev-network" } }, terraform: {} });

    expect(found(stack("0.24.0"), stack("0.21.0"))).toEqual([]);
  });

  test("other facts of the engine, and the provider that stacks require, are no exception", () => {
    const stack = (name: string, version: string) => ({
      "//": { metadata: { version: "0", stackName: name } },
      terraform: { required_providers: { aws: { version } } },
    });

    expect(found(stack("a", "6"), stack("b", "5"))).toEqual([
      { ...only, address: "//", attribute: "metadata.stackName", values: ["a", "b"] },
      { ...only, address: "terraform", attribute: "required_providers.aws.version", values: ["6", "5"] },
    ]);
  });

  test("each is named by its address and attribute", () => {
    const stack = (value: unknown) => ({
      resource: { aws_vpc: { network: { tags: { Name: value }, rules: [{ ports: [1, value] }] } } },
      data: { terraform_remote_state: { audit: { config: { key: value } } } },
      output: { vpcId: { value } },
      provider: { aws: [{ region: value }] },
    });

    expect(found(stack("a"), stack("b")).map(({ address, attribute }) => [address, attribute])).toEqual([
      ["data.terraform_remote_state.audit", "config.key"],
      ["output.vpcId", "value"],
      ["provider.aws[0]", "region"],
      ["aws_vpc.network", "rules[0].ports[1]"],
      ["aws_vpc.network", "tags.Name"],
    ]);
  });

  test("what one engine does not write at all is told from what it writes as false, null or empty", () => {
    for (const value of [false, null, "", 0, [], {}]) {
      expect(found({ locals: { x: value } }, { locals: {} })).toEqual([
        { ...only, address: "locals.x", attribute: "", values: [value, undefined] },
      ]);
    }
    expect(found({ locals: { x: [] } }, { locals: { x: {} } })).toHaveLength(1);
    expect(found({ locals: { x: "1" } }, { locals: { x: 1 } })).toHaveLength(1);
  });

  test("a resource, or a stack, that only one engine makes is one difference", () => {
    const network = { cidr: "10.0.0.0/16" };

    expect(found({ resource: { aws_vpc: { network } } }, { resource: { aws_vpc: {} } })).toEqual([
      { ...only, address: "aws_vpc.network", attribute: "", values: [network, undefined] },
    ]);
    expect(differences(new Map(), estate({ a: 1 }))).toEqual([
      { ...only, address: "", attribute: "", values: [undefined, { a: 1 }] },
    ]);
  });
});

describe("what sources import", () => {
  test("is found in every folder that Terraform comes of: packages by name, without Node's own", () => {
    write(
      "services/a.ts",
      'import { isIP } from "node:net";\nimport ip from "ipaddr.js";\nimport { b } from "./b.ts";\n',
    );
    write("constructs/network/b.ts", 'import {\n  Vpc,\n} from "@cdktf/provider-aws/lib/vpc/index.js";\n');
    write("stacks/c.ts", 'import type { App } from "cdktf";\n// Taken from "nowhere".\n');

    expect(packagesIn(directory)).toEqual(["@cdktf/provider-aws", "cdktf", "ipaddr.js"]);
    expect(missingBindings(directory, join(directory, "modules"))).toEqual([
      { file: "constructs/network/b.ts", binding: "@cdktf/provider-aws/lib/vpc/index.js" },
    ]);
    write("modules/@cdktf/provider-aws/lib/vpc/index.js", "");
    expect(missingBindings(directory, join(directory, "modules"))).toEqual([]);
  });
});
