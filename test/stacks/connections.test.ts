import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { declaredIn, differences, permittedIn } from "./security-rules.ts";

/** Exactly the declared flows are possible: the rules in the Terraform of production against the flows in the index. */

const environment = "production";
const service = "ticketing";

let estate: SynthesizedEstate;
let stack: Stack;
beforeAll(() => {
  estate = synthesizeEstate(environment);
  stack = estate.stack(environment, service);
});

/** Differences after a change of the parsed rules of one stack. */
// biome-ignore lint/suspicious/noExplicitAny: parsed Terraform JSON, changed on purpose.
function changed(change: (resource: any) => void) {
  const json = structuredClone(stack.json);
  change(json.resource);
  const others = estate.stacks.filter(({ name }) => name !== service);
  return differences(declaredIn(estate, environment), permittedIn([...others, { name: service, json }]));
}
const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";

describe("security group rules of an environment", () => {
  test("permit exactly the declared flows: nothing is missing, nothing more is there", () => {
    const permitted = permittedIn(estate.stacks);

    expect(permitted.egress.length).toBeGreaterThan(200);
    expect(permitted.ingress.length).toBeGreaterThan(200);
    expect(differences(declaredIn(estate, environment), permitted)).toEqual({ missing: [], undeclared: [] });
  });

  test("let outsiders reach load balancers alone, and only what declares egress reach the internet", () => {
    const { egress, ingress } = permittedIn(estate.stacks);

    expect(ingress.filter((line) => /^(\d|pl-)/.test(line)).sort()).toEqual([
      "0.0.0.0/0 -> desktop-backend/web tcp/443",
      "0.0.0.0/0 -> desktop-backend/web tcp/80",
      "0.0.0.0/0 -> message-broker/web tcp/443",
      "0.0.0.0/0 -> message-broker/web tcp/80",
      "0.0.0.0/0 -> student-allocation/web tcp/443",
      "0.0.0.0/0 -> student-allocation/web tcp/80",
      "0.0.0.0/0 -> ticketing/web tcp/443",
      "0.0.0.0/0 -> ticketing/web tcp/80",
      "198.51.100.0/24 -> message-broker/clients tcp/8001",
      "203.0.113.16/28 -> observability/dashboards tcp/443",
      "203.0.113.16/28 -> observability/dashboards tcp/80",
      "pl-a3a144ca -> resident-services/web tcp/443",
    ]);
    expect(egress.filter((line) => /-> \d/.test(line)).sort()).toEqual([
      "observability/prometheus -> 0.0.0.0/0 tcp/443",
      "resident-services/nodes -> 0.0.0.0/0 tcp/443",
      "ticketing/worker -> 0.0.0.0/0 tcp/443",
    ]);
  });

  test("leave room in every group: 60 rules a direction as AWS begins, 100 for Prometheus, whom everybody admits", () => {
    // A prefix list counts as many rules as it may hold; CloudFront's holds 55.
    const weight = (line: string) => (line.includes("pl-a3a144ca") ? 55 : 1);
    const { egress, ingress } = permittedIn(estate.stacks);
    const counts = (lines: readonly string[], end: 0 | 1) =>
      Object.entries(Object.groupBy(lines, (line) => line.split(" -> ")[end]?.split(" ")[0] ?? "")).map(
        ([group, rules = []]) => [group, rules.reduce((sum, line) => sum + weight(line), 0)] as const,
      );
    const full = [...counts(egress, 0), ...counts(ingress, 1)]
      .filter(([group]) => !/^(\d|pl-)/.test(group))
      .filter(([group, count]) => count > (group === "observability/prometheus" ? 90 : 55));

    expect(full).toEqual([]);
  });

  test("stand in the later of two stacks, by themselves: no inline rule, no rule of the older kind", () => {
    for (const each of estate.stacks) {
      const inline = each
        .all("aws_security_group")
        .filter(({ args }) => "ingress" in args || "egress" in args)
        .map(({ address }) => address);
      expect([each.name, inline]).toEqual([each.name, []]);
      expect([each.name, each.all("aws_security_group_rule")]).toEqual([each.name, []]);
      if (["bootstrap", "audit", "network", "vault", "pki"].includes(each.name)) {
        expect([each.name, [...each.all(EGRESS), ...each.all(INGRESS)]]).toEqual([each.name, []]);
      }
    }
  });
});

describe("the comparison notices", () => {
  test("fails when a rule is taken away", () => {
    expect(changed((resource) => delete resource[EGRESS]["api-to-database-5432_egress"])).toEqual({
      missing: ["egress ticketing/api -> ticketing/database tcp/5432"],
      undeclared: [],
    });
    expect(changed((resource) => delete resource[INGRESS]["api-to-database-5432_ingress"])).toEqual({
      missing: ["ingress ticketing/api -> ticketing/database tcp/5432"],
      undeclared: [],
    });
  });

  test("fails when a rule is added", () => {
    const ssh = {
      security_group_id: "${aws_security_group.database_group.id}",
      cidr_ipv4: "10.0.0.0/8",
      ip_protocol: "tcp",
      from_port: 22,
      to_port: 22,
    };
    expect(
      changed((resource) => {
        resource[INGRESS].ssh = ssh;
      }),
    ).toEqual({ missing: [], undeclared: ["ingress 10.0.0.0/8 -> ticketing/database tcp/22"] });
  });

  test("fails when a rule stands there twice", () => {
    expect(
      changed((resource) => {
        resource[INGRESS].twin = resource[INGRESS]["api-to-database-5432_ingress"];
      }),
    ).toEqual({ missing: [], undeclared: ["ingress ticketing/api -> ticketing/database tcp/5432"] });
  });

  test("fails when a port is widened, or the protocol", () => {
    const widened = (given: object) =>
      changed((resource) => Object.assign(resource[INGRESS]["api-to-database-5432_ingress"], given));
    const missing = ["ingress ticketing/api -> ticketing/database tcp/5432"];

    expect(widened({ to_port: 5439 })).toEqual({
      missing,
      undeclared: ["ingress ticketing/api -> ticketing/database tcp/5432-5439"],
    });
    expect(widened({ ip_protocol: "-1" })).toEqual({
      missing,
      undeclared: ["ingress ticketing/api -> ticketing/database -1/5432"],
    });
  });

  test("fails when a rule names another group, or a range in its place", () => {
    const from = (given: object) =>
      changed((resource) => {
        const rule = resource[INGRESS]["api-to-database-5432_ingress"];
        delete rule.referenced_security_group_id;
        Object.assign(rule, given);
      }).undeclared;

    expect(from({ cidr_ipv4: "0.0.0.0/0" })).toEqual(["ingress 0.0.0.0/0 -> ticketing/database tcp/5432"]);
    expect(from({ cidr_ipv6: "::/0" })).toEqual(["ingress ::/0 -> ticketing/database tcp/5432"]);
    expect(from({ referenced_security_group_id: "${aws_security_group.web_group.id}" })).toEqual([
      "ingress ticketing/web -> ticketing/database tcp/5432",
    ]);
  });

  test("fails when nobody knows whom a group stands for", () => {
    expect(() =>
      changed((resource) => {
        resource[INGRESS]["api-to-database-5432_ingress"].referenced_security_group_id = "sg-0123";
      }),
    ).toThrow("no party stands for sg-0123");
  });
});

describe("the groups that the rules name", () => {
  test("are those of their party: address, name and description agree", () => {
    const groups = stack.all("aws_security_group").map(({ name, args }) => [name, args.tags.Name, args.description]);

    expect(groups.sort()).toEqual(
      ["api", "database", "redis", "uploads", "web", "worker"].map((party) => [
        `${party}_group`,
        `prd-tkt-${party}`,
        `ticketing/${party}`,
      ]),
    );
  });

  test("are handed on by earlier stacks under the party they stand for", () => {
    const network = estate.stack(environment, "network").json;
    const observability = estate.stack(environment, "observability").json;
    const described = (json: typeof network, values: Readonly<Record<string, string>>) =>
      Object.entries(values).map(([key, expression]) => {
        const [, name = ""] = /^\$\{aws_security_group\.([\w-]+)\.id\}$/.exec(expression) ?? [];
        return [key, json.resource.aws_security_group[name]?.tags.Name];
      });

    expect(described(observability, observability.output.securityGroupIds.value)).toEqual(
      ["prometheus", "loki", "tempo", "grafana"].sort().map((name) => [`observability/${name}`, `prd-obs-${name}`]),
    );
    expect(described(network, network.output.endpointGroupIds.value)).toEqual(
      ["certificates", "identity", "mail", "management", "registry", "secrets", "storage", "telemetry", "tokens"].map(
        (group) => [group, `prd-plt-network-endpoint-${group}`],
      ),
    );
  });

  test("are what stands there: each host, load balancer and mount target is in its party's group and no other", () => {
    const [entry] = estate.index.environments;
    const declared = entry?.services.find(({ name }) => name === service);
    const hosts = [...(declared?.components ?? []), ...(declared?.stores ?? [])].flatMap(({ name, hosts: each }) =>
      each.map((host) => ({ address: `aws_instance.${host.name}_host`, party: name })),
    );
    const group = (party: string) => [`\${aws_security_group.${party}_group.id}`];

    expect(hosts.length).toBe(10);
    expect(
      Object.fromEntries(stack.all("aws_instance").map(({ address, args }) => [address, args.vpc_security_group_ids])),
    ).toEqual(Object.fromEntries(hosts.map(({ address, party }) => [address, group(party)])));
    expect(stack.all("aws_lb").map(({ args }) => args.security_groups)).toEqual([group("web")]);
    expect(stack.all("aws_efs_mount_target").map(({ args }) => args.security_groups)).toEqual([
      group("uploads"),
      group("uploads"),
      group("uploads"),
    ]);
  });
});
