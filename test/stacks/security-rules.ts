import { catalogue } from "../../services/catalogue.ts";
import type { Stack, SynthesizedEstate } from "../support/estate.ts";

/** Reads which connections security groups permit: from Terraform JSON alone, and knows nothing of how it was made. */

/** One end of a connection: a party such as `ticketing/api`, or an address range. */
type End = string;

/** `from to protocol/port`, the rule of one end. */
export interface Permitted {
  /** What its source may open. */
  readonly egress: readonly string[];
  /** What its target takes. */
  readonly ingress: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: parsed Terraform JSON.
type Json = any;
type Flows = SynthesizedEstate["index"]["environments"][number]["services"][number]["flows"];

/** Every rule of a stack, each end by the party that its group stands for. `partyOf` reads a group id expression. */
export function permittedBy(json: Json, partyOf: (group: string) => End): Permitted {
  const rules = (type: string): readonly Json[] => Object.values(json.resource?.[type] ?? {});
  const peer = (rule: Json): End => {
    const given = [rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.prefix_list_id].filter(
      (each) => each !== undefined,
    );
    if (given.length !== 1) throw new Error(`one peer expected, got ${JSON.stringify(given)}`);
    return rule.referenced_security_group_id === undefined ? String(given[0]) : partyOf(given[0]);
  };
  const say = (from: End, to: End, { ip_protocol, from_port, to_port }: Json) =>
    `${from} -> ${to} ${ip_protocol}/${from_port === to_port ? from_port : `${from_port}-${to_port}`}`;
  return {
    egress: rules("aws_vpc_security_group_egress_rule").map((rule) =>
      say(partyOf(rule.security_group_id), peer(rule), rule),
    ),
    ingress: rules("aws_vpc_security_group_ingress_rule").map((rule) =>
      say(peer(rule), partyOf(rule.security_group_id), rule),
    ),
  };
}

/** The group that EKS makes for a cluster, seen from the cluster's own stack and from later ones. */
const clusterGroups: readonly string[] = [
  "${aws_eks_cluster.cluster_cluster.vpc_config[0].cluster_security_group_id}",
  "${data.terraform_remote_state.cluster.outputs.securityGroupId}",
];

/** The party of a group id expression: a group of the stack itself by its address, one of another stack by its output's key. */
export function partyIn(stack: string): (group: string) => End {
  return (group) => {
    const own = /^\$\{aws_security_group\.([a-z0-9-]+)_group\.id\}$/.exec(group);
    if (own !== null) return `${stack}/${own[1]}`;
    if (clusterGroups.includes(group)) return "platform/cluster";
    const endpoint = /^\$\{data\.terraform_remote_state\.network\.outputs\.endpointGroupIds\.([a-z]+)\}$/.exec(group);
    if (endpoint !== null) return `platform/endpoint-${endpoint[1]}`;
    const other = /^\$\{data\.terraform_remote_state\.[a-z-]+\.outputs\.securityGroupIds\["([a-z/-]+)"\]\}$/.exec(
      group,
    );
    if (other?.[1] !== undefined) return other[1];
    throw new Error(`no party stands for ${group}`);
  };
}

/** What the stacks of an environment permit together. */
export function permittedIn(stacks: readonly Pick<Stack, "name" | "json">[]): Permitted {
  const each = stacks.map(({ name, json }) => permittedBy(json, partyIn(name)));
  return { egress: each.flatMap(({ egress }) => egress), ingress: each.flatMap(({ ingress }) => ingress) };
}

/**
 * What the index of an environment declares that leaves a host, with outsiders as their ranges. A party without a group
 * of its own runs on nodes, which all pods of its service share.
 */
export function declaredIn(estate: SynthesizedEstate, environment: string): Permitted {
  const entry = estate.index.environments.find(({ name }) => name === environment);
  if (entry === undefined) throw new Error(`no environment ${environment}`);
  const groups = new Set(
    estate.stacks.flatMap((stack) =>
      stack.all("aws_security_group").map(({ name }) => `${stack.name}/${name.replace(/_group$/, "")}`),
    ),
  );
  const place = (party: End) =>
    groups.has(party) || /^(platform|outside)\//.test(party) ? party : `${party.split("/")[0]}/nodes`;
  const ranges: Readonly<Record<string, readonly string[]>> = {
    "outside/internet": ["0.0.0.0/0"],
    "outside/clients": entry.ranges.clients,
    "outside/admins": entry.ranges.admins,
    "outside/cloudfront": catalogue.environments
      .filter(({ name }) => name === environment)
      .map(({ cloudFrontPrefixList }) => cloudFrontPrefixList),
  };
  const isParty = (end: End) => ranges[end] === undefined && end !== "0.0.0.0/0";
  const flows: Flows = [...entry.flows, ...entry.services.flatMap((service) => service.flows)];
  const egress = entry.services.flatMap((service) => service.egress);
  const pairs = [
    ...flows
      .filter(({ transport }) => transport !== "loopback" && transport !== "link-local")
      .flatMap(({ from, to, protocol, ports }) => ports.map((port) => ({ from, to, protocol, port }))),
    ...egress.map(({ from, port }) => ({ from, to: "0.0.0.0/0", protocol: "tcp", port })),
  ];
  const lines = pairs.flatMap(({ from, to, protocol, port }) =>
    (ranges[from] ?? [place(from)]).map((source) => ({
      from,
      to,
      line: `${source} -> ${isParty(to) ? place(to) : to} ${protocol}/${port}`,
    })),
  );
  const once = (wanted: readonly { readonly line: string }[]) => [...new Set(wanted.map(({ line }) => line))];
  return {
    egress: once(lines.filter(({ from }) => isParty(from))),
    ingress: once(lines.filter(({ to }) => isParty(to))),
  };
}

/** What is declared and not permitted, and what is permitted and not declared, by the end that the rule is of. */
export function differences(declared: Permitted, permitted: Permitted) {
  const beyond = (one: readonly string[], other: readonly string[]) => {
    const rest = [...other];
    return one.filter((line) => {
      const at = rest.indexOf(line);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
  };
  return {
    missing: [
      ...beyond(declared.egress, permitted.egress).map((line) => `egress ${line}`),
      ...beyond(declared.ingress, permitted.ingress).map((line) => `ingress ${line}`),
    ],
    undeclared: [
      ...beyond(permitted.egress, declared.egress).map((line) => `egress ${line}`),
      ...beyond(permitted.ingress, declared.ingress).map((line) => `ingress ${line}`),
    ],
  };
}
