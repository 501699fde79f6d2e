import { kind } from "../estate.ts";
import { type JsonObject, objectOf, textOf } from "../json.ts";
import { isLoopback } from "../nginx/listen.ts";
import type { Place } from "../place.ts";
import { type Etcd, etcds } from "./etcd.ts";
import { postgreses } from "./postgres.ts";

/** What decides which member of a cluster is the primary, and what of its settings lets strangers decide. */
export interface ClusterControl {
  readonly at: Place;
  readonly faults: readonly ControlFault[];
}

export interface ControlFault {
  readonly attribute: string;
  readonly got: unknown;
  readonly expected: string;
}

/** Patroni on each host, and each etcd. */
export const clusterControls = kind<ClusterControl>("control of a database cluster", (estate) => [
  ...estate
    .of(postgreses)
    .filter(({ patroni }) => patroni !== undefined)
    .map(({ at, patroni = {} }) => ({ at, faults: ofPatroni(patroni) })),
  ...estate.of(etcds).map((etcd) => ({ at: etcd.at, faults: ofEtcd(etcd) })),
]);

function ofPatroni(patroni: JsonObject): readonly ControlFault[] {
  const api = objectOf(patroni["restapi"]);
  const store = objectOf(patroni["etcd3"] ?? patroni["etcd"]);
  return [
    ...["certfile", "keyfile", "cafile"].flatMap((name) => given(`restapi.${name}`, api[name], "a file")),
    ...(api["verify_client"] === "required"
      ? []
      : [fault("restapi.verify_client", api["verify_client"] ?? "none", "required")]),
    ...(store["protocol"] === "https" ? [] : [fault("etcd3.protocol", store["protocol"] ?? "http", "https")]),
    ...["cacert", "cert", "key"].flatMap((name) => given(`etcd3.${name}`, store[name], "a file")),
    ...(patroni["ctl"] !== undefined && objectOf(patroni["ctl"])["insecure"] === true
      ? [fault("ctl.insecure", true, "false")]
      : []),
  ];
}

const VERSIONS = ["TLS1.2", "TLS1.3"];

function ofEtcd({ option }: Etcd): readonly ControlFault[] {
  const urls = ["listen-client-urls", "listen-peer-urls"].flatMap((name) => {
    const clear = (option(name) ?? "http://localhost:2379").split(",").filter((url) => !isSafe(url.trim()));
    return clear.length === 0 ? [] : [fault(name, clear, "https, or loopback")];
  });
  const flags = ["client-cert-auth", "peer-client-cert-auth"].flatMap((name) =>
    option(name) === "true" ? [] : [fault(name, option(name) ?? "false", "true")],
  );
  const files = ["cert-file", "key-file", "trusted-ca-file", "peer-cert-file", "peer-key-file", "peer-trusted-ca-file"];
  const version = option("tls-min-version") ?? "TLS1.2";
  const automatic = ["auto-tls", "peer-auto-tls"].filter((name) => option(name) === "true");
  // One throws other members away at each start, one what was acknowledged at a power cut, one shows its memory to callers.
  const unsafe = ["force-new-cluster", "unsafe-no-fsync", "enable-pprof"].filter((name) => option(name) === "true");
  return [
    ...urls,
    ...flags,
    ...files.flatMap((name) => given(name, option(name), "a file")),
    ...(VERSIONS.includes(version) ? [] : [fault("tls-min-version", version, "TLS1.2 or TLS1.3")]),
    ...unsafe.map((name) => fault(name, "true", "false")),
    ...automatic.map((name) => fault(name, "true", "certificates of an authority")),
  ];
}

/** Over TLS, or to its own host. */
function isSafe(url: string): boolean {
  const host = /^\w+:\/\/(\[[^\]]*\]|[^:/]*)/.exec(url)?.[1] ?? "";
  return url.startsWith("https://") || url.startsWith("unix") || isLoopback(host);
}

const fault = (attribute: string, got: unknown, expected: string): ControlFault => ({ attribute, got, expected });

const given = (attribute: string, value: unknown, expected: string): readonly ControlFault[] =>
  (textOf(value) ?? "") === "" ? [fault(attribute, undefined, expected)] : [];
