import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { faultyPaths } from "./log-paths.ts";
import { isWhole } from "./sysctl.ts";
import { syslogBlocksOf } from "./syslog-ng.ts";

/** Where a host's logs go to, or what keeps them from going. */
export interface LogDestination {
  readonly at: Place;
  /** `d_loki`, or the line of rsyslog. */
  readonly name: string;
  /** What of it lets others read or take the logs; nothing: it is over verified TLS. */
  readonly fault: string | undefined;
}

const REMOTE = /\b(?:http|network|syslog|tcp6?|udp6?|loki|elasticsearch-http)\s*\(/;

const KNOWN = {};

/** Every destination of syslog-ng and rsyslog that is on another host; a whole host without one keeps its logs to itself. */
export const logDestinations = kind<LogDestination>("destination of logs", ({ hosts, memory }) => {
  const destinationsOf = (path: string, text: string): readonly Omit<LogDestination, "at">[] => {
    const isOfSyslogNg = path.includes("syslog-ng");
    return memory.ofForm(KNOWN, isOfSyslogNg ? "syslog-ng" : "rsyslog", text, () =>
      isOfSyslogNg ? ofSyslogNg(text) : ofRsyslog(text),
    );
  };
  return hosts.flatMap((host) => {
    const found = [...host.files.values()]
      .filter(({ path }) => path.includes("syslog") && path.endsWith(".conf") && !path.includes("/systemd/"))
      .flatMap(({ path, text }) =>
        destinationsOf(path, text).map((each) => ({ at: placeOfHost(host, path), ...each })),
      );
    if (found.length > 0 || !isWhole(host)) return found;
    return [{ at: placeOfHost(host), name: "destination", fault: "none: whoever takes the host takes its logs" }];
  });
});

function ofSyslogNg(text: string): readonly Omit<LogDestination, "at">[] {
  const blocks = syslogBlocksOf(text);
  const destinations = blocks.filter(({ kind: each, body }) => each === "destination" && REMOTE.test(body));
  if (destinations.length === 0) return [];
  return [
    ...destinations.map(({ name, body }) => ({ name: name === "" ? "destination" : name, fault: faultOf(body) })),
    ...faultyPaths(text, blocks, (body) => REMOTE.test(body)),
  ];
}

function faultOf(body: string): string | undefined {
  const url = /\burl\(\s*["']?(\S+?)["']?\s*\)/.exec(body)?.[1];
  if (url !== undefined && !url.startsWith("https://")) return `clear text to ${url}`;
  if (url === undefined && !/transport\(\s*["']?tls/.test(body)) return "clear text";
  const verify = /peer-verify\(\s*["']?([\w-]+)/.exec(body)?.[1] ?? "yes";
  if (!["yes", "required-trusted"].includes(verify)) return `peer-verify(${verify})`;
  const version = /ssl-version\(\s*["']?(\w+)/.exec(body)?.[1];
  if (version !== undefined && !["tlsv1_2", "tlsv1_3"].includes(version)) return `ssl-version(${version})`;
  return /\b(?:ca-file|ca-dir|use-system-cert-store)\(/.test(body) ? undefined : "no authority";
}

/** `*.* @host`, `@@host`, and actions of omfwd without TLS. */
const ofRsyslog = (text: string): readonly Omit<LogDestination, "at">[] => [
  ...[...text.matchAll(/^\s*[\w.*;,!=]+\s+(@@?\S+)/gm)].map(([, to = ""]) => ({
    name: to,
    fault: `clear text to ${to}`,
  })),
  ...[...text.matchAll(/action\(([^)]*type="omfwd"[^)]*)\)/g)].map(([, body = ""]) => ({
    name: "omfwd",
    fault:
      /StreamDriver="(?:gtls|ossl)"/.test(body) && /AuthMode="x509\/name"/.test(body) ? undefined : "not verified TLS",
  })),
];
