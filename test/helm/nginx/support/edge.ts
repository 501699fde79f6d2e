import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EdgeValues, ServiceValues } from "../../../../helm/values/service-values.ts";
import { type Application, startApplication } from "./application.ts";
import { type Authority, authority, type Identity, issue } from "./authority.ts";
import { type Answer, type Asked, ask, LOAD_BALANCER, type Server } from "./client.ts";
import { configuration, moved } from "./configuration.ts";
import { type Nginx, startNginx } from "./nginx.ts";
import { freePorts } from "./ports.ts";

/** An edge of real values on loopback, and what is around it. */
export interface Edge {
  readonly server: Server;
  readonly metrics: Server;
  /** Address of the page that the exporter reads. */
  readonly status: string;
  readonly nginx: Nginx;
  readonly authority: Authority;
  /** Its own certificate, whose files a test may replace. */
  readonly identity: Identity;
  /** Behind it, by name; none for those that a test started itself. */
  readonly applications: Readonly<Record<string, Application>>;
  /** Asks it as the load balancer does, for a client of this address. */
  readonly ask: (asked: Asked & { readonly client?: string }) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** What a test does differently. */
export interface Differently {
  readonly authority?: Authority;
  /** Ports of what it started itself behind the edge, by name of the upstream. */
  readonly behind?: Readonly<Record<string, number>>;
  /** Port of what stands for the exporter; nothing listens unless stated. */
  readonly exporter?: number;
  /** Text in the configuration, and what stands there instead. */
  readonly instead?: Readonly<Record<string, string>>;
}

const edgeOf = (values: ServiceValues): EdgeValues => {
  const edge = values.components["edge"]?.edge;
  if (edge === undefined) throw new Error(`${values.service}: must have an edge, got none`);
  return edge;
};

/** Subject as openssl takes it, and names, of the certificate that a component of a service has. */
export const subjectOf = (values: ServiceValues, component: string): readonly [string, readonly string[]] => {
  const certificate = values.components[component]?.certificate;
  if (certificate === undefined) throw new Error(`${component}: must have a certificate, got none`);
  return [`/CN=${certificate.commonName}`, certificate.dnsNames];
};

/** Starts the edge of a service, with an application behind it for each upstream. */
export async function startEdge(values: ServiceValues, differently: Differently = {}): Promise<Edge> {
  const edge = edgeOf(values);
  const folder = mkdtempSync(join(tmpdir(), "edge-"));
  const issuer = differently.authority ?? authority(folder);
  const [subject, names] = subjectOf(values, "edge");
  const identity = issue(issuer, subject, [...names, edge.serverName]);
  const applications: Record<string, Application> = {};
  const behind: Record<string, number> = { ...differently.behind };
  for (const [name, { host }] of Object.entries(edge.upstreams)) {
    if (name in behind) continue;
    const application = await startApplication(issue(issuer, `/CN=${name}`, [host]));
    applications[name] = application;
    behind[name] = application.port;
  }
  const [port = 0, metricsPort = 0, status = 0, exporter = 0] = await freePorts(4);
  const text = moved(await configuration(values, "edge"), {
    [`listen ${edge.port} ssl`]: `listen 127.0.0.1:${port} ssl`,
    [`listen ${edge.metricsPort} ssl`]: `listen 127.0.0.1:${metricsPort} ssl`,
    "listen 127.0.0.1:8081": `listen 127.0.0.1:${status}`,
    "127.0.0.1:19113": `127.0.0.1:${differently.exporter ?? exporter}`,
    ...Object.fromEntries(
      edge.trustedProxies.map((range, index) => [range, index === 0 ? LOAD_BALANCER : `127.0.1.${index}`]),
    ),
    ...Object.fromEntries(
      Object.entries(edge.upstreams).map(([name, to]) => [`${to.host}:${to.port}`, `127.0.0.1:${behind[name]}`]),
    ),
    ...differently.instead,
  });
  const nginx = await startNginx(text, join(folder, "edge"), identity.folder, port);
  const server = { port, name: edge.serverName, authority: issuer };
  return {
    server,
    metrics: { ...server, port: metricsPort },
    status: `http://127.0.0.1:${status}/stub_status`,
    nginx,
    authority: issuer,
    identity,
    applications,
    ask: ({ client = "198.51.100.1", headers = {}, ...asked }) =>
      ask(server, { ...asked, headers: { ...addressOf(edge, client), ...headers } }),
    stop: async () => {
      await nginx.stop();
      await Promise.all(Object.values(applications).map((application) => application.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How the load balancer tells a client's address. */
const addressOf = ({ clientAddress }: EdgeValues, client: string): Readonly<Record<string, string>> =>
  clientAddress === "x-forwarded-for"
    ? { "X-Forwarded-For": client }
    : { "X-Forwarded-For": "192.0.2.250", "CloudFront-Viewer-Address": `${client}:4321` };
