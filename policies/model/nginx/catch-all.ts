import { kind } from "../estate.ts";
import { type NginxServer, nginxServers, speaksTls } from "./servers.ts";

/** The server of a socket that gets what no other one is named for. */
export interface CatchAll {
  readonly at: NginxServer["at"];
  /** `10.0.0.1:443`. */
  readonly socket: string;
  readonly server: NginxServer;
}

/**
 * For each socket of a host that serves a name: the `default_server`, or else the first. Sockets without any name are meant
 * to answer all; callers with certificates read no links; before pods stands a load balancer that matches names.
 */
export const catchAllSockets = kind<CatchAll>("NGINX socket", (estate) => {
  const sockets = new Map<string, Socket>();
  for (const server of estate.of(nginxServers).filter(asksNames)) {
    for (const { address, port, isDefault } of server.listens.filter(({ loopback }) => !loopback)) {
      const socket = `${address}:${port}`;
      const key = `${server.at.source} ${server.at.resource} ${socket}`;
      sockets.set(key, joined(sockets.get(key), { socket, server, isDefault, named: hasName(server) }));
    }
  }
  return [...sockets.values()]
    .filter(({ named }) => named)
    .map(({ socket, server }) => ({ at: server.at, socket, server }));
});

interface Socket {
  readonly socket: string;
  readonly server: NginxServer;
  readonly isDefault: boolean;
  readonly named: boolean;
}

const asksNames = (server: NginxServer): boolean =>
  server.protocol === "http" &&
  !("release" in server.configuration.of) &&
  speaksTls(server) &&
  server.context.word("ssl_verify_client", "off") !== "on";

const hasName = ({ names }: NginxServer): boolean => names.some((name) => name !== "_" && name !== "");

/** The first server of a socket stays its default until one says that it is. */
function joined(before: Socket | undefined, next: Socket): Socket {
  if (before === undefined) return next;
  const taken = next.isDefault && !before.isDefault ? next : before;
  return { ...taken, named: before.named || next.named };
}
