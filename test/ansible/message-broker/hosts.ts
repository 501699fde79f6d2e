import type { HostRole } from "../../../ansible/inventory/role.ts";
import { backupAgent } from "../../../ansible/inventory/roles/backup-agent.ts";
import { baseline } from "../../../ansible/inventory/roles/baseline.ts";
import { hostFirewall } from "../../../ansible/inventory/roles/host-firewall.ts";
import { mariadb } from "../../../ansible/inventory/roles/mariadb.ts";
import { nginx } from "../../../ansible/inventory/roles/nginx.ts";
import { privateCaClient } from "../../../ansible/inventory/roles/private-ca-client.ts";
import { pythonService } from "../../../ansible/inventory/roles/python-service.ts";
import { type Rendered, render } from "../support/render.ts";

/** Files of the broker's hosts in dev as the roles write them together, read without the code that made them. */

const roles: readonly HostRole[] = [
  baseline,
  hostFirewall,
  privateCaClient,
  nginx,
  pythonService,
  mariadb,
  backupAgent,
];

export const PROXY = "dev-brk-proxy-a";
export const MAIN = "dev-brk-main-a";
export const WORKER = "dev-brk-worker-a";
export const PORTAL = "dev-brk-portal-a";
export const broker = [PROXY, MAIN, WORKER, PORTAL] as const;

export const renderBroker = (): Rendered => render(roles, broker);

type Settings = Readonly<Record<string, string>>;

/** An environment file, as systemd reads the ones we write. */
const environmentIn = (text: string): Settings =>
  Object.fromEntries([...text.matchAll(/^([A-Z_]+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]));

/** Settings of a unit; the last of a name counts. */
export const unitIn = (text: string): Settings =>
  Object.fromEntries([...text.matchAll(/^([A-Za-z]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));

/** Directives of each `server` of an NGINX, by its port; those of its named one, where there are two. */
function serversIn(text: string): ReadonlyMap<number, Settings> {
  const servers = [...text.matchAll(/^ {4}server \{\n([\s\S]*?)\n {4}\}$/gm)].map(([, body = ""]) =>
    Object.fromEntries([...body.matchAll(/^ {8}(\w+) (.*);$/gm)].map(([, name = "", value = ""]) => [name, value])),
  );
  const byPort = servers.map((server) => [Number(/:(\d+)\b/.exec(server["listen"] ?? "")?.[1]), server] as const);
  return new Map(byPort.filter(([, { listen }]) => !listen?.endsWith("default_server")));
}

/** A certificate of `/etc/platform/certificates.json`. */
interface Place {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  readonly group: string;
  readonly owner?: string;
}
interface Certificates {
  readonly names: readonly string[];
  readonly certificates: readonly Place[];
  readonly register: string;
}

/** The one program of each host. */
export const programs = {
  [PROXY]: { unit: "message-broker-proxy", environment: "/opt/message_broker_proxy/.env", user: "broker-proxy" },
  [MAIN]: { unit: "main_server", environment: "/opt/message_broker/.env", user: "broker-main" },
  [WORKER]: { unit: "message-broker-worker", environment: "/opt/message_broker/worker.env", user: "broker-worker" },
  [PORTAL]: { unit: "message-broker-portal", environment: "/opt/message_broker/portal.env", user: "broker-portal" },
} as const;
export type Host = keyof typeof programs;

/** What stands in files that several roles write. */
interface Read {
  readonly environment: (host: Host) => Settings;
  readonly unit: (host: Host) => Settings;
  /** What the socket that its unit gets listens on. */
  readonly listens: (host: Host) => string | undefined;
  readonly servers: (host: Host) => ReadonlyMap<number, Settings>;
  readonly certificates: (host: Host) => Certificates;
  /** Owner and mode by path. */
  readonly modes: (host: Host) => Readonly<Record<string, { readonly owner: string; readonly mode: string }>>;
}

export const unitPath = (host: Host): string => `etc/systemd/system/${programs[host].unit}.service`;

export const readerOf = (rendered: Rendered): Read => ({
  environment: (host) => environmentIn(rendered.text(host, programs[host].environment)),
  unit: (host) => unitIn(rendered.text(host, unitPath(host))),
  listens: (host) => {
    const socket = unitIn(rendered.text(host, unitPath(host)))["Sockets"];
    return socket === undefined
      ? undefined
      : unitIn(rendered.text(host, `etc/systemd/system/${socket}`))["ListenStream"];
  },
  servers: (host) => serversIn(rendered.text(host, "etc/nginx/nginx.conf")),
  certificates: (host) => JSON.parse(rendered.text(host, "etc/platform/certificates.json")),
  modes: (host) => JSON.parse(rendered.text(host, "files.json")),
});

/** The certificate of the broker's authority. */
export function brokerPlace({ certificates }: Read, host: Host): Place {
  const found = certificates(host).certificates.find(({ name }) => name === "broker");
  if (found === undefined) throw new Error(`${host}: has no certificate of the broker's authority`);
  return found;
}
