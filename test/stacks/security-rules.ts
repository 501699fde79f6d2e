import type { SynthesizedEstate } from "../support/estate.ts";

/** Reads which connections the security groups of a service permit: from its Terraform JSON alone, and knows nothing of how it was made. */

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

/** The party of a group id expression: a group of the stack itself by its address, one of another stack by its output's key. */
export function partyIn(service: string): (group: string) => End {
  return (group) => {
    const own = /^\$\{aws_security_group\.([a-z0-9-]+)_group\.id\}$/.exec(group);
    if (own !== null) return `${service}/${own[1]}`;
    const endpoint = /^\$\{data\.terraform_remote_state\.network\.outputs\.endpointGroupIds\.([a-z]+)\}$/.exec(group);
    if (endpoint !== null) return `platform/endpoint-${endpoint[1]}`;
    const other = /^\$\{data\.terraform_remote_state\.[a-z-]+\.outputs\.securityGroupIds\["([a-z/-]+)"\]\}$/.exec(
      group,
    );
    if (other?.[1] !== undefined) return other[1];
    throw new Error(`no party stands for ${group}`);
  };
}

/** What the index declares for a service that leaves a host, with outsiders as their ranges. */
export function declaredFor(index: SynthesizedEstate["index"], environment: string, service: string): Permitted {
  const entry = index.environments.find(({ name }) => name === environment);
  const found = entry?.services.find(({ name }) => name === service);
  if (entry === undefined || found === undefined) throw new Error(`no ${service} in ${environment}`);
  const ranges: Readonly<Record<string, readonly string[]>> = {
    "outside/internet": ["0.0.0.0/0"],
    "outside/clients": entry.ranges.clients,
    "outside/admins": entry.ranges.admins,
  };
  const isParty = (end: End) => ranges[end] === undefined && end !== "0.0.0.0/0";
  const crossing = (found.flows as Flows).filter(
    ({ transport }) => transport !== "loopback" && transport !== "link-local",
  );
  const pairs = [
    ...crossing.flatMap(({ from, to, protocol, ports }) => ports.map((port) => ({ from, to, protocol, port }))),
    ...found.egress.map(({ from, port }) => ({ from, to: "0.0.0.0/0", protocol: "tcp", port })),
  ];
  const lines = pairs.flatMap(({ from, to, protocol, port }) =>
    (ranges[from] ?? [from]).map((source) => ({ from, to, line: `${source} -> ${to} ${protocol}/${port}` })),
  );
  // Two domains on one port are one rule; two flows never are.
  const once = [...new Map(lines.map((each) => [each.line, each])).values()];
  return {
    egress: once.filter(({ from }) => isParty(from)).map(({ line }) => line),
    ingress: once.filter(({ to }) => isParty(to)).map(({ line }) => line),
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
