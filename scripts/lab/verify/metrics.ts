import { readFileSync } from "node:fs";
import { scrapers } from "../../../ansible/inventory/observability.ts";
import { hostTargets, type Target } from "../../../ansible/inventory/scrapes.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { secretName } from "../../../services/names.ts";
import { observability } from "../../../services/observability.ts";
import { scrapeToken } from "../../../services/schema/secret.ts";
import { BEHIND } from "../cloud/endpoints.ts";
import { authorityArn } from "../cloud/facts.ts";
import type { Lab } from "../hosts.ts";
import { inside } from "../namespace.ts";
import type { LabHost, LabPlan } from "../plan.ts";
import { demand } from "../programs.ts";
import { piece, project } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** What samples of a metric must be, in words too. */
interface Wanted {
  readonly metric: string;
  readonly value: string;
  readonly holds: (value: number) => boolean;
}
const is = (metric: string, value: number): Wanted => ({ metric, value: `${value}`, holds: (one) => one === value });

/** What each exporter says of its own way to the program that it asks; applications ask nobody, the node's reads files of others. */
const WANTED: Readonly<Record<string, readonly Wanted[]>> = {
  nginx: [is("nginx_up", 1)],
  postgres: [is("pg_up", 1)],
  redis: [is("redis_up", 1)],
  mysqld: [is("mysql_up", 1)],
  mongodb: [is("mongodb_up", 1)],
  node: [
    is("node_textfile_scrape_error", 0),
    // Moments that alerts read: ages of updates and starts, ends of certificates (NOD-5.6, TKT-4.12).
    ...[
      "platform_updates_last_success_timestamp_seconds",
      "node_boot_time_seconds",
      "platform_certificate_not_after_timestamp_seconds",
    ].map((metric) => ({ metric, value: "a point in time", holds: (one: number) => one > 0 })),
  ],
};

/** A request of `metrics.py`. */
interface Call {
  readonly address: string;
  readonly port: number;
  /** Name that the server's certificate must have. */
  readonly server: string;
  readonly path: string;
  /** Whose certificate is shown; absent: none. */
  readonly name?: string;
  readonly token?: string;
}

/** What came of it. */
export type Answer =
  | { readonly status: number; readonly samples: readonly (readonly [metric: string, value: string])[] }
  | { readonly refused: string }
  | { readonly failed: string };

/** One metrics port as Prometheus asks it, and as who must not be answered; absent where only the firewall knows the caller. */
export interface Scrape {
  readonly target: Target;
  readonly asked: Call;
  readonly stranger?: Call;
}

/**
 * Every target of Prometheus on these hosts. `tokens` has values by service. A stranger has a certificate of another host;
 * at Redis' exporter, which judges the authority alone (ADR 44), none; at an application, which sees no certificate, no token.
 */
export function scrapesOf(
  { estate, hosts }: Pick<LabPlan, "estate" | "hosts">,
  scraper: string,
  tokens: Readonly<Record<string, string>>,
): readonly Scrape[] {
  return hostTargets(estate).flatMap((target): readonly Scrape[] => {
    const [server = "", port] = target.address.split(":");
    const host = hosts.find(({ domain }) => domain === server);
    if (host === undefined) return [];
    const path = target.asks === undefined ? "/metrics" : `/scrape?target=${encodeURIComponent(target.asks)}`;
    const bare = { address: host.address, port: Number(port), server, path };
    const token = target.token === undefined ? {} : { token: tokens[target.token] ?? "none" };
    return [{ target, asked: { ...bare, name: scraper, ...token }, ...strangerOf(target, bare, host) }];
  });
}

function strangerOf({ labels: { job }, token }: Target, bare: Call, host: LabHost): { readonly stranger?: Call } {
  if (job === "redis" || token !== undefined) return { stranger: bare };
  return job === "application" ? {} : { stranger: { ...bare, name: host.domain } };
}

const said = (answer: Answer | undefined): string => JSON.stringify(answer) ?? "nothing";

/** What does not hold of the answers to a target: those to Prometheus, and to who is not. */
export function judged({ target, stranger }: Scrape, answer: Answer | undefined, other?: Answer): readonly string[] {
  const what = `${target.address}${target.asks === undefined ? "" : ` of ${target.asks}`}`;
  if (answer === undefined || !("status" in answer) || answer.status !== 200) {
    return [`${what}: Prometheus must get 200, got ${said(answer)}`];
  }
  const wrong = (WANTED[target.labels.job] ?? []).flatMap(({ metric, value, holds }) => {
    const values = answer.samples.filter(([name]) => name === metric).map(([, one]) => Number(one));
    const isGood = values.length > 0 && values.every(holds);
    return isGood ? [] : [`${what}: ${metric} must be ${value}, got ${values.join(", ") || "none"}`];
  });
  // Without a token an application answers, and says no.
  const isRefused =
    other !== undefined &&
    ("refused" in other || (target.token !== undefined && "status" in other && other.status === 401));
  return [
    ...wrong,
    ...(stranger === undefined || isRefused ? [] : [`${what}: a stranger must be refused, got ${said(other)}`]),
  ];
}

/** Values of the tokens that Prometheus shows to applications of the lab's service. */
function tokensOf({ plan, state }: Lab): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, string>> = JSON.parse(readFileSync(state.at("cloud/secrets.json"), "utf8"));
  const { environment, service } = plan.resolved;
  const value = values[secretName(environment, service, scrapeToken().name)];
  return value === undefined ? {} : { [service.name]: value };
}

/** The address and name of Prometheus, which is none of the lab's hosts. Throws where it is. */
function scraperOf({ plan }: Lab): { readonly address: string; readonly name: string } {
  const [name] = scrapers(plan.estate);
  const found = plan.absent.find(({ domain }) => domain === name);
  if (name === undefined || found === undefined) throw new Error("Prometheus: must be a host that is not in the lab");
  return { address: found.address, name };
}

/** Asks from the address of Prometheus; the authority is asked beside it, as hosts ask their own. */
async function answersOf(lab: Lab, source: string, calls: readonly Call[]): Promise<readonly Answer[]> {
  const { environment } = lab.plan.estate;
  const asked = {
    authority: {
      url: `http://127.0.0.1:${BEHIND.authorities}`,
      arn: authorityArn(environment, "internal"),
      region: environment.region,
      trusted: lab.state.at("cloud/authorities/internal.crt"),
    },
    names: [...new Set(calls.flatMap(({ name }) => name ?? []))],
    metrics: Object.values(WANTED).flatMap((all) => all.map(({ metric }) => metric)),
    source,
    calls,
  };
  const credentials = ["AWS_ACCESS_KEY_ID=lab", "AWS_SECRET_ACCESS_KEY=lab", "AWS_EC2_METADATA_DISABLED=true"];
  const program = [`${project}/.venv/bin/python`, piece("verify/metrics.py")];
  const place = [...inside(lab.pid, "cloud"), "env", ...credentials, ...program];
  return JSON.parse(await demand("nsenter", place, JSON.stringify(asked))) as readonly Answer[];
}

/** How often targets are asked before what they say is a finding. */
const TIMES = 3;

/** Every figure's way: from the program over its exporter to Prometheus, and to nobody else. */
export const metrics: Check = {
  name: "metrics",
  proves:
    "Prometheus gets figures at every metrics port, each exporter reaches its program, hosts say how old their updates are; another certificate, or no token, is refused (TKT-4.1, TKT-4.4 to TKT-4.6, NOD-5.6)",
  services: catalogue.services.map(({ name }) => name).filter((name) => name !== observability.name),
  run: async (lab) => {
    const { address, name } = scraperOf(lab);
    const scrapes = scrapesOf(lab.plan, name, tokensOf(lab));
    const requests = scrapes.flatMap(({ asked, stranger }) => [asked, ...(stranger === undefined ? [] : [stranger])]);
    let findings: readonly string[] = [];
    // An exporter finds only by asking that a program was restarted, and says so that once.
    for (let time = 0; time === 0 || (time < TIMES && findings.length > 0); time += 1) {
      const rest = (await answersOf(lab, address, requests)).values();
      const next = () => rest.next().value;
      findings = scrapes.flatMap((scrape) => judged(scrape, next(), scrape.stranger && next()));
    }
    demandNone(findings);
    return `${scrapes.length} targets answer Prometheus, ${requests.length - scrapes.length} of them refuse a stranger`;
  },
};
