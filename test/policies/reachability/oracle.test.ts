import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import type { Estate } from "../../../policies/model/estate.ts";
import { type Json, type JsonObject, listOf, objectOf } from "../../../policies/model/json.ts";
import { networkAcls } from "../../../policies/model/network/acls.ts";
import { rulesets } from "../../../policies/model/nftables/rulesets.ts";
import { aclPasses, aclsPass } from "../../../policies/reachability/layers/acl-space.ts";
import { groupsPass } from "../../../policies/reachability/layers/group-space.ts";
import { hostPasses } from "../../../policies/reachability/layers/host-firewall.ts";
import type { Site } from "../../../policies/reachability/parties/site.ts";
import { sitesOf } from "../../../policies/reachability/parties/sites.ts";
import type { Space } from "../../../policies/reachability/space/space.ts";
import { madeOutputs } from "../support/made-outputs.ts";
import {
  all,
  any,
  type Formula,
  firstOf,
  formulaOf,
  inCidr,
  isProtocol,
  type Oracle,
  portBetween,
  startOracle,
} from "./oracle.ts";

/** A solver that knows nothing of boxes proves that they are what rules say, on the real estate and on random ones. */

let oracle: Oracle;
let production: Estate;
beforeAll(async () => {
  oracle = await startOracle();
  production = (await madeOutputs()).estate("production");
});
afterAll(() => oracle.end());

/** Proves that a set is what a formula says. */
const proves = async (space: Space, formula: Formula): Promise<void> => {
  expect(await oracle.difference(formulaOf(space), formula)).toBeUndefined();
};

test("the solver finds a difference where there is one", async () => {
  expect(await oracle.difference(inCidr("src", "10.0.0.0/8"), inCidr("src", "10.0.0.0/9"))).toContain("src");
});

const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17 };

/** An entry of an ACL or a rule of a group, as Terraform has it. */
function services(raw: JsonObject, name: string): Formula {
  const protocol = String(raw[name]);
  if (protocol === "-1") return "true";
  const number = PROTOCOLS[protocol] ?? Number(protocol);
  const ports = number === 1 ? "true" : portBetween(Number(raw["from_port"]), Number(raw["to_port"]));
  return all([isProtocol(number), ports]);
}

const aclFormula = (entries: readonly Json[], peer: "src" | "dst"): Formula =>
  firstOf(
    entries
      .map(objectOf)
      .sort((a, b) => Number(a["rule_no"]) - Number(b["rule_no"]))
      .map((entry) => ({
        matches: all([inCidr(peer, String(entry["cidr_block"])), services(entry, "protocol")]),
        accepts: entry["action"] === "allow",
      })),
  );

describe("on the real estate", () => {
  test("every network ACL, both ways", async () => {
    const acls = production.of(networkAcls).filter(({ resource }) => resource?.type === "aws_network_acl");
    expect(acls.length).toBeGreaterThan(5);
    for (const acl of acls) {
      const { ingress, egress } = acl.resource?.raw.attributes ?? {};
      await proves(aclPasses(acl, "ingress", "most"), aclFormula(listOf(ingress), "src"));
      await proves(aclPasses(acl, "egress", "most"), aclFormula(listOf(egress), "dst"));
    }
  });

  test("every host's firewall, both ways, read by a few patterns", async () => {
    // Hosts of one component differ in an address: the first of each.
    const hosts = production.of(rulesets).filter(({ host }) => host.name.endsWith("-a"));
    expect(hosts.length).toBeGreaterThan(10);
    for (const { host, ruleset } of hosts) {
      if (ruleset === undefined) throw new Error(`${host.name} has no ruleset`);
      const text = host.files.get("/etc/nftables.conf")?.text ?? "";
      // The text says IPv6 is dropped: the formulas are of IPv4.
      for (const way of ["input", "output"] as const) {
        await proves(hostPasses(ruleset, way, "new"), hostFormula(text, way));
      }
    }
  });

  test("security groups between all hosts, endpoints and load balancers", async () => {
    const sites = sitesOf(production, production.declaration ?? raise("no declaration")).filter(
      ({ kind }) => kind === "host" || kind === "endpoint" || kind === "load balancer",
    );
    expect(sites.length).toBeGreaterThan(25);
    // Addresses of hosts and endpoints are their own: what comes from all of them is proved at once.
    const [own, shared] = [sites.filter(({ fixed }) => fixed), sites.filter(({ fixed }) => !fixed)];
    let proved = 0;
    for (const to of sites) {
      for (const from of [own, ...shared.map((each) => [each])]) {
        const passed = from.flatMap((each) => groupsPass(production, each, to));
        proved += passed.length;
        await proves(passed, any(from.map((each) => pairFormula(each, to))));
      }
    }
    expect(proved).toBeGreaterThan(100);
  });
});

const raise = (words: string): never => {
  throw new Error(words);
};

/** The ruleset's text by patterns that only know how this estate writes it. */
function hostFormula(text: string, way: "input" | "output"): Formula {
  const sets = new Map(
    [...text.matchAll(/set (\w+) \{[^\n]*elements = \{ ([^}]*) \}/g)].map(([, name = "", elements = ""]) => [
      name,
      elements.split(", "),
    ]),
  );
  const chain = new RegExp(`chain ${way} \\{([\\s\\S]*?)\\n {2}\\}`).exec(text)?.[1] ?? "";
  const rules = [...chain.matchAll(/ip [sd]addr (!= )?@(\w+) (tcp|udp) dport (\d+)[^\n]* accept/g)];
  return any(
    rules.map(([, not, set = "", protocol = "", port]) => {
      const inside = any((sets.get(set) ?? []).map((each) => inCidr(way === "input" ? "src" : "dst", each)));
      const peers = not === undefined ? inside : `(not ${inside})`;
      return all([peers, isProtocol(Number(PROTOCOLS[protocol])), portBetween(Number(port), Number(port))]);
    }),
  );
}

const pairFormula = (from: Site, to: Site): Formula =>
  all([inSite("src", from), inSite("dst", to), groupFormula(from, "egress", to), groupFormula(to, "ingress", from)]);

const inSite = (name: "src" | "dst", { interfaces }: Site): Formula =>
  any(
    interfaces.flatMap(({ addresses }) =>
      addresses.v4.flatMap((first, at) =>
        at % 2 === 0 ? [`(and (bvuge ${name} #x${word(first)}) (bvule ${name} #x${word(addresses.v4[at + 1])}))`] : [],
      ),
    ),
  );
const word = (value: number | undefined): string => Number(value).toString(16).padStart(8, "0");

/** Rules of a site's groups about another site, from the resources themselves. */
function groupFormula(site: Site, direction: "ingress" | "egress", peer: Site): Formula {
  const rules = (site.groups ?? []).flatMap((group) =>
    production.terraform.ofType(`aws_vpc_security_group_${direction}_rule`).filter(({ block }) => {
      const own = production.terraform.find(block.text("security_group_id"), "aws_security_group");
      return own !== undefined && own === group.resource;
    }),
  );
  const name = direction === "ingress" ? "src" : "dst";
  return any(
    rules.flatMap(({ block, raw }) => {
      const cidr = raw.attributes["cidr_ipv4"];
      const named = production.terraform.find(block.text("referenced_security_group_id"), "aws_security_group");
      const meant = named !== undefined && (peer.groups ?? []).some(({ resource }) => resource === named);
      if (typeof cidr === "string") return [all([inCidr(name, cidr), services(raw.attributes, "ip_protocol")])];
      return meant ? [services(raw.attributes, "ip_protocol")] : [];
    }),
  );
}

const cidrs = fc.oneof(
  fc.constantFrom("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.30.0.0/16"),
  fc
    .tuple(fc.nat(3), fc.nat(255), fc.integer({ min: 14, max: 32 }))
    .map(([a, b, prefix]) => `10.${a}.${b}.0/${prefix}`),
);
const ports = fc.oneof(
  fc.constantFrom([0, 65_535], [443, 443], [22, 22], [1024, 65_535], [32_768, 65_535]),
  fc.tuple(fc.nat(65_535), fc.nat(3000)).map(([first, more]) => [first, Math.min(65_535, first + more)]),
);
const entries = fc.array(
  fc.record({ cidr: cidrs, ports, protocol: fc.constantFrom("tcp", "udp", "-1", "icmp"), allow: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
);

const open = { cidr: "0.0.0.0/0", ports: [0, 65_535], protocol: "-1" as const, allow: true };
const narrow = { cidr: "10.1.0.0/16", ports: [1024, 2000], protocol: "tcp" as const, allow: false };
const half = { cidr: "0.0.0.0/0", ports: [32_768, 65_535], protocol: "tcp" as const, allow: true };

const aclOf = (side: readonly { cidr: string; ports: readonly number[]; protocol: string; allow: boolean }[]) =>
  side.map(({ cidr, ports: [from = 0, to = 0], protocol, allow }, at) => ({
    ...{
      rule_no: 100 + at,
      action: allow ? "allow" : "deny",
      protocol,
      cidr_block: cidr,
      from_port: from,
      to_port: to,
    },
  }));

describe("on random ones", () => {
  test("network ACLs, both ways", async () => {
    await fc.assert(
      fc.asyncProperty(entries, entries, async (into, out) => {
        const [ingress, egress] = [aclOf(into), aclOf(out)];
        const estate = estateOf({ title: "", resources: { aws_network_acl: { a: { ingress, egress } } } });
        const [acl] = estate.of(networkAcls);
        await proves(aclPasses(acl, "ingress", "most"), aclFormula(ingress, "src"));
        await proves(aclPasses(acl, "egress", "most"), aclFormula(egress, "dst"));
      }),
      { numRuns: 40 },
    );
  });

  test("connections through two ACLs: replies to every port that a client may use", async () => {
    await fc.assert(
      fc.asyncProperty(entries, entries, async (client, server) => {
        const [a, b] = [aclOf(client), aclOf(server)];
        const resources = { aws_network_acl: { a: { ingress: a, egress: a }, b: { ingress: b, egress: b } } };
        const estate = estateOf({ title: "", resources });
        const [from, to] = estate.of(networkAcls);
        const there = all([aclFormula(a, "dst"), aclFormula(b, "src")]);
        const back = all([swapped(aclFormula(b, "dst")), swapped(aclFormula(a, "src"))]);
        const replied = `(forall ((reply (_ BitVec 16))) (=> ${portBetween(1024, 65_535, "reply")} ${back.replaceAll("port", "reply")}))`;
        const tcp = all([isProtocol(6), there, replied]);
        const passed = aclsPass(estate, from, to).least.map((box) => ({ ...box }));
        expect(await oracle.difference(all([isProtocol(6), formulaOf(passed)]), tcp)).toBeUndefined();
      }),
      {
        numRuns: 25,
        examples: [
          [[open], [open]],
          [[open], [narrow, open]],
          [[open], [half]],
        ],
      },
    );
  });

  test("rulesets of nftables with accepts and drops in any order", async () => {
    const rules = fc.array(
      fc.record({ cidr: cidrs, ports, protocol: fc.constantFrom("tcp", "udp"), allow: fc.boolean() }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(rules, async (given) => {
        const lines = given.map(
          ({ cidr, ports: [first, last], protocol, allow }) =>
            `ip saddr ${cidr} ${protocol} dport ${first}-${last} ${allow ? "accept" : "drop"}`,
        );
        const text = `table inet t {\nchain i {\ntype filter hook input priority 0; policy drop;\nmeta nfproto ipv6 drop\n${lines.join("\n")}\n}\n}\n`;
        const [read] = estateOf({ title: "", hosts: { h: { "/etc/nftables.conf": text } } }).of(rulesets);
        if (read?.ruleset === undefined) throw new Error("no ruleset");
        const formula = firstOf(
          given.map(({ cidr, ports: [first = 0, last = 0], protocol, allow }) => ({
            matches: all([inCidr("src", cidr), isProtocol(Number(PROTOCOLS[protocol])), portBetween(first, last)]),
            accepts: allow,
          })),
        );
        await proves(hostPasses(read.ruleset, "input", "new"), formula);
      }),
      { numRuns: 40 },
    );
  });
});

/** A formula of packets the other way. */
const swapped = (formula: Formula): Formula =>
  formula.replaceAll("src", "SRC").replaceAll("dst", "src").replaceAll("SRC", "dst");
