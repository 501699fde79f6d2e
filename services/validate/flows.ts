import ipaddr from "ipaddr.js";
import type { Caller, Egress, Flow } from "../schema/flow.ts";
import type { Listener } from "../schema/listener.ts";
import type { Service } from "../schema/service.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byDomain, byFlow } from "./label.ts";
import { show } from "./show.ts";

/** Who may talk to whom, why, and never in clear text beyond the host or pod. */

const SHORTEST_WHY = 8;
/** What EC2 takes in the description of a rule whose peer is a group, which has no `&` and no `>`. */
const DESCRIBABLE = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]*$/;
const LONGEST_DESCRIPTION = 255;

/** A reason that a person and EC2 take. */
export const reasoned = (path: string, why: string): readonly Fault[] => [
  ...unless(
    why.trim().length >= SHORTEST_WHY,
    `${path}/why`,
    `must say why, in at least ${SHORTEST_WHY} characters`,
    show(why),
  ),
  ...unless(
    DESCRIBABLE.test(why),
    `${path}/why`,
    "must be letters, digits, spaces and ._-:/()#,@[]+=;{}!$*: EC2 takes no other in a rule's description",
    [...new Set(why)]
      .filter((character) => !DESCRIBABLE.test(character))
      .map(show)
      .join(" "),
  ),
];

/** Where a caller runs: jobs run on their component's hosts, but in pods of their own. */
const placeOf = (caller: Caller): Caller => (caller.kind === "job" && caller.on.kind === "hosts" ? caller.on : caller);

/** True when a loopback listener is on the caller's own host. */
function sameHost(service: Service, caller: Caller, to: Listener): boolean {
  const place = placeOf(caller);
  if (place.name === to.owner) return true;
  return service.stores.some((store) => store.name === to.owner && "on" in store && store.on === place);
}

/** Hosts of one component in several zones may talk among themselves. */
const hasPeers = (caller: Caller, to: Listener) =>
  caller.kind === "hosts" && caller.zones > 1 && to.transport !== "loopback";

function transport(service: Service, path: string, { from, to }: Flow): readonly Fault[] {
  return [
    ...unless(
      to.transport !== "loopback" || sameHost(service, from, to),
      `${path}/to`,
      "must be encrypted: loopback is for callers on the same host",
      `${to.owner}/${to.name} without TLS`,
    ),
    ...unless(
      to.transport !== "link-local",
      `${path}/to`,
      "must not be a service of the hypervisor: the platform gives those",
      `${to.owner}/${to.name}`,
    ),
    ...unless(
      to.purpose !== "metrics",
      `${path}/to`,
      "must not be a metrics port: only the platform scrapes",
      `${to.owner}/${to.name}`,
    ),
    ...unless(
      to.purpose !== "peer",
      `${path}/to`,
      "must not be a peer port: members of a store reach each other without being declared",
      `${to.owner}/${to.name}`,
    ),
  ];
}

function declared(service: Service, flow: Flow): readonly Fault[] {
  const path = `${service.name}/flows/${byFlow(flow) ?? "?"}`;
  const { from, to, why, paths } = flow;
  const longest = `${service.name}-${placeOf(from).name} to ${service.name}-${to.owner}:${to.port} ${why}`.length;
  return [
    ...reasoned(path, why),
    ...unless(
      longest <= LONGEST_DESCRIPTION,
      `${path}/why`,
      `must leave a rule's description within ${LONGEST_DESCRIPTION} characters`,
      `${longest} characters`,
    ),
    ...unless(
      placeOf(from).name !== to.owner || hasPeers(from, to),
      path,
      "must lead to another component, or to the same on other hosts",
      `${from.name} to itself`,
    ),
    ...transport(service, path, flow),
    ...unless(
      paths === undefined || to.transport === "mtls",
      `${path}/paths`,
      "must be absent unless the listener knows its callers by certificate",
      `a listener with ${to.transport}`,
    ),
    ...(paths ?? []).flatMap((each) =>
      unless(each.startsWith("/"), `${path}/paths`, 'must begin with "/"', show(each)),
    ),
  ];
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** An exact name, or `*.` before one; at least two labels, the last of them no number. */
function isDomain(text: string): boolean {
  const labels = (text.startsWith("*.") ? text.slice(2) : text).split(".");
  return (
    text.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/.test(labels.at(-1) ?? "")
  );
}

function outbound(service: Service, egress: Egress): readonly Fault[] {
  const path = `${service.name}/egress/${byDomain(egress) ?? "?"}`;
  const { from, domain, port, why } = egress;
  const place = from.kind === "job" ? from.on : from;
  const tier = place.kind === "pods" ? "app" : place.tier;
  return [
    ...reasoned(path, why),
    ...unless(
      isDomain(domain) && !ipaddr.isValid(domain),
      `${path}/domain`,
      "must be a lower-case domain of at least two labels, or *. and one: the firewall matches names, not addresses",
      show(domain),
    ),
    ...unless(
      !/(^|\.)amazonaws\.com$/.test(domain),
      `${path}/domain`,
      "must not be an AWS service: those are reached by the platform's endpoints",
      show(domain),
    ),
    ...unless(
      port === 443,
      `${path}/port`,
      "must be 443: the firewall reads the name in TLS; mail leaves by endpoints.mail",
      show(port),
    ),
    ...unless(
      tier === "app",
      `${path}/from`,
      `must stand in tier app: ${tier} has no way to the internet`,
      show(from.name),
    ),
  ];
}

export const flows: Check = ({ services }) =>
  services.flatMap((service) => [
    ...service.flows.flatMap((flow) => declared(service, flow)),
    ...service.egress.flatMap((egress) => outbound(service, egress)),
  ]);
