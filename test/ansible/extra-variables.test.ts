import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { folder, playsOf, refusal, runPlaybooks } from "./support/playbook.ts";

/** What playbooks say of variables that nobody reads, and of values that are no choice: by the real Ansible, before a host is asked. */

type Variables = Readonly<Record<string, unknown>>;

const [{ vars }] = playsOf("preflight.yml") as readonly [
  { readonly vars: { readonly preflight_options: readonly string[] } },
];
const options = vars.preflight_options;

const run = (name: string, variables: Variables, ...words: readonly string[]) =>
  runPlaybooks([join(folder, name)], ["-e", "platform_confirm=production", "-e", JSON.stringify(variables), ...words]);
/** How a run for that reason begins to say no. */
const UNKNOWN = `-e: must be of ${options.join(", ")}, or a variable of a role, got `;

describe("a variable that nobody reads", () => {
  test("is refused, with what is most like it", async () => {
    const misspelt = {
      host_firewall_rulset: "host_firewall_rulset (host_firewall_ruleset?)",
      nothing_like_it: "nothing_like_it",
      patch_restrat: "patch_restrat (patch_restart?)",
      // The catalogue says what a host is.
      platform_address: "platform_address",
      // Whoever means one service would have it done to all.
      platform_socpe: "platform_socpe (platform_scope?)",
      platfrom_scope: "platfrom_scope (platform_scope?)",
      restore_timelin: "restore_timelin (restore_timeline?)",
    };
    const refused = await run("preflight.yml", misspelt);

    expect(refusal(refused)).toBe(UNKNOWN + Object.values(misspelt).join(", "));
    expect(refused.code).toBe(2);
  });

  test("is refused by a playbook of one service, and so are words without a name", async () => {
    const refused = await run("ticketing.yml", {}, "-e", "restore_time=2026-11-21 09:30:00+00");

    expect(refusal(refused)).toBe(`${UNKNOWN}words without a name ("09:30:00+00")`);
    expect(refused.code).toBe(2);
  });

  test("is told from options of playbooks, and from variables of roles and of Ansible", async () => {
    const known = { host_firewall_sha256: "0", python_service_left: "/tmp/left", ansible_become: false };
    // render_root wants its tag beside it.
    const others = options.filter((name) => !name.startsWith("platform") && name !== "render_root");
    const asked = Object.fromEntries(others.map((name) => [name, "1"]));
    const { code, output } = await run("preflight.yml", { ...asked, ...known });

    expect(output).toMatch(/: ok=6 +changed=0 +unreachable=0 +failed=0 +skipped=0 /);
    expect(code).toBe(0);
  });
});

describe("the options of playbooks", () => {
  interface Names {
    readonly said: string[];
    readonly set: string[];
  }

  /** What a playbook gives values itself. Those beside an import are what another one is asked with. */
  const setBy = ({ register, vars: own = {}, ...rest }: Variables): readonly string[] => [
    ...(typeof register === "string" ? [register] : []),
    ...Object.keys(rest["ansible.builtin.set_fact"] ?? {}),
    ...("ansible.builtin.import_playbook" in rest ? [] : Object.keys(own as object)),
  ];

  /** All that is said in a part of a playbook, and the names that it sets. */
  function collect(node: unknown, names: Names): Names {
    if (typeof node === "string") names.said.push(node);
    if (typeof node !== "object" || node === null) return names;
    names.set.push(...setBy(node as Variables));
    for (const each of Object.values(node)) collect(each, names);
    return names;
  }

  const paths = globSync("{*,tasks/*}.yml", { cwd: folder }).toSorted();
  const texts = paths.map((path) => readFileSync(join(folder, path), "utf8"));

  test("are those that playbooks read and do not set, and three of which they set the default", () => {
    const { said, set } = collect(
      // The list itself is no reader.
      texts.map((text) =>
        JSON.parse(JSON.stringify(parse(text)), (key, value) => (key === "preflight_options" ? [] : value)),
      ),
      { said: [], set: [] },
    );
    const told = catalogue.environments.flatMap((environment) => {
      const { environmentVars, groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, environment));
      return [environmentVars, ...Object.values(groupVars), ...Object.values(hostVars)].flatMap(Object.keys);
    });
    const beginnings = [...new Set(options.map((name) => name.split("_")[0])), "rollback", "restart"].join("|");
    // Names of files and of groups are none of variables.
    const word = new RegExp(`(?<![\\w-])(?:${beginnings})_\\w+\\b(?![.](?:yml|py)\\b)`, "g");
    const known = new Set([...set, ...told, "release_hosts"]);
    const asked = said.flatMap((text) => text.match(word) ?? []).filter((name) => !known.has(name));

    const defaults = ["restore_member", "restore_seconds", "restore_timeline"];
    expect(set).toEqual(expect.arrayContaining(defaults));
    expect([...new Set([...asked, ...defaults])].toSorted()).toEqual(options);
  });

  test("are all that comments tell of", () => {
    const told = texts.flatMap((text) => [...text.matchAll(/^#.*-e (?:'\{)?"?(\w+)/gm)].map(([, name]) => name));

    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((name) => !options.includes(name ?? ""))).toEqual([]);
  });
});

describe("a value that is no choice is refused", () => {
  const postgres = {
    platform_scope: "ticketing",
    restore_time: "2026-11-21 09:30:00+00",
    restore_confirm: "ticketing-database",
  };
  const mariadb = {
    restore_file: "/srv/data/a.sql.zst",
    restore_sha256: "0".repeat(64),
    restore_confirm: "message_system",
  };
  const revoke = { revoke_serial: "0a", revoke_reason: "SUPERSEDED" };

  test.each([
    ["patch.yml", { patch_restart: "alway" }, "patch_restart: must be wanted (the default) or always, got alway"],
    ["restore-postgres.yml", { ...postgres, restore_seconds: "10m" }, "restore_seconds must be a number, got 10m"],
    [
      "restore-postgres.yml",
      { ...postgres, restore_without_primary: "ture" },
      "restore_without_primary must be true or false, got ture",
    ],
    ["restore-mariadb.yml", { ...mariadb, restore_seconds: 0 }, "restore_seconds must be a number, got 0"],
    [
      "restore-mariadb.yml",
      { ...mariadb, restore_without_copy: "ture" },
      "restore_without_copy must be true or false, got ture",
    ],
    ["revoke-certificate.yml", { ...revoke, revoke_tries: "many" }, "must be numbers, got many and 30"],
  ])("by %s: %j", async (name, variables, why) => {
    const refused = await run(name, variables);

    expect(refusal(refused)).toContain(why);
    expect(refused.code).toBe(2);
  });
});
