import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Fleet, said, sha256Of } from "./support/fleet.ts";

/** Ways back from a release: by the real playbooks, on hosts that are folders of this machine. */

const RECORD = "python_service : Say what to commit, for hosts that are made anew";
const VERSIONS = ["1.2.0", "1.3.0", "1.4.0"];

let hosts: Fleet;
/** Hosts that have three releases and run one, after those before it; 1.4.0 is not well on one. */
function fleet(
  names: readonly string[],
  current: string,
  { unwell = "", vars = {} }: { readonly unwell?: string; readonly vars?: Readonly<Record<string, unknown>> } = {},
): void {
  const earlier = VERSIONS.slice(0, VERSIONS.indexOf(current));
  const health = `sh -c 'case $(readlink {{ python_service_root }}/venv) in *1.4.0*) exit 1 ;; esac'`;
  const host = (name: string) => ({
    ...{ installed: VERSIONS, current, earlier },
    vars: { platform_ready: name === unwell ? [health] : [] },
  });
  hosts = new Fleet(Object.fromEntries(names.map((name) => [name, host(name)])), vars);
}

const release = (options: readonly string[] = []) => {
  const values = { release_service: "tried", release_version: "1.4.0", release_sha256: sha256Of("1.4.0") };
  return hosts.run("release.yml", ["-e", JSON.stringify(values), ...options]);
};
const rollback = (...words: readonly string[]) => hosts.run("rollback.yml", ["-e", "release_service=tried", ...words]);

afterEach(() => hosts.end());

describe("a release that is not well", () => {
  test("on a later host names those that run it, and the command that has all run one release again", async () => {
    fleet(["api-a", "api-b", "api-c"], "1.3.0", { unwell: "api-b" });

    const { code, output } = await release();

    expect(code).toBe(2);
    expect(hosts.running()).toEqual(["1.4.0", "1.3.0", "1.3.0"]);
    const message = said(output);
    expect(message).toContain(
      "failed on api-b, which runs 1.3.0 again and takes requests; hosts after it were not touched, and hosts before it (api-a) " +
        "run 1.4.0. With the inventory and limit of this run, ansible-playbook playbooks/",
    );

    const [, name = "", words = ""] =
      /ansible-playbook playbooks\/(\S+)((?: -e \S+)+) has every host run 1\.3\.0\./.exec(message) ?? [];
    const guessed = await rollback();
    const back = await hosts.run(name, words.trim().split(" "));

    expect(said(guessed.output)).toContain(
      "must be given where hosts have no one release to go back to, got api-a: 1.3.0 before 1.4.0 ",
    );
    expect([back.code, hosts.running()]).toEqual([0, ["1.3.0", "1.3.0", "1.3.0"]]);
  });

  test("on the first host leaves nothing to bring back, and names no command", async () => {
    fleet(["api-a", "api-b", "api-c"], "1.3.0", { unwell: "api-a" });

    const { output } = await release();

    expect(hosts.running()).toEqual(["1.3.0", "1.3.0", "1.3.0"]);
    expect(said(output)).toMatch(/failed on api-a, .*; hosts after it were not touched\. It failed at /);
  });
});

describe("a second rollback", () => {
  test("[TKT-5.13] without a version goes further back, then refuses, and never comes to a release that was left", async () => {
    fleet(["api-a", "api-b"], "1.4.0");

    const first = await rollback();
    const after = hosts.running();
    const second = await rollback();
    const further = hosts.running();
    const third = await rollback();

    expect([first.code, after]).toEqual([0, ["1.3.0", "1.3.0"]]);
    expect([second.code, further]).toEqual([0, ["1.2.0", "1.2.0"]]);
    expect([third.code, hosts.running()]).toEqual([2, ["1.2.0", "1.2.0"]]);
    expect(said(third.output)).toMatch(
      /^release_version: must be given where hosts have no one release to go back to, got api-a: none before 1\.2\.0 \(installed are 1\.[234]\.0, 1\.[234]\.0, 1\.[234]\.0\); api-b: none before 1\.2\.0 /,
    );
  });

  test("with a version changes nothing, and the next without one goes further back", async () => {
    fleet(["api-a"], "1.4.0");

    const first = await rollback("-e", "release_version=1.3.0");
    const again = await rollback("-e", "release_version=1.3.0");
    const after = hosts.running();
    const further = await rollback();
    const absent = await rollback("-e", "release_version=1.1.0");

    expect([first.code, again.code, after]).toEqual([0, 0, ["1.3.0"]]);
    expect(again.output).not.toMatch(/^changed: /m);
    expect([further.code, absent.code, hosts.running()]).toEqual([0, 2, ["1.2.0"]]);
    expect(said(absent.output)).toContain('must be a release that all hosts have, got "1.1.0"; installed on api-a ');
  });
});

describe("the file that names releases for new hosts", () => {
  const line = (version: string) => ({ version, sha256: sha256Of(version) });
  /** The YAML between what is said of it. */
  const yaml = (text: string) => parse(text.split(" is refused:\n")[1]?.split("\nThey hold")[0] ?? "");

  test("is compared with what runs: what to commit is said after a release and after a rollback, with all its services", async () => {
    // A version that YAML takes for a number unless it is quoted.
    const other = { version: "2.0", sha256: "0".repeat(64) };
    fleet(["api-a"], "1.3.0", { vars: { python_service_releases: { other, tried: line("1.3.0") } } });

    const released = said((await release()).output, RECORD);
    const back = said((await rollback("-e", "release_version=1.2.0")).output, RECORD);

    expect(released).toMatch(/^ansible\/releases\/dev\.yaml: must name what hosts of tried run, got .*"1\.3\.0"/);
    expect(yaml(released)).toEqual({ other, tried: line("1.4.0") });
    expect(yaml(back)).toEqual({ other, tried: line("1.2.0") });
  });

  test("gives nothing to commit where it names what runs; else hosts are named that were not asked", async () => {
    fleet(["api-a", "api-b"], "1.3.0", { vars: { python_service_releases: { tried: line("1.4.0") } } });

    const same = await release(["--limit", "api-a"]);
    const back = said((await rollback("--limit", "api-a")).output, RECORD);

    expect(same.code).toBe(0);
    expect(same.output).not.toContain("must name what hosts");
    expect(yaml(back)).toEqual({ tried: line("1.3.0") });
    expect(back).toMatch(/\nThey hold only when these run it too, which --limit left out: api-b\s*$/);
  });
});
