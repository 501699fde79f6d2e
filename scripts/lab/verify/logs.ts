import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { groupDomain } from "../../../services/names.ts";
import { loki, observability } from "../../../services/observability.ts";
import { BEHIND } from "../cloud/endpoints.ts";
import { authorityArn } from "../cloud/facts.ts";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import { inside } from "../namespace.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { piece, project } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** Components of hosts with an NGINX, one of each service. */
const WITH_NGINX: Readonly<Record<string, string>> = { ticketing: "api", "message-broker": "proxy" };
/** A port of every such NGINX: whatever is asked there without a certificate is refused, and logged. */
const METRICS = 9101;
/** Seconds until lines that waited for Loki must have come: the agent looks for it each ten. */
const PATIENCE = 120;

/** Has a unit write a line to the journal and NGINX one to its log; prints when the journal got its own, in microseconds. */
const WRITE = `
set -eu
systemd-run --quiet --wait --unit="lab-$1" sh -c 'echo "$0 sent to someone@example.org"' "$1"
curl --silent --insecure --output /dev/null "https://$2/$1/someone@example.org"
journalctl --unit="lab-$1" --output=json --grep="^$1 sent" | sed -n 's/.*"__REALTIME_TIMESTAMP":"\\([0-9]*\\)".*/\\1/p'
`;

/** A line as Loki got it. */
interface Pushed {
  readonly stream: Readonly<Record<string, string>>;
  /** Nanoseconds since 1970. */
  readonly time: string;
  readonly line: string;
}

/** What a stand-in for Loki gets from a host of lines with these words: all that waited since Loki was there last comes with them. */
async function pushedFrom(lab: Lab, host: LabHost, words: readonly string[]) {
  const { environment, services } = lab.plan.estate;
  const hosts = services.find(({ service }) => service === observability)?.hosts ?? [];
  const asked = {
    authority: {
      url: `http://127.0.0.1:${BEHIND.authorities}`,
      arn: authorityArn(environment, "internal"),
      region: environment.region,
      trusted: lab.state.at("cloud/authorities/internal.crt"),
    },
    name: groupDomain(environment, observability, loki),
    addresses: hosts.filter(({ group }) => group === loki.name).map(({ address }) => address),
    port: loki.listens.push.port,
    from: { address: host.address, name: host.domain },
    words,
    seconds: PATIENCE,
  };
  const credentials = ["AWS_ACCESS_KEY_ID=lab", "AWS_SECRET_ACCESS_KEY=lab", "AWS_EC2_METADATA_DISABLED=true"];
  const program = [`${project}/.venv/bin/python`, piece("verify/logs.py")];
  const place = [...inside(lab.pid, "cloud"), "env", ...credentials, ...program];
  return JSON.parse(await demand("nsenter", place, JSON.stringify(asked))) as {
    readonly lines: readonly Pushed[];
    readonly strangers: readonly string[];
  };
}

/** What does not hold of a line: how often it came, its labels, its time, and what is masked in it. */
function judged(what: string, found: readonly Pushed[], wanted: Pushed): readonly string[] {
  const [one, ...others] = found;
  if (one === undefined || others.length > 0) return [`${what}: must come once, came ${found.length} times`];
  return (["stream", "time", "line"] as const).flatMap((part) =>
    isDeepStrictEqual(one[part], wanted[part])
      ? []
      : [`${what}: ${part} must be ${JSON.stringify(wanted[part])}, got ${JSON.stringify(one[part])}`],
  );
}

/** Logs as they reach Loki, which was away when they were written. */
export const logs: Check = {
  name: "logs",
  proves:
    "lines of the journal and of NGINX that were written while Loki was away reach it once, by the host's certificate, labelled, masked, and with the time of the event (TKT-4.14, MUN-3.12, ALC-6.2)",
  services: Object.keys(WITH_NGINX),
  run: async (lab) => {
    const { environment, service } = lab.plan.resolved;
    const host = hostOf(lab, WITH_NGINX[service.name] ?? "");
    // Letters alone: digits may look like what is masked.
    const word = `lab${[...randomBytes(16)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
    const written = await onHost(lab, host, ["bash", "-c", WRITE, "-", word, `${host.address}:${METRICS}`]);
    const [journal, file] = [`${word} sent`, `/${word}/`];
    const { lines, strangers } = await pushedFrom(lab, host, [journal, file]);
    const [record = ""] = (await onHost(lab, host, ["grep", "--no-filename", file, "/var/log/nginx/access.log"])).split(
      "\n",
    );
    const stream = { environment: environment.name, service: service.name, component: host.group, host: host.name };
    const of = (text: string) => lines.filter(({ line }) => line.includes(text));
    demandNone([
      ...strangers.map((why) => `${host.tag}: must show its certificate, showed ${why}`),
      ...judged("the line of the journal", of(journal), {
        stream: { ...stream, unit: `lab-${word}`, level: "info" },
        time: `${written.trim()}000`,
        line: `${word} sent to [address]`,
      }),
      ...judged("the line of NGINX", of(file), {
        stream: { ...stream, unit: "nginx", file: "access.log", level: "unknown", status_class: "4xx" },
        time: `${Date.parse(JSON.parse(record).time)}000000`,
        line: record.replace("someone@example.org", "[address]"),
      }),
    ]);
    return `${host.tag}: a line of the journal and one of NGINX, as written`;
  },
};
