import { type Host, kind } from "../estate.ts";
import type { Memory } from "../memory.ts";
import { type Place, placeOfHost } from "../place.ts";
import { AUDIT_UNIT, handsOn, stopsDaemon } from "./audit-rules.ts";
import { isWhole } from "./sysctl.ts";

/** What every host has beside its programs: its time, its names, its packages, its journal, its audit trail. */
export interface HostBase {
  readonly at: Place;
  readonly host: Host;
  /** Time servers. */
  readonly time: readonly string[];
  /** Resolvers. */
  readonly resolvers: readonly string[];
  readonly sources: readonly PackageSource[];
  /** Settings of apt, later ones winning: `APT::Periodic::Unattended-Upgrade`. */
  readonly apt: (name: string) => string | undefined;
  /** Lines of all audit rules, in the order in which augenrules joins the files. */
  readonly audit: readonly string[];
  /** Settings of auditd, later ones winning. */
  readonly auditd: (name: string) => string | undefined;
  /** Files by which systemd starts no auditd. */
  readonly auditStops: readonly string[];
  /** Whether audit records leave the host: handed on by auditd, or read from its file by another program. */
  readonly auditLeaves: boolean;
  /** Settings of the journal, later ones winning. */
  readonly journal: (name: string) => string | undefined;
}

export interface PackageSource {
  readonly at: Place;
  readonly uris: readonly string[];
  readonly signedBy: string | undefined;
  /** Whether signatures are not looked at. */
  readonly trusted: boolean;
}

/** Settings of programs that send files of logs away. */
const READS_LOGS = /\/(?:r?syslog|syslog-ng|promtail|alloy|vector|fluent|filebeat|otelcol|amazon-cloudwatch-agent)/;

/** Every host whose base is rendered. */
export const hostBases = kind<HostBase>("host", ({ hosts, memory }) =>
  hosts.filter(isWhole).map((host) => baseOf(host, memory)),
);

const APT = {};
const JOURNAL = {};
const AUDITD = {};

function baseOf(host: Host, memory: Memory): HostBase {
  const matching = (pattern: RegExp) =>
    [...host.files.values()]
      .filter(({ path }) => pattern.test(path))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  const text = (pattern: RegExp): string =>
    matching(pattern)
      .map((file) => file.text)
      .join("\n");
  const firstWords = (from: string, names: RegExp): readonly string[] =>
    [...from.matchAll(/^\s*(\w+)\s+(\S+)/gm)]
      .filter(([, name = ""]) => names.test(name))
      .map(([, , value = ""]) => value);
  const apt = lastOf(memory, APT, text(/\/apt\/apt\.conf/), /^\s*([\w:-]+)\s+"([^"]*)"\s*;/gm);
  const auditd = lastOf(memory, AUDITD, text(/\/audit\/auditd\.conf$/).toLowerCase(), /^\s*(\w+)\s*=\s*(\S+)/gm);
  const journal = lastOf(memory, JOURNAL, text(/\/journald\.conf/), /^(\w+)=(.*)$/gm);
  return {
    at: placeOfHost(host),
    host,
    time: firstWords(text(/\/chrony\/.*\.(?:conf|sources)$|\/ntp\.conf$/), /^(?:server|pool|peer)$/),
    resolvers: firstWords(text(/\/etc\/resolv\.conf$/), /^nameserver$/),
    sources: matching(/\/apt\/sources\.list/).flatMap(({ path, text: lines }) =>
      path.endsWith(".sources") ? deb822(placeOfHost(host, path), lines) : oneLine(placeOfHost(host, path), lines),
    ),
    apt: (name) => apt.get(name),
    audit: matching(/\/audit\/rules\.d\//)
      .flatMap((file) => file.text.split("\n"))
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#")),
    auditd: (name) => auditd.get(name),
    auditStops: matching(AUDIT_UNIT).flatMap(({ path, text: unit }) => (stopsDaemon(path, unit) ? [path] : [])),
    auditLeaves:
      matching(/\/audit\/plugins\.d\//).some((file) => handsOn(file.text)) ||
      matching(READS_LOGS).some((file) => file.text.includes("/var/log/audit/")),
    journal: (name) => journal.get(name)?.trim(),
  };
}

/** Values of settings, later ones winning; hosts have most of their texts in common. */
const lastOf = (memory: Memory, key: object, text: string, setting: RegExp): ReadonlyMap<string, string> =>
  memory.ofText(
    key,
    text,
    () => new Map([...text.matchAll(setting)].map(([, name = "", value = ""]) => [name, value] as const)),
  );

/** Paragraphs of `Name: value`. */
function deb822(at: Place, text: string): readonly PackageSource[] {
  const bare = text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
  return bare
    .split(/\n\s*\n/)
    .filter((paragraph) => /^URIs:/im.test(paragraph) && !/^Enabled:\s*no/im.test(paragraph))
    .map((paragraph) => {
      const field = (name: string): string | undefined =>
        new RegExp(`^${name}:\\s*(.*)$`, "im").exec(paragraph)?.[1]?.trim();
      return {
        at,
        uris: (field("URIs") ?? "").split(/\s+/),
        signedBy: field("Signed-By"),
        trusted: /^yes$/i.test(field("Trusted") ?? "no"),
      };
    });
}

/** `deb [signed-by=/x trusted=yes] https://host suite component`. */
const oneLine = (at: Place, text: string): readonly PackageSource[] =>
  [...text.matchAll(/^\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)/gm)].map(([, options = "", uri = ""]) => ({
    at,
    uris: [uri],
    signedBy: /signed-by=(\S+)/.exec(options)?.[1],
    trusted: /trusted=yes/.test(options),
  }));
