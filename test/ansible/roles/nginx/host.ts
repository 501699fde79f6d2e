import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Estate, Host } from "../../../../services/resolve.ts";
import { type Application, startApplication } from "../../../helm/nginx/support/application.ts";
import { type Authority, type Identity, revokingAuthority } from "./authority.ts";
import type { Target } from "./client.ts";
import { type Around, type Running, running } from "./running.ts";

/** The two authorities of an environment, on this machine. */
export interface Authorities {
  readonly internal: Authority;
  readonly broker: Authority;
  readonly stop: () => void;
}

export function authorities(): Authorities {
  const folder = mkdtempSync(join(tmpdir(), "authorities-"));
  return {
    internal: revokingAuthority(folder, "internal"),
    broker: revokingAuthority(folder, "broker"),
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A host's NGINX, its application, and how to ask either. */
export interface RunningHost extends Running {
  readonly application: Application;
  /** A port of the host, under the host's own name unless another is given. */
  readonly target: (port: number, name?: string) => Target;
}

export function hostNamed(estate: Estate, tag: string): Host {
  const found = estate.services.flatMap(({ hosts }) => hosts).find((host) => host.tag === tag);
  if (found === undefined) throw new Error(`no host "${tag}"`);
  return found;
}

/** What stands around a host by its configuration: files of either authority, addresses. */
export function aroundOf(
  { network }: Estate,
  host: Host,
  { internal, broker }: Authorities,
  names: readonly string[],
  text: string,
): Omit<Around, "application"> {
  const identities = new Map<Authority, Identity>();
  const identity = (authority: Authority) => {
    const known = identities.get(authority);
    if (known !== undefined) return known;
    const purpose = "serverAuth,clientAuth" as const;
    const made = authority.issue(`/CN=${host.domain}`, { names: [host.domain, ...names], purpose });
    identities.set(authority, made);
    return made;
  };
  // The internal authority's files lie below /etc, the broker's beside its applications.
  const of = (path: string) => (path.startsWith("/etc/") ? internal : broker);
  const contents = {
    ssl_certificate: (path: string) => identity(of(path)).certificate,
    ssl_certificate_key: (path: string) => identity(of(path)).key,
    ssl_client_certificate: (path: string) => of(path).certificate,
    ssl_crl: (path: string) => of(path).list(),
  } as const;
  const named = [...text.matchAll(/^ +(ssl_certificate|ssl_certificate_key|ssl_client_certificate|ssl_crl) (\S+);$/gm)];
  return {
    address: host.address,
    balancers: network.subnets.filter(({ tier }) => tier === "public").map(({ cidr }) => cidr),
    files: Object.fromEntries(
      named.map(([, directive = "", path = ""]) => [path, contents[directive as keyof typeof contents](path)]),
    ),
  };
}

/** Starts a host's NGINX with its configuration, and an application behind it. */
export async function startHost(
  estate: Estate,
  tag: string,
  given: { readonly authorities: Authorities; readonly names: readonly string[]; readonly text: string },
): Promise<RunningHost> {
  const host = hostNamed(estate, tag);
  const application = await startApplication();
  const around = aroundOf(estate, host, given.authorities, given.names, given.text);
  const nginx = await running(given.text, { ...around, application: application.port });
  const trusted = given.authorities.internal.certificate + given.authorities.broker.certificate;
  return {
    ...nginx,
    application,
    target: (port, name = host.domain) => ({ port: nginx.port(port), name, authority: trusted }),
    stop: async () => {
      await nginx.stop();
      await application.stop();
    },
  };
}
