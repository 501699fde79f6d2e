import type { Estate } from "../estate.ts";
import { objectOf, textOf } from "../json.ts";
import { type NginxServer, nginxServers } from "../nginx/servers.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { type Container, staysOn } from "./container.ts";
import { policiesOf } from "./network-policies.ts";
import { objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";

/** A port of a pod that others may reach, as far as its manifest and its configuration show. */
export interface Listener {
  readonly container: Container;
  readonly port: number;
  /** Whether the container lists it among its ports. */
  readonly listed: boolean;
  readonly encrypted: Value<boolean>;
  /** The server of NGINX behind it, where it is one. */
  readonly server: NginxServer | undefined;
}

const OF_MAPS = {};

/** Servers of NGINX by the ConfigMap that they are configured in: `namespace/name`. */
const serversByMap = (estate: Estate): ReadonlyMap<string, readonly NginxServer[]> =>
  estate.once(OF_MAPS, () =>
    Map.groupBy(estate.of(nginxServers), ({ configuration: { of } }) =>
      "release" in of ? `${of.namespace ?? "default"}/${of.name}` : "",
    ),
  );

/** Servers that a container runs: those of the ConfigMaps that it mounts. */
export const serversOf = ({ volumes, namespace }: Pod, container: Container, estate: Estate): readonly NginxServer[] =>
  container.mounts.flatMap(({ volume }) => {
    const mounted = volumes.find(({ name, kind }) => name === volume && kind === "configMap");
    return serversByMap(estate).get(`${namespace}/${String(mounted?.source.raw["name"])}`) ?? [];
  });

const OF_PODS = {};

/** Ports that containers list, and ports that NGINX is told to open beyond its own pod. */
export function listenersOf(pod: Pod, estate: Estate): readonly Listener[] {
  const read = estate.once(OF_PODS, () => new Map<Pod, readonly Listener[]>());
  const known = read.get(pod) ?? readListeners(pod, estate);
  read.set(pod, known);
  return known;
}

function readListeners(pod: Pod, estate: Estate): readonly Listener[] {
  return pod.containers.filter(staysOn).flatMap((container) => {
    const servers = serversOf(pod, container, estate);
    const open = servers.flatMap((server) =>
      server.listens.flatMap(({ port, loopback, tls }) =>
        loopback || port === undefined ? [] : [{ port, tls, server }],
      ),
    );
    const listed = container.ports.flatMap(({ port }) => (typeof port === "number" ? [port] : []));
    return [...new Set([...listed, ...open.map(({ port }) => port)])].map((port): Listener => {
      const own = open.filter((each) => each.port === port);
      return {
        container,
        port,
        listed: listed.includes(port),
        encrypted: own.length > 0 ? own.every(({ tls }) => tls) : probed(pod, port),
        server: own[0]?.server,
      };
    });
  });
}

/** What the kubelet speaks with a port shows what it is: TLS by HTTPS alone. */
function probed({ containers }: Pod, port: number): Value<boolean> {
  const probes = containers.flatMap(({ startup, readiness, liveness }) => [startup, readiness, liveness]);
  const schemes = probes.flatMap((each) => (each?.kind === "http" && each.port === port ? [known(each.scheme)] : []));
  if (schemes.includes("HTTP")) return false;
  return schemes.includes("HTTPS") ? true : new Unknown(`what port ${port} speaks is not shown`);
}

/** Whether anybody may open a connection to a pod: no policy closes it, or one that does lets somebody in. */
export function letsIn(pod: Pod, estate: Estate): boolean {
  const closing = policiesOf(pod, estate).filter(({ closes }) => closes.includes("ingress"));
  return closing.length === 0 || closing.some(({ ingress }) => ingress.length > 0);
}

/** All addresses of a machine: `0.0.0.0`, `0.0.0.0:8080`, `[::]:8080`, `:8080`. */
const EVERYWHERE = /^(?:0\.0\.0\.0|\[::\]|::)(?::\d+)?$|^:\d+$/;
const OPTION = /^-{1,2}[\w.-]+=/;

/** Words of a container by which it would listen on all addresses: its command, and its variables of all sources. */
export function wideWords(pod: Pod, container: Container, estate: Estate): readonly string[] {
  const words = container.command.map((each) => each.replace(OPTION, ""));
  const own = container.variables.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const maps = objectsOf(estate, "ConfigMap", "").filter(
    ({ name, namespace }) =>
      (namespace ?? "default") === pod.namespace &&
      container.variablesFrom.some((from) => from.kind === "configMap" && from.name === name),
  );
  const given = maps.flatMap(({ body }) => Object.values(objectOf(body["data"])).map((each) => textOf(each) ?? ""));
  return [...words, ...own, ...given].filter((each) => EVERYWHERE.test(each));
}

/** For a rule: whether it is not known to be so. */
export const isClear = ({ encrypted }: Listener): boolean => isUnknown(encrypted) || !encrypted;
