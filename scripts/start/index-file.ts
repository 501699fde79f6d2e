import { githubIssuer } from "../../constructs/identity/trust.ts";
import type { Catalogue } from "../../services/catalogue.ts";
import type { Estate, Host, ResolvedFlow, ResolvedService } from "../../services/resolve.ts";
import { type Component, listeners } from "../../services/schema/component.ts";
import type { Entrypoint } from "../../services/schema/entrypoint.ts";
import type { Store } from "../../services/schema/store.ts";
import { weakerChoices } from "../../services/weaker-choices.ts";

/** Resources of one synthesized stack, in the order of deployment. */
export interface StackCount {
  readonly environment: string;
  readonly name: string;
  readonly resources: number;
}

/** Contents of `out/index.json`: what makers leave for policies and reviewers; its schema is `index.schema.json`. */
export const indexOf = (catalogue: Catalogue, estates: readonly Estate[], stacks: readonly StackCount[]) => ({
  services: catalogue.services.map(({ name, code, owner, data, block, logs }) => ({
    name,
    code,
    owner,
    data,
    block,
    logs: { keepSeconds: logs.keep, auditSeconds: logs.audit },
  })),
  weakerChoices: weakerChoices(catalogue.services, catalogue.environments),
  environments: estates.map(({ environment, services, flows, network }) => ({
    name: environment.name,
    account: environment.account,
    repository: environment.repository,
    issuers: [githubIssuer],
    region: environment.region,
    copyRegion: environment.copyRegion,
    cidr: environment.cidr,
    zones: environment.zones.map((zone) => zone.name),
    domain: environment.domain,
    ranges: environment.ranges,
    lock: environment.lock,
    signingKeys: environment.cdnKeys.map(({ publicKey }) => publicKey),
    logs: { keepSeconds: environment.logs.keep, archiveSeconds: environment.logs.archive },
    subnets: network.subnets.map(({ name, tier, zone, cidr, service }) => ({
      name,
      tier,
      zone: zone.name,
      cidr,
      ...(service === undefined ? {} : { service }),
    })),
    stacks: stacks
      .filter((stack) => stack.environment === environment.name)
      .map(({ name, resources }) => ({ name, resources })),
    flows: flows.map(flowEntry),
    services: services.map(serviceEntry),
  })),
});

/** The shape of `out/index.json`. */
export type Index = ReturnType<typeof indexOf>;

function serviceEntry({ service, hosts, entrypoints, flows, egress, secrets, backups }: ResolvedService) {
  return {
    name: service.name,
    components: service.components.map((component) => componentEntry(component, hosts)),
    stores: service.stores.map((store) => storeEntry(store, hosts)),
    entrypoints: entrypoints.map(({ entrypoint, hostName, resource }) => ({
      name: entrypoint.name,
      kind: entrypoint.kind,
      host: hostName,
      audience: entrypoint.audience,
      to: `${service.name}/${entrypoint.to.owner}`,
      port: entrypoint.to.port,
      health: entrypoint.health,
      minimumTls: entrypoint.minimumTls,
      loadBalancer: resource,
      ...pathsOf(entrypoint),
    })),
    flows: flows.map(flowEntry),
    egress: egress.map(({ service: _, ...rest }) => rest),
    secrets,
    backups,
  };
}

/** What a site promises of some of its paths: who gets an answer, how often, and who may keep it. */
function pathsOf(entrypoint: Entrypoint) {
  if (entrypoint.kind !== "web")
    return { signedPaths: [], cachedPaths: [], hiddenPaths: [], narrowedPaths: [], limits: [] };
  const { audience, cached, hidden } = entrypoint;
  return {
    signedPaths: cached.filter(({ signed }) => signed).flatMap(({ paths }) => paths),
    cachedPaths: cached.map(({ paths, for: seconds }) => ({ paths, seconds })),
    hiddenPaths: hidden,
    narrowedPaths: [{ paths: ["/*"], audience }, ...entrypoint.routes].flatMap(({ paths, audience: who }) =>
      who === undefined || who === "internet" ? [] : [{ paths, audience: who }],
    ),
    limits: [
      ...entrypoint.routes
        .filter(({ paths }) => !paths.includes("/*"))
        .map(({ paths, rate }) => ({ paths, requests: Math.ceil((rate.requests / rate.per) * WINDOW) })),
      { paths: ["/*"], requests: entrypoint.flood },
    ].map((limit) => ({ ...limit, seconds: WINDOW })),
  };
}

/** Seconds in which the web firewall counts. */
const WINDOW = 300;

const flowEntry = ({ port, ...flow }: ResolvedFlow) => ({ ...flow, ports: [port] });

const ports = (owner: Component | Exclude<Store, { kind: "objects" }>) =>
  listeners(owner).map(({ name, port, protocol, transport, purpose }) => ({
    name,
    port,
    protocol,
    transport,
    purpose,
  }));

const hostEntries = (hosts: readonly Host[], group: string) =>
  hosts
    .filter((host) => host.group === group)
    .map(({ name, zone, subnet, address, domain, machine }) => ({
      name,
      zone: zone.name,
      subnet,
      address,
      domain,
      machine,
    }));

const componentEntry = (component: Component, hosts: readonly Host[]) => ({
  name: component.name,
  kind: component.kind,
  why: component.why,
  ports: ports(component),
  hosts: hostEntries(hosts, component.name),
});

const storeEntry = (store: Store, hosts: readonly Host[]) => ({
  name: store.name,
  kind: store.kind,
  why: store.why,
  ports: store.kind === "objects" ? [] : ports(store),
  hosts: hostEntries(hosts, store.name),
});
