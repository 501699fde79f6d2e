import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { rulesetsOf } from "../../../ansible/firewall.ts";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { addressesOf, declared } from "../firewall/declared.ts";
import { hasNft, loaded, packet, passing, type Table } from "../firewall/nft.ts";

/** Groups, packages and firewalls of the broker's hosts. */

const root = join(import.meta.dirname, "../../..");
const yaml = (path: string) => parse(readFileSync(join(root, path), "utf8"));

describe.each(["dev", "staging", "production"])("the inventory of %s, as Ansible reads it,", (environment) => {
  interface Group {
    readonly hosts?: readonly string[];
    readonly children?: readonly string[];
  }
  let inventory: Readonly<Record<string, Group>>;
  beforeAll(() => {
    const hosts = join(root, "ansible/generated", environment, "hosts.yaml");
    const listed = execFileSync(pythonProgram(root, "ansible-inventory"), ["--inventory", hosts, "--list"], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ANSIBLE_CONFIG: join(root, "ansible/ansible.cfg") },
    });
    inventory = JSON.parse(listed);
  });
  const places = ["proxy", "main", "worker", "portal"].map((name) => `message_broker_${name}`);

  test("has a group of hosts for proxies, main, worker and portal, in one service [BRK-0.1]", () => {
    expect(inventory["message_broker"]?.children?.toSorted()).toEqual(places.toSorted());
    expect(places.map((name) => inventory[name]?.hosts?.length)).toEqual([2, 1, 1, 2]);
  });

  test("gives each of them its programs, and OpenSSL to all [BRK-0.1] [BRK-1.3] [BRK-12.3]", () => {
    for (const role of ["python_service", "private_ca_client", "baseline"]) {
      expect(inventory[role]?.children).toEqual(expect.arrayContaining(places));
    }
  });
});

test("OpenSSL is installed by the role that every host has first [BRK-1.3] [BRK-12.3]", () => {
  const { baseline_packages: packages } = yaml("ansible/roles/baseline/vars/main.yml");
  const install = yaml("ansible/roles/baseline/tasks/install.yml") as readonly Readonly<Record<string, unknown>>[];
  const [, first] = yaml("ansible/playbooks/site.yml") as readonly Readonly<Record<string, unknown>>[];

  expect(packages).toContain("openssl");
  expect(install.map((task) => task["ansible.builtin.apt"])).toContainEqual(
    expect.objectContaining({ name: "{{ baseline_packages }}" }),
  );
  expect(first).toMatchObject({ hosts: expect.stringMatching(/:&baseline$/), roles: [{ role: "baseline" }] });
});

describe.runIf(hasNft)("the firewall of the broker's hosts in dev", () => {
  const [dev] = declared;
  if (dev === undefined) throw new Error("no environment");
  const rulesets = rulesetsOf(dev.estate, (service) => service === "message-broker");
  const tables = new Map<string, Table>();
  beforeAll(() => {
    const read = loaded(rulesets.map(({ text }) => text));
    for (const [index, { host }] of rulesets.entries()) {
      const table = read[index];
      if (table !== undefined) tables.set(host.group, table);
    }
  });
  /** Ends that a host may open a port to, or be asked on it by. */
  const others = (group: string, hook: "input" | "output", port: number): readonly string[] => {
    const table = tables.get(group);
    const own = rulesets.find(({ host }) => host.group === group)?.host.address;
    if (table === undefined || own === undefined) throw new Error(`no table of ${group}`);
    return addressesOf(dev.environment).filter((other) => {
      if (other === own) return false;
      const ends = hook === "input" ? { from: other, to: own } : { from: own, to: other };
      const { ports, allOthers } = passing(table, packet({ hook, ...ends }));
      return ports.has(port) !== allOthers;
    });
  };
  const groups = ["proxy", "main", "worker", "portal"];

  test("opens 8001 of proxies to named sources, and says so at every start of a host [BRK-3.3]", () => {
    const { host_firewall_path: path } = yaml("ansible/roles/host_firewall/vars/main.yml");
    const unit = readFileSync(join(root, "ansible/roles/host_firewall/templates/nftables.service.j2"), "utf8");
    const run = yaml("ansible/roles/host_firewall/tasks/run.yml") as readonly Readonly<Record<string, unknown>>[];

    const sources = others("proxy", "input", 8001);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((address) => !/^10\.10\.([0-9]|1[01])\./.test(address))).toEqual([]);
    expect(path).toBe("/etc/nftables.conf");
    expect(unit).toMatch(/^ExecStart=\/usr\/sbin\/nft --file \{\{ host_firewall_path \}\}$/m);
    expect(unit).toMatch(/^ExecReload=\/usr\/sbin\/nft --file \{\{ host_firewall_path \}\}$/m);
    expect(run.map((task) => task["platform.hosts.units"])).toContainEqual({ names: ["nftables.service"] });
  });

  test("is the only one: no role installs or calls firewalld or ufw [BRK-3.3]", () => {
    const roles = globSync("ansible/{roles,playbooks}/**/*.{yml,j2,py,sh}", { cwd: root });
    const naming = roles.filter((path) =>
      /firewalld|firewall-cmd|\bufw\b/.test(readFileSync(join(root, path), "utf8")),
    );

    expect(roles.length).toBeGreaterThan(100);
    expect(naming).toEqual([]);
  });

  test("opens the portal's own port to nobody [BRK-17.6]", () => {
    expect(others("portal", "input", 8080)).toEqual([]);
    expect(others("portal", "input", 443).length).toBeGreaterThan(0);
  });

  test("lets nobody to a database elsewhere: main's data flow stays on main [BRK-15.3]", () => {
    for (const port of [3306, 5432, 6379, 27_017]) expect([port, others("main", "output", port)]).toEqual([port, []]);
    expect(others("main", "input", 3306)).toEqual([]);
  });

  test("lets the worker alone to 587, of the mail endpoint inside the network [BRK-23.2] [BRK-23.6] [BRK-31.6] [BRK-31.14]", () => {
    const endpoints = Object.values(dev.estate.network.endpointAddresses["email-smtp"]);

    expect(others("worker", "output", 587)).toEqual(endpoints);
    expect(endpoints.every((address) => address.startsWith("10.10."))).toBe(true);
    for (const group of groups.filter((name) => name !== "worker")) {
      expect([group, others(group, "output", 587)]).toEqual([group, []]);
    }
    for (const port of [25, 465, 2587]) expect([port, others("worker", "output", port)]).toEqual([port, []]);
  });
});
