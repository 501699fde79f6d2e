import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";

/**
 * Instead of encrypted files (SOPS, Ansible Vault) no secret is in version control at all: variables and files of hosts hold
 * markers, which a host replaces with its own role (ADR 19, ADR 46).
 */

/** Names under which something stands that nobody may read. */
const SECRET = /(password|passwd|secret|token|pepper|(api|pager|signing|encryption)_key|_auth)s?$/i;
const MARKER = /^%%(secret|sha256)(-previous)?:[a-z-]+\/[a-z-]+\/[a-z0-9-]+(:\d+)?%%$/;
/** Variables of such a name whose value is itself a name: of a cluster, of a file of a token, of a word of backup.sh. */
const NAMES = ["etcd_token", "ETCD_INITIAL_CLUSTER_TOKEN", "token", "secrets", "platform_secrets"];
/** What may follow such a name in a file: nothing, the begin of a list or block, a switch, the place of a file. */
const REFERENCE = /^(|\{|\|-|true|\/.*|\$__file\{.*)$/;
/** A login in an address: what stands where the password goes. */
const LOGIN = /[a-z+]+:\/\/[^\s:/@'"]*:([^\s@'"]+)@/g;

interface Found {
  readonly name: string;
  readonly value: string;
}
/** Every text in a value with the name that it stands under. */
function textsIn(value: unknown, name = ""): readonly Found[] {
  if (typeof value === "string") return [{ name, value }];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, key));
}
/** Texts that are no marker where one must be, by name alone: a secret is not shown. */
const inClear = (texts: readonly Found[]): readonly string[] => [
  ...texts
    .filter(({ name, value }) => SECRET.test(name) && !NAMES.includes(name) && !MARKER.test(value))
    .map(({ name }) => name),
  ...texts.flatMap(({ name, value }) =>
    [...value.matchAll(LOGIN)].flatMap(([, password = ""]) => (MARKER.test(password) ? [] : [name])),
  ),
];

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(path));
const filesIn = (folder: string) => tracked.filter((path) => path.startsWith(folder));

describe("secrets of hosts", () => {
  test.each(catalogue.environments)(
    "stand in variables as markers, never as values: $name [TKT-5.3]",
    (environment) => {
      const { environmentVars, groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, environment));
      const texts = [environmentVars, groupVars, hostVars].flatMap((each) => textsIn(each));

      expect(texts.filter(({ value }) => MARKER.test(value)).length).toBeGreaterThan(50);
      expect(inClear(texts)).toEqual([]);
    },
  );

  test.each([
    [{ REDIS_PASSWORD: "hunter2" }, ["REDIS_PASSWORD"]],
    [{ deep: [{ DATABASE_URL: "postgresql://app:hunter2@database:5432/x" }] }, ["DATABASE_URL"]],
    [{ grafana_admin_password: "" }, ["grafana_admin_password"]],
    [{ REDIS_PASSWORD: "%%secret:dev/ticketing/redis-app%%", URL: "a://b:%%secret:dev/ticketing/db-app%%@c" }, []],
  ])("are found in clear: %j", (variables, found) => {
    expect(inClear(textsIn(variables))).toEqual(found);
  });

  test("stand in no file that roles render, be it an environment file, JSON or an address [TKT-5.3]", () => {
    const lines = filesIn("ansible/generated/")
      .filter((path) => path.includes("/rendered/"))
      .flatMap((path) => readFileSync(path, "utf8").split("\n"));
    const assigned = lines.flatMap((line) => {
      const [, name = "", value = ""] = /^\s*"?([A-Za-z_]+)"?\s*[=:]\s*(.*)$/.exec(line) ?? [];
      // A list on one line is its parts.
      return value.split(/['"[\],]+\s*/).map((part) => ({ name, value: part.trim() }));
    });

    expect(assigned.filter(({ name }) => /PASSWORD$/i.test(name)).length).toBeGreaterThan(20);
    expect(inClear(assigned.filter(({ value }) => !REFERENCE.test(value)))).toEqual([]);
  });

  test("are not encrypted in version control either, so that no key of it can leak them [TKT-5.3]", () => {
    const encrypted =
      /^\$ANSIBLE_VAULT;|ENC\[AES256_GCM,|!vault \||-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{20}/m;
    const samples = ["$ANSIBLE_VAULT;1.1;AES256\n", "password: ENC[AES256_GCM,data:x]", `x: !vault ${"|"}\n`];

    expect(samples.every((text) => encrypted.test(text))).toBe(true);
    const folders = ["ansible/", "services/", "helm/", "stacks/", "constructs/", "scripts/", "docs/"];
    const found = folders.flatMap(filesIn).filter((path) => encrypted.test(readFileSync(path, "utf8")));
    expect(found).toEqual([]);
  });
});
