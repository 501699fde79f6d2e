import type { ResolvedEntrypoint } from "../../../services/resolve.ts";
import type { PassThrough, Web } from "../../../services/schema/entrypoint.ts";
import type { LabPlan } from "../plan.ts";
import type { LabState } from "../state.ts";
import { addressIn } from "./addresses.ts";

/** First number of a load balancer in a public subnet; below it AWS keeps addresses. */
const FIRST = 10;

/** A load balancer of the service, and its address in each public subnet. */
export interface Balancer {
  readonly entry: ResolvedEntrypoint;
  readonly addresses: readonly string[];
}

/** Load balancers of the lab's service. */
export const balancerAddresses = ({ estate, resolved }: Pick<LabPlan, "estate" | "resolved">): readonly Balancer[] =>
  resolved.entrypoints.map((entry, index) => ({
    entry,
    addresses: estate.network.subnets
      .filter(({ tier }) => tier === "public")
      .map(({ cidr }) => addressIn(cidr, FIRST + index)),
  }));

/** Names that the certificate of the load balancers holds. */
export const balancerNames = (plan: LabPlan): readonly string[] =>
  plan.resolved.entrypoints.filter(({ entrypoint }) => entrypoint.kind === "web").map(({ hostName }) => hostName);

/** Ranges of an audience; undefined for everybody. */
const rangesOf = ({ estate }: LabPlan, audience: "internet" | "clients" | "admins"): readonly string[] | undefined =>
  audience === "internet" ? undefined : estate.environment.ranges[audience];

/** A condition of HAProxy for paths like `/metrics` and `/metrics/*`. */
const pathRule = (name: string, paths: readonly string[]): readonly string[] =>
  paths.map((path) =>
    path.endsWith("*") ? `  acl ${name} path_beg ${path.slice(0, -1)}` : `  acl ${name} path ${path}`,
  );

/** Configuration of HAProxy, which stands for the service's load balancers. */
export function balancersConfig(plan: LabPlan, state: LabState): string {
  const parts = balancerAddresses(plan).flatMap((balancer) => {
    const { entrypoint } = balancer.entry;
    return entrypoint.kind === "web"
      ? application(plan, state, balancer, entrypoint)
      : network(plan, balancer, entrypoint);
  });
  const settings = [
    "global",
    "  maxconn 4096",
    `  stats socket ${state.at("run/balancers.sock")} mode 600 level admin`,
    "  ssl-server-verify none",
    "defaults",
    "  timeout connect 5s",
    "  timeout client 60s",
    "  timeout server 60s",
    "  timeout check 5s",
    "  default-server inter 500ms fall 3 rise 2",
  ];
  return `${[...settings, ...parts].join("\n")}\n`;
}

/** Members: the hosts of the target's group, by their Name tags. */
const members = ({ hosts }: LabPlan, { to }: Web | PassThrough, options: string): readonly string[] =>
  hosts
    .filter(({ group }) => group === to.owner)
    .map(({ tag, address }) => `  server ${tag} ${address}:${to.port} ${options}`);

/**
 * An application load balancer: TLS ends here and begins anew to targets, whose certificate nobody checks; one host name;
 * hidden paths and those of narrower audiences are answered 404. It adds no headers to answers: those seen are the hosts' own.
 */
function application(plan: LabPlan, state: LabState, { entry, addresses }: Balancer, web: Web): readonly string[] {
  const { resource, hostName } = entry;
  const narrow = web.routes.flatMap(({ class: name, paths, audience }) => {
    const ranges = audience === undefined ? undefined : rangesOf(plan, audience);
    if (ranges === undefined) return [];
    const condition = `path-${name}`;
    return [
      ...pathRule(condition, paths),
      `  acl from-${name} src ${ranges.join(" ")}`,
      `  http-request return status 404 content-type text/plain string "not found" if ${condition} !from-${name}`,
    ];
  });
  return [
    `frontend ${resource}`,
    "  mode http",
    ...addresses.map((address) => `  bind ${address}:80`),
    ...addresses.map(
      (address) =>
        `  bind ${address}:443 ssl crt ${state.at("cloud/balancers.pem")} ssl-min-ver TLSv${web.minimumTls} alpn h2,http/1.1`,
    ),
    "  http-request redirect scheme https code 301 unless { ssl_fc }",
    `  http-request return status 404 content-type text/plain string "not found" unless { req.hdr(host),field(1,:) -i ${hostName} }`,
    ...pathRule("hidden", web.hidden),
    ...(web.hidden.length === 0
      ? []
      : ['  http-request return status 404 content-type text/plain string "not found" if hidden']),
    ...narrow,
    // Appended: the last entry is true, and any before it is hearsay.
    "  http-request set-header X-Forwarded-For %[req.fhdr(x-forwarded-for)],\\ %[src] if { req.fhdr(x-forwarded-for) -m found }",
    "  http-request set-header X-Forwarded-For %[src] unless { req.fhdr(x-forwarded-for) -m found }",
    "  http-request set-header X-Forwarded-Proto https",
    "  http-request set-header X-Forwarded-Port 443",
    `  default_backend ${resource}`,
    `backend ${resource}`,
    "  mode http",
    "  balance roundrobin",
    "  option httpchk",
    `  http-check send meth GET uri ${web.health} ver HTTP/1.1 hdr Host target hdr User-Agent ELB-HealthChecker/2.0`,
    "  http-check expect status 200",
    `  timeout server ${web.idle}s`,
    `  source ${addresses[0]}`,
    ...(web.sticky === undefined ? [] : ["  cookie AWSALB insert indirect nocache"]),
    ...members(plan, web, "ssl verify none alpn http/1.1 check"),
  ];
}

/** A network load balancer: TCP to the targets with the proxy protocol, for permitted addresses alone. */
function network(plan: LabPlan, { entry, addresses }: Balancer, pass: PassThrough): readonly string[] {
  const { resource } = entry;
  const ranges = rangesOf(plan, pass.audience);
  return [
    `frontend ${resource}`,
    "  mode tcp",
    ...addresses.map((address) => `  bind ${address}:${pass.to.port}`),
    ...(ranges === undefined ? [] : [`  tcp-request connection reject unless { src ${ranges.join(" ")} }`]),
    `  timeout client ${pass.idle}s`,
    `  default_backend ${resource}`,
    `backend ${resource}`,
    "  mode tcp",
    `  timeout server ${pass.idle}s`,
    `  source ${addresses[0]}`,
    // A port of its own for checks: these come without the proxy protocol's header, as at AWS.
    ...members(plan, pass, `send-proxy-v2 check port ${pass.to.port}`),
  ];
}
