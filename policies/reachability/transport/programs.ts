import type { Estate } from "../../model/estate.ts";
import { etcds } from "../../model/hosts/etcd.ts";
import { parseIni } from "../../model/hosts/ini.ts";
import { listeners } from "../../model/hosts/listeners.ts";
import { mongodbs } from "../../model/hosts/mongodb.ts";
import { postgreses } from "../../model/hosts/postgres.ts";
import { redises } from "../../model/hosts/redis.ts";
import { at as valueAt, yamlOf } from "../../model/hosts/yaml-files.ts";
import { isObject, type JsonObject, textOf } from "../../model/json.ts";
import { placeOf } from "../../model/nginx/listen.ts";
import { nginxServers } from "../../model/nginx/servers.ts";
import { type Place, placeOfHost } from "../../model/place.ts";
import { isUnknown, known } from "../../model/value.ts";
import { type End, end } from "./end.ts";

/** A port of a program on a host, and how it speaks there. */
interface Spoken {
  readonly host: string;
  readonly port: number;
  readonly end: End;
}

const READ = {};

/** Ends of TLS on every host, by host and port, as the files of its programs have it. */
export const hostEnds = (estate: Estate): ReadonlyMap<string, readonly End[]> =>
  estate.once(READ, () => {
    const all = [
      ...webServers(estate),
      ...commands(estate),
      ...stores(estate),
      ...members(estate),
      ...telemetry(estate),
    ];
    const found = new Map<string, End[]>();
    for (const { host, port, end: own } of all) {
      const key = `${host}:${port}`;
      found.set(key, [...(found.get(key) ?? []), own]);
    }
    return found;
  });

/** `prd-tkt-api-a` of `prd-tkt-api-a:/etc/nginx/nginx.conf`. */
const hostOf = ({ resource }: Place): string => resource.split(":")[0] ?? "";

const spoken = (at: Place, port: number, tls: boolean, what: string): Spoken => ({
  host: hostOf(at),
  port,
  end: end(tls ? "tls" : "clear", `${what} in ${at.resource}`, at),
});

const webServers = (estate: Estate): readonly Spoken[] =>
  estate
    .of(nginxServers)
    .flatMap(({ at, title, listens }) =>
      listens.flatMap(({ port, tls, loopback }) =>
        loopback || port === undefined ? [] : [spoken(at, port, tls, `${title} ${tls ? "with" : "without"} ssl`)],
      ),
    );

const commands = (estate: Estate): readonly Spoken[] =>
  estate.of(listeners).flatMap(({ at, option, address, loopback, tls }) => {
    const { port } = placeOf(address.startsWith(":") ? `*${address}` : address);
    return loopback || port === undefined ? [] : [spoken(at, port, tls, `${option} ${tls ? "with" : "without"} TLS`)];
  });

function stores(estate: Estate): readonly Spoken[] {
  const caches = estate.of(redises).flatMap(({ at, word, loopback, sentinel }) => {
    const [clear, tls] = [Number(word("port", sentinel ? "26379" : "6379")), Number(word("tls-port", "0"))];
    if (loopback) return [];
    return [
      ...(clear > 0 ? [spoken(at, clear, false, "port")] : []),
      ...(tls > 0 ? [spoken(at, tls, true, "tls-port")] : []),
    ];
  });
  const documents = estate.of(mongodbs).map(({ at, setting }) => {
    const mode = known(setting("net.tls.mode"));
    return spoken(at, Number(known(setting("net.port")) ?? 27_017), mode === "requireTLS", `net.tls.mode ${mode}`);
  });
  const tables = estate.of(postgreses).flatMap(({ at, parameter, patroni }) => {
    const ssl = /^(?:on|true|yes|1)$/i.test(parameter("ssl") ?? "off");
    const rest = textOf(valueAt(patroni ?? {}, "restapi.listen"));
    const secured = valueAt(patroni ?? {}, "restapi.certfile") !== undefined;
    return [
      spoken(at, Number(parameter("port") ?? 5432), ssl, `ssl ${ssl ? "on" : "off"}`),
      ...(rest === undefined ? [] : [spoken(at, Number(rest.split(":").at(-1)), secured, "restapi.certfile")]),
    ];
  });
  return [...caches, ...documents, ...tables];
}

/** Peers and clients of etcd, by the addresses that it listens on. */
const members = (estate: Estate): readonly Spoken[] =>
  estate.of(etcds).flatMap(({ at, option }) =>
    ["listen-client-urls", "listen-peer-urls"].flatMap((name) =>
      (option(name) ?? "").split(",").flatMap((url) => {
        const [, scheme, address, port] = /^(https?):\/\/(.*):(\d+)$/.exec(url.trim()) ?? [];
        if (port === undefined || /^(?:127\.|localhost|\[::1\])/.test(address ?? "")) return [];
        return [spoken(at, Number(port), scheme === "https", `${name} ${scheme}`)];
      }),
    ),
  );

/** Ports of Loki, Tempo and their like, and where each says what its TLS is made of. */
const PORTS: readonly (readonly [port: string, tls: string, address: string])[] = [
  ["server.http_listen_port", "server.http_tls_config.cert_file", "server.http_listen_address"],
  ["server.grpc_listen_port", "server.grpc_tls_config.cert_file", "server.grpc_listen_address"],
  ["memberlist.bind_port", "memberlist.tls_enabled", ""],
];
const OTLP = "distributor.receivers.otlp.protocols";

function telemetry(estate: Estate): readonly Spoken[] {
  return estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file): readonly Spoken[] => {
      const place = placeOfHost(host, file.path);
      if (file.path.endsWith("/grafana.ini")) return grafana(place, file.text);
      if (!/\/(?:loki|tempo|mimir)[^/]*\.ya?ml$/.test(file.path)) return [];
      const root = yamlOf(estate, file);
      return isUnknown(root) ? [] : stored(place, root);
    }),
  );
}

function stored(place: Place, root: JsonObject): readonly Spoken[] {
  const fixed = PORTS.flatMap(([port, tls, address]) => {
    const number = Number(valueAt(root, port));
    const on = valueAt(root, tls);
    const loopback = address !== "" && /^(?:127\.|localhost)/.test(String(valueAt(root, address)));
    return Number.isNaN(number) || loopback ? [] : [spoken(place, number, on !== undefined && on !== false, tls)];
  });
  const receivers = valueAt(root, OTLP);
  const taken = Object.entries(isObject(receivers) ? receivers : {}).flatMap(([name, body]) => {
    const settings = isObject(body) ? body : {};
    const port = Number(String(settings["endpoint"]).split(":").at(-1));
    return Number.isNaN(port)
      ? []
      : [spoken(place, port, valueAt(settings, "tls.cert_file") !== undefined, `${OTLP}.${name}.tls`)];
  });
  return [...fixed, ...taken];
}

function grafana(place: Place, text: string): readonly Spoken[] {
  const settings = new Map(parseIni(text).map(({ section, name, value }) => [`${section}.${name}`, value]));
  const protocol = settings.get("server.protocol") ?? "http";
  return [
    spoken(
      place,
      Number(settings.get("server.http_port") ?? 3000),
      /^h(?:ttps|2)$/.test(protocol),
      `protocol ${protocol}`,
    ),
  ];
}
