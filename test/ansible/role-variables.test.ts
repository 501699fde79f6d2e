import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { runPlaybooks } from "./support/playbook.ts";

/** What a role says of variables that are missing or wrong: by the real Ansible, before any task of the role. */

interface Option {
  readonly type: "bool" | "dict" | "int" | "list" | "path" | "str";
  readonly required?: boolean;
  readonly choices?: readonly unknown[];
  readonly options?: Options;
}
type Options = Readonly<Record<string, Option>>;

const folder = join(import.meta.dirname, "../../ansible/roles");
const roles = readdirSync(folder).toSorted();
const specs = Object.fromEntries(
  roles.map((role) => {
    const { argument_specs } = parse(readFileSync(join(folder, role, "meta/argument_specs.yml"), "utf8"));
    return [role, argument_specs.main.options as Options];
  }),
);
const optionsOf = (role: string): Options => specs[role] ?? {};

/** Values that Ansible cannot take for what they should be; it makes text of everything. */
const WRONG = { bool: "perhaps", dict: ["a list"], int: "many", list: { a: "mapping" } };

/** Each variable with a wrong value; of those that are text, with one that is no choice. */
const wrong = (options: Options) =>
  Object.entries(options).flatMap(([name, { type, choices }]) => {
    if (choices !== undefined) return [[name, "no-choice"] as const];
    return type === "str" || type === "path" ? [] : [[name, WRONG[type]] as const];
  });

/** What has fields, with no field but those that have fields themselves. */
const hollow = (options: Options): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, { type, options: fields }]) => {
      if (fields === undefined) return [];
      return [[name, type === "list" ? [hollow(fields)] : hollow(fields)]];
    }),
  );

const names = (options: Options, wanted: (option: Option) => boolean) =>
  Object.entries(options)
    .filter(([, option]) => wanted(option))
    .map(([name]) => name)
    .toSorted();

/** Complaints about hollow values: what is missing at each place. */
const missing = (options: Options, place: readonly string[] = []): readonly string[] => {
  const lost = names(options, ({ required, options: fields }) => required === true && fields === undefined).join(", ");
  const where = place.length === 0 ? "" : ` found in ${place.join(" -> ")}`;
  const inner = Object.entries(options).flatMap(([name, { options: fields }]) =>
    fields === undefined ? [] : missing(fields, [...place, name]),
  );
  return [...(lost === "" ? [] : [`missing required arguments: ${lost}${where}`]), ...inner];
};

/** What the run says of each role, by the name of the case. */
let said: ReadonlyMap<string, readonly string[]>;
const directory = mkdtempSync(join(tmpdir(), "role-variables-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeAll(async () => {
  const cases = roles.flatMap((role) => [
    { name: `${role}, no variable`, role, vars: {} },
    { name: `${role}, wrong values`, role, vars: Object.fromEntries(wrong(optionsOf(role))) },
    { name: `${role}, hollow values`, role, vars: hollow(optionsOf(role)) },
  ]);
  const play = {
    hosts: "none-at-all",
    gather_facts: false,
    any_errors_fatal: false,
    vars: { platform_environment: "dev", platform_output: directory },
    tags: "always",
    tasks: cases.map(({ name, role, vars }) => ({
      block: [{ name, "ansible.builtin.include_role": { name: role }, vars }],
      rescue: [{ "ansible.builtin.meta": "noop" }],
    })),
  };
  const path = join(directory, "play.yml");
  writeFileSync(path, JSON.stringify([play]));
  // No task of a role has this tag: should its variables be taken, nothing is done.
  const options = ["--inventory", "none-at-all,", "--connection", "local", "--limit", "none-at-all", "--tags", "none"];
  const { output } = await runPlaybooks([path], options);
  const failures = [...output.matchAll(/^fatal: \[.+\]: FAILED! => (\{.+\})$/gm)].map(
    ([, text = ""]) => JSON.parse(text) as { readonly argument_errors: readonly string[] },
  );
  expect(failures, output).toHaveLength(cases.length);
  said = new Map(cases.map(({ name }, index) => [name, failures[index]?.argument_errors ?? []]));
}, 300_000);

describe("a role fails before it does anything", () => {
  test.each(roles)("when it is told nothing, with the name of each variable: %s", (role) => {
    const required = names(optionsOf(role), (option) => option.required === true);

    expect(said.get(`${role}, no variable`)).toEqual(
      required.length === 0 ? [] : [`missing required arguments: ${required.join(", ")}`],
    );
  });

  test.each(roles)("when values are of a wrong type or no choice, with the name of each variable: %s", (role) => {
    const all = said.get(`${role}, wrong values`) ?? [];

    const named = all.flatMap(
      (line) => /^(?:argument '(\w+)' is of type|value of (\w+) must be one of: )/.exec(line) ?? [],
    );
    const expected = wrong(optionsOf(role)).map(([name]) => name);
    expect(expected.filter((name) => !named.includes(name))).toEqual([]);
  });

  test.each(roles)("when a part of a value is missing, with its name and place: %s", (role) => {
    expect(said.get(`${role}, hollow values`)?.toSorted()).toEqual(missing(optionsOf(role)).toSorted());
  });
});

test("inventories tell roles nothing that these do not know", () => {
  const told = catalogue.environments.flatMap((environment) => {
    const { environmentVars, groupVars, hostVars } = inventoryOf(resolveEstate(catalogue, environment));
    return [environmentVars, ...Object.values(groupVars), ...Object.values(hostVars)].flatMap(Object.keys);
  });
  const known = new Set(roles.flatMap((role) => Object.keys(optionsOf(role))));
  const unknown = [...new Set(told)].filter((name) => !/^(platform|ansible)_/.test(name) && !known.has(name));

  expect(new Set(told).size).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});
