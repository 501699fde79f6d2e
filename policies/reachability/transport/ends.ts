import type { Estate } from "../../model/estate.ts";
import { loadBalancers } from "../../model/load-balancers.ts";
import type { Interface } from "../../model/network/interfaces/interface.ts";
import { nginxServers } from "../../model/nginx/servers.ts";
import type { Place } from "../../model/place.ts";
import { databaseTransports } from "../../model/tls/databases.ts";
import { isUnknown, known } from "../../model/value.ts";
import type { Site } from "../parties/site.ts";
import { protocolAndPort } from "../space/services.ts";
import { type End, end, worst } from "./end.ts";
import { filesRefuseClear } from "./files.ts";
import { hostEnds } from "./programs.ts";

/** How a connection ends at a site, on one port: what the outputs of what answers there say. */
export function endAt(estate: Estate, to: Site, point: number): End {
  const { protocol, port } = protocolAndPort(point);
  switch (to.kind) {
    case "link-local":
      return end("machine", "it is beside the machine, and leaves it by no network");
    case "load balancer":
      return balancerEnd(estate, to, port);
    case "host":
      return protocol === 6 ? hostEnd(estate, to, port) : end("unknown", "no program is known to answer it");
    case "pods":
      return podEnd(estate, to, port);
    case "endpoint":
      return endpointEnd(port);
    case "managed":
      return managedEnd(estate, to);
    case "cluster":
    case "nodes":
      return clusterEnd(port);
    case "outside":
      return end("unknown", "whoever answers there");
  }
}

function balancerEnd(estate: Estate, { interfaces }: Site, port: number): End {
  const own = estate.of(loadBalancers).filter(({ resource }) => interfaces.some((each) => each.resource === resource));
  const listeners = own.flatMap((each) => each.listeners).filter((each) => known(each.port) === port);
  const ends = listeners.map(({ at, protocol, actions }) => {
    const word = known(protocol) ?? "";
    const what = `listener ${at.resource} speaks ${String(protocol)}`;
    if (/^(?:HTTPS|TLS|QUIC)$/i.test(word)) return end("tls", what, at);
    const redirects = actions.length > 0 && actions.every(({ redirect }) => known(redirect?.protocol) === "HTTPS");
    if (redirects) return end("redirect", `${what} and redirects to HTTPS`, at);
    if (/^(?:TCP|TCP_QUIC)$/i.test(word)) return end("passes", `${what} and passes it on`, at);
    return end(isUnknown(protocol) ? "unknown" : "clear", what, at);
  });
  return worst(ends) ?? end("unknown", "no listener is known to answer it");
}

function hostEnd(estate: Estate, { hosts }: Site, port: number): End {
  const ends = hosts.map(({ name, at }) => {
    const own = hostEnds(estate).get(`${name}:${port}`);
    return worst(own ?? []) ?? end("unknown", `no file of ${name} says what answers on ${port}`, at);
  });
  return worst(ends) ?? end("unknown", "its files are not among the outputs");
}

/** Of a pod: NGINX beside the application, by the ConfigMap that it mounts. */
function podEnd(estate: Estate, { pods, party, at }: Site, port: number): End {
  const ends = pods.flatMap((pod) => {
    const maps = new Set(pod.volumes.flatMap(({ source }) => [source.raw["name"]]));
    const own = estate
      .of(nginxServers)
      .filter(({ configuration: { of } }) => "kind" in of && of.namespace === pod.namespace && maps.has(of.name));
    const sockets = own.flatMap(({ listens, at: place }) =>
      listens
        .filter((each) => each.port === port && !each.loopback)
        .map(({ tls }) => end(tls ? "tls" : "clear", `NGINX of ${place.resource}`, place)),
    );
    return sockets.length > 0
      ? sockets
      : [end("unknown", `no configuration of ${pod.owner} says what answers on ${port}`, pod.at)];
  });
  return worst(ends) ?? end("unknown", `${party} has no pods`, at);
}

/** Endpoints of AWS answer TLS only; that of mail refuses to log in before STARTTLS (Amazon SES developer guide). */
function endpointEnd(port: number): End {
  if (port === 443) return end("tls", "the service's API");
  if ([465, 587, 2465, 2587].includes(port)) return end("tls", "STARTTLS, without which SES takes no login");
  return end("unknown", "no API of AWS is known to answer it");
}

/** The API server, kubelets and the metrics server that EKS runs speak TLS only. */
const CLUSTER: ReadonlyMap<number, string> = new Map([
  [443, "the API server"],
  [10_250, "kubelet"],
  [10_251, "the metrics server"],
]);

function clusterEnd(port: number): End {
  const who = CLUSTER.get(port);
  return who === undefined ? end("unknown", "nothing of the cluster is known to answer it") : end("tls", who);
}

function managedEnd(estate: Estate, { interfaces, at }: Site): End {
  const ends = interfaces.map((each) =>
    each.what === "files"
      ? refusing(filesRefuseClear(estate, each.resource), "the file system's policy", each.at)
      : databaseEnd(estate, each),
  );
  return worst(ends) ?? end("unknown", "nothing says how it speaks", at);
}

const refusing = (refuses: boolean, who: string, at: Place): End =>
  end(refuses ? "tls" : "clear", `${who} ${refuses ? "refuses" : "lets pass"} clear text`, at);

function databaseEnd(estate: Estate, { at }: Interface): End {
  const own = estate
    .of(databaseTransports)
    .find(({ at: { resource, stack } }) => resource === at.resource && stack === at.stack);
  if (own === undefined) return end("unknown", `nothing says how ${at.resource} speaks`, at);
  const { refusesClearText, attribute } = own;
  return isUnknown(refusesClearText)
    ? end("unknown", attribute, own.at)
    : refusing(refusesClearText, attribute, own.at);
}
