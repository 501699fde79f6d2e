import { type Estate, type Host, type HostFile, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { isLoopback, placeOf } from "../nginx/listen.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { parseIni } from "./ini.ts";
import { at, yamlOf } from "./yaml-files.ts";

/** A hop of metrics, logs, traces or dashboards, as its program's file has it. */
export interface TelemetryHop {
  readonly at: Place;
  /** `scrape_configs.node: scheme`. */
  readonly attribute: string;
  readonly got: unknown;
  /** Nothing: as it must be. */
  readonly expected: string | undefined;
}

type Hop = Omit<TelemetryHop, "at">;
type Reader = (root: JsonObject) => readonly Hop[];

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\/prometheus\.ya?ml$/, ofPrometheus],
  [/\/alertmanager\.ya?ml$/, ofAlertmanager],
  [/\/(?:loki|tempo|mimir)[^/]*\.ya?ml$/, ofStore],
  [/\/provisioning\/datasources\/[^/]+\.ya?ml$/, ofSources],
];

/** Every hop that a file of a telemetry program makes. */
export const telemetryHops = kind<TelemetryHop>("hop of telemetry", (estate: Estate) =>
  estate.hosts.flatMap((host) => [...host.files.values()].flatMap((file) => hopsOf(estate, host, file))),
);

function hopsOf(estate: Estate, host: Host, file: HostFile): readonly TelemetryHop[] {
  const where = placeOfHost(host, file.path);
  if (file.path.endsWith("/grafana.ini")) return ofGrafana(file.text).map((hop) => ({ at: where, ...hop }));
  const reader = READERS.find(([path]) => path.test(file.path))?.[1];
  if (reader === undefined) return [];
  const read = (text: string): readonly Hop[] => {
    const root = yamlOf(estate, { ...file, text });
    return isUnknown(root) ? [{ attribute: "file", got: root, expected: "YAML" }] : reader(root);
  };
  // Targets are most of a file and matter only to a job in clear text: then all of it is read.
  const lean = read(file.text.replaceAll(TARGETS, ""));
  const hops = lean.every(({ expected }) => expected === undefined) ? lean : read(file.text);
  return hops.map((each) => ({ at: where, ...each }));
}

/** `static_configs` with all that is indented below it. */
const TARGETS = /^( +)static_configs:\n(?:\1(?: |- ).*\n)*/gm;

const hop = (attribute: string, got: unknown, fine: boolean, expected: string): Hop => ({
  ...{ attribute, got },
  expected: fine ? undefined : expected,
});

function ofPrometheus(root: JsonObject): readonly Hop[] {
  const jobs = listOf(root["scrape_configs"]).map(objectOf);
  const alerts = listOf(at(root, "alerting.alertmanagers") as never).map(objectOf);
  return [
    ...jobs.map((job) => {
      const scheme = job["scheme"] ?? "http";
      const targets = targetsOf(job);
      const own = targets.length > 0 && targets.every((each) => isLoopback(placeOf(each).address));
      return hop(
        `scrape_configs.${textOf(job["job_name"]) ?? ""}: scheme`,
        scheme,
        scheme === "https" || own,
        "https, or loopback",
      );
    }),
    ...alerts.map((each) =>
      hop("alertmanagers: scheme", each["scheme"] ?? "http", each["scheme"] === "https", "https"),
    ),
    ...["remote_write", "remote_read"].flatMap((name) =>
      listOf(root[name]).map((each) => {
        const url = textOf(objectOf(each)["url"]) ?? "";
        return hop(`${name}: url`, url, url.startsWith("https://"), "https");
      }),
    ),
  ];
}

/** Where a job really asks: a prober that a rule puts in the place of all targets, or the targets. */
function targetsOf(job: JsonObject): readonly string[] {
  const prober = listOf(job["relabel_configs"])
    .map(objectOf)
    .findLast((each) => each["target_label"] === "__address__" && !String(each["replacement"] ?? "$1").includes("$"));
  if (prober !== undefined) return [String(prober["replacement"])];
  return listOf(job["static_configs"]).flatMap((each) => listOf(objectOf(each)["targets"]).map(String));
}

function ofAlertmanager(root: JsonObject): readonly Hop[] {
  const tls = at(root, "global.smtp_require_tls") ?? true;
  return [hop("global.smtp_require_tls", tls, tls === true, "true")];
}

/** Loki, Tempo and Mimir: their two servers, the ring that members form, and what receives traces. */
function ofStore(root: JsonObject): readonly Hop[] {
  const server = objectOf(root["server"]);
  const listening = ["http", "grpc"].map((name) => {
    const address = textOf(server[`${name}_listen_address`]) ?? "";
    const tls = objectOf(server[`${name}_tls_config`]);
    const mutual =
      tls["client_auth_type"] === "RequireAndVerifyClientCert" && (textOf(tls["client_ca_file"]) ?? "") !== "";
    return hop(
      `server.${name}_listen_address`,
      mutual ? address : `${address === "" ? "all addresses" : address} without client certificates`,
      address !== "" && (isLoopback(address) || mutual),
      "loopback, or an own address with RequireAndVerifyClientCert",
    );
  });
  const receivers = [...endpointsIn(objectOf(at(root, "distributor.receivers")))].map(([path, endpoint]) => {
    const address = placeOf(textOf(endpoint["endpoint"]) ?? "").address;
    const tls = (textOf(objectOf(endpoint["tls"])["cert_file"]) ?? "") !== "";
    return hop(
      `receivers.${path}`,
      endpoint["endpoint"],
      isLoopback(address) || (tls && address !== "*" && address !== "0.0.0.0"),
      "TLS at an own address",
    );
  });
  const ring = root["memberlist"] === undefined ? [] : [at(root, "memberlist.tls_enabled") ?? false];
  return [
    ...listening,
    ...receivers,
    ...ring.map((each) => hop("memberlist.tls_enabled", each, each === true, "true")),
  ];
}

/** Objects with an `endpoint`, at any depth, by their path. */
function* endpointsIn(root: JsonObject, path = ""): Generator<readonly [string, JsonObject]> {
  for (const [name, value] of Object.entries(root)) {
    if (!isObject(value)) continue;
    const here = path === "" ? name : `${path}.${name}`;
    if (value["endpoint"] !== undefined) yield [here, value];
    yield* endpointsIn(value, here);
  }
}

function ofSources(root: JsonObject): readonly Hop[] {
  return listOf(root["datasources"]).map((each) => {
    const url = textOf(objectOf(each)["url"]) ?? "";
    return hop(`datasources.${textOf(objectOf(each)["name"]) ?? ""}: url`, url, url.startsWith("https://"), "https");
  });
}

function ofGrafana(text: string): readonly Hop[] {
  const settings = parseIni(text);
  const setting = (section: string, name: string, byDefault: string): string =>
    settings.findLast((each) => each.section === section && each.name === name)?.value ?? byDefault;
  const wants = (section: string, name: string, byDefault: string, allowed: readonly string[]): Hop => {
    const got = setting(section, name, byDefault);
    return hop(`${section}.${name}`, got, allowed.includes(got), allowed.join(" or "));
  };
  const address = setting("server", "http_addr", "");
  return [
    wants("server", "protocol", "http", ["https", "h2", "socket"]),
    wants("server", "min_tls_version", "TLS1.2", ["TLS1.2", "TLS1.3"]),
    hop(
      "server.http_addr",
      address === "" ? "all addresses" : address,
      address !== "" && address !== "0.0.0.0",
      "the host's own address",
    ),
    wants("security", "cookie_secure", "false", ["true"]),
    wants("security", "strict_transport_security", "false", ["true"]),
    wants("security", "allow_embedding", "false", ["false"]),
    wants("users", "allow_sign_up", "false", ["false"]),
    wants("auth.anonymous", "enabled", "false", ["false"]),
  ];
}
