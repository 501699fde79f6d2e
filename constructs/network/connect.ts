import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { addressRange } from "./address.ts";
import { description, LONGEST } from "./description.ts";

/** A security group of this stack or, by an id token, of an earlier one. `SecurityGroup` is one. */
export interface GroupPeer {
  readonly kind: "group";
  /** Letters, digits and hyphens; stands in rule descriptions and construct ids, so it names no environment. */
  readonly name: string;
  readonly id: string;
}

/** An address range, IPv4 or IPv6, without host bits. */
export interface RangePeer {
  readonly kind: "range";
  readonly name: string;
  readonly cidr: string;
}

/** A managed prefix list, such as that of CloudFront or of the S3 gateway endpoint. */
export interface PrefixListPeer {
  readonly kind: "prefixList";
  readonly name: string;
  readonly id: string;
}

/** One end of a flow. */
export type Peer = GroupPeer | RangePeer | PrefixListPeer;

/** A port, or an inclusive range of ports. */
export type Port = number | { readonly from: number; readonly to: number };

/** Who may open a connection to whom, on what, and why. */
export interface Flow {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: Port;
  /** Default: `tcp`. */
  readonly protocol?: "tcp" | "udp";
  /** Words a reader of the AWS console understands; letters, digits and `._-:/()#,@[]+=;{}!$*`. */
  readonly why: string;
}

interface Rule extends Omit<Flow, "port" | "why"> {
  readonly ports: { readonly from: number; readonly to: number };
  readonly protocol: "tcp" | "udp";
  readonly whys: readonly string[];
}

/**
 * Allows flows: the egress rule of each source group and the ingress rule of each destination group.
 *
 * The only place that makes security group rules. Both rules stand in the stack of `scope`, whichever stack the groups
 * are of, under `<from>-to-<to>-<port>`. Flows that need the same rule (pods that share a group) become one rule that
 * gives every `why`, so pass them in one call.
 * Refuses a flow without a group at either end, a port out of range, and a rule the stack already has from another call:
 * EC2 would refuse the twin half-way through an apply.
 */
export function connect(scope: Construct, flows: Flow | readonly Flow[]): void {
  const stack = TerraformStack.of(scope);
  const merged = new Map<string, Rule>();
  for (const flow of "from" in flows ? [flows] : flows) {
    const rule = parse(flow);
    const key = keyOf(stack, rule);
    const known = merged.get(key);
    merged.set(key, known === undefined ? rule : { ...known, whys: union(known.whys, rule.whys) });
  }
  const existing = new Map(stack.node.children.filter(isConnection).map((made) => [made.key, made]));
  for (const [key, rule] of merged) {
    const twin = existing.get(key);
    if (twin !== undefined) {
      throw new Error(`${label(rule)}: this rule exists as "${twin.node.id}"; pass both flows to one connect()`);
    }
    if (stack.node.tryFindChild(idOf(rule)) !== undefined) {
      throw new Error(`${label(rule)}: two different peers of stack "${stack.node.id}" have one name`);
    }
    new Connection(stack, idOf(rule), key, rule);
  }
}

/** The one or two rules that make one flow possible. */
class Connection extends Construct {
  readonly key: string;

  constructor(scope: Construct, id: string, key: string, rule: Rule) {
    super(scope, id);
    this.key = key;
    const { from, to, ports, protocol, whys } = rule;
    const common = {
      ipProtocol: protocol,
      fromPort: ports.from,
      toPort: ports.to,
      description: description(describe(label(rule), whys)),
      tags: { Name: id },
      // A replaced group gets its new rules before the old group loses its own.
      lifecycle: { createBeforeDestroy: true },
    };
    if (from.kind === "group") {
      new VpcSecurityGroupEgressRule(this, "egress", { ...common, securityGroupId: from.id, ...peerArgs(to) });
    }
    if (to.kind === "group") {
      new VpcSecurityGroupIngressRule(this, "ingress", { ...common, securityGroupId: to.id, ...peerArgs(from) });
    }
  }
}

function isConnection(construct: unknown): construct is Connection {
  return construct instanceof Connection;
}

function parse(flow: Flow): Rule {
  const { from, to, protocol = "tcp" } = flow;
  const ports = typeof flow.port === "number" ? { from: flow.port, to: flow.port } : flow.port;
  const rule = { from, to, ports, protocol, whys: [flow.why] };
  for (const peer of [from, to]) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(peer.name)) {
      throw new Error(`${label(rule)}: a peer's name must be letters, digits and hyphens, got "${peer.name}"`);
    }
    if (peer.kind === "range") {
      addressRange(peer.cidr);
    }
  }
  if (from.kind !== "group" && to.kind !== "group") {
    throw new Error(`${label(rule)}: one end must be a security group, got ${from.kind} and ${to.kind}`);
  }
  if (![ports.from, ports.to].every((port) => Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new Error(`${label(rule)}: a port must be a whole number from 1 to 65535`);
  }
  if (ports.from > ports.to) {
    throw new Error(`${label(rule)}: a port range must run upwards`);
  }
  if (flow.why.trim() === "") {
    throw new Error(`${label(rule)}: a flow must say why it is needed`);
  }
  return rule;
}

function peerArgs(peer: Peer) {
  switch (peer.kind) {
    case "group":
      return { referencedSecurityGroupId: peer.id };
    case "prefixList":
      return { prefixListId: peer.id };
    case "range":
      return addressRange(peer.cidr).family === "ipv4" ? { cidrIpv4: peer.cidr } : { cidrIpv6: peer.cidr };
    default:
      return peer satisfies never;
  }
}

function portText({ ports, protocol }: Pick<Rule, "ports" | "protocol">, between: string): string {
  const port = ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  return protocol === "tcp" ? port : `${port}${between}${protocol}`;
}

function label(rule: Rule): string {
  return `${rule.from.name} to ${rule.to.name}:${portText(rule, "/")}`;
}

/** As many reasons as EC2 takes, and how many are left out: pods that share a group share rules. */
function describe(subject: string, whys: readonly string[]): string {
  const shown = whys
    .map((_, index) => whys.length - index)
    .find((count) => text(subject, whys, count).length <= LONGEST);
  return text(subject, whys, shown ?? 1);
}

function text(subject: string, whys: readonly string[], count: number): string {
  const rest = count < whys.length ? `; and ${whys.length - count} more` : "";
  return `${subject} ${whys.slice(0, count).join("; ")}${rest}`;
}

function idOf(rule: Rule): string {
  return `${rule.from.name}-to-${rule.to.name}-${portText(rule, "-")}`;
}

/** What AWS takes for the same rule: tokens are resolved, since each read of an attribute is a new token. */
function keyOf(stack: TerraformStack, { from, to, ports, protocol }: Rule): string {
  const ends = [from, to].map((peer) => [peer.kind, peer.kind === "range" ? peer.cidr : peer.id]);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = Tokenization.resolve(ends, { scope: stack, resolver });
  return JSON.stringify([resolved, ports.from, ports.to, protocol]);
}

function union(known: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...known, ...more])];
}
