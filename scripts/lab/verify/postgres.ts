import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { Patroni } from "../../../services/schema/databases.ts";
import { boot, hostOf, hostPid, inHost, kill, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { piece } from "../state.ts";
import { type Check, CheckFailed, demandNone } from "./check.ts";
import { migrated } from "./end-to-end.ts";
import { ticketsDuring } from "./tickets.ts";

/** Seconds that a lost primary may cost, its time to live among them, and seconds until the lost one follows again. */
const OUTAGE = 90;
const RETURN = 120;

const AUTHORITY = "/etc/patroni/tls/ca.crt";

interface Member {
  readonly Member: string;
  readonly Role: string;
  readonly State: string;
  readonly TL?: number;
}

/** The PostgreSQL of the lab's service with its hosts, in the order of zones. */
export function clusterOf({ plan }: Lab) {
  const store = plan.resolved.service.stores.find((each): each is Patroni => each.kind === "patroni");
  if (store === undefined) throw new Error(`${plan.resolved.service.name}: has no PostgreSQL of its own`);
  return { store, hosts: plan.hosts.filter(({ group }) => group === store.name) };
}

/** How a login comes to the primary, as the catalogue tells applications; `more` outranks it. */
export function conninfo(lab: Lab, login: string, more = ""): string {
  const { store, hosts } = clusterOf(lab);
  const values: Readonly<Record<string, string>> = JSON.parse(readFileSync(lab.state.at("cloud/secrets.json"), "utf8"));
  const secret = store.accounts[login]?.password.name ?? "none";
  const { environment, service } = lab.plan.resolved;
  const password = (values[`${environment.name}/${service.name}/${secret}`] ?? "none").replaceAll(/[\\']/g, "\\$&");
  const names = hosts.map(({ domain }) => domain).join(",");
  const tls = `sslmode=verify-full sslrootcert=${AUTHORITY}`;
  return `host=${names} port=${store.listens.sql.port} dbname=${store.database} user=${login} password='${password}' target_session_attrs=read-write ${tls} ${more}`;
}

/** Files of a database's host, where a driver is, on the network of a client: its address and its firewall. */
export async function asClient(lab: Lab, client: LabHost, files: LabHost): Promise<readonly string[]> {
  const [network, root] = await Promise.all([hostPid(lab, client), hostPid(lab, files)]);
  if (network === undefined || root === undefined) throw new Error(`${client.tag} and ${files.tag} must be up`);
  const program = readFileSync(piece("verify/postgres.py"), "utf8");
  const place = [`--net=/proc/${network}/ns/net`, `--mount=/proc/${root}/ns/mnt`, "--wdns=/"];
  return [...place, "--", "env", "-i", "PATH=/usr/bin:/bin", "python3", "-c", program];
}

/** What members say of each other, asked on a host that is up. */
export async function members(lab: Lab, on: LabHost): Promise<readonly Member[]> {
  const list = ["patronictl", "-c", "/etc/patroni/config.yml", "list", "--format", "json"];
  const { code, stdout } = await run("nsenter", await inHost(lab, on, list));
  return code === 0 ? (JSON.parse(stdout) as readonly Member[]) : [];
}

/** The host that leads, asked on one that is up. Throws where none of the hosts does. */
export async function primaryOf(lab: Lab, on: LabHost): Promise<LabHost> {
  const leader = (await members(lab, on)).find(({ Role }) => Role === "Leader")?.Member;
  const primary = clusterOf(lab).hosts.find(({ name }) => name === leader);
  if (primary === undefined) throw new Error(`primary must be one of the hosts, got ${leader}`);
  return primary;
}

/** Whether one leads and all others acknowledge commits on its timeline. */
const isWhole = (found: readonly Member[], size: number): boolean =>
  found.length === size &&
  found.filter(({ Role }) => Role === "Leader").length === 1 &&
  found.filter(({ State, Role }) => State === "streaming" && Role === "Quorum Standby").length === size - 1 &&
  new Set(found.map(({ TL }) => TL)).size === 1;

/** Waits until a cluster of that size is whole. Throws CheckFailed with what its members say when it does not become so. */
export async function awaitWhole(lab: Lab, on: LabHost, size: number): Promise<void> {
  const end = performance.now() + RETURN * 1000;
  for (;;) {
    const found = await members(lab, on);
    if (isWhole(found, size)) return;
    if (performance.now() > end) throw new CheckFailed([`after ${RETURN} s: ${JSON.stringify(found)}`]);
    await setTimeout(1000);
  }
}

/** What must not be let in, and what it is told if it is. */
async function refusals(lab: Lab): Promise<readonly string[]> {
  const { hosts } = clusterOf(lab);
  const [first] = hosts;
  if (first === undefined) throw new Error("no host of PostgreSQL");
  const attempts: Readonly<Record<string, string>> = {
    "a connection without TLS": conninfo(lab, "app", "sslmode=disable"),
    "a login that this host does not have": conninfo(lab, "audit"),
    "the administrator": conninfo(lab, "postgres"),
    "another database": conninfo(lab, "app", "dbname=postgres"),
    "a wrong password": conninfo(lab, "app", "password=wrong"),
  };
  const asked = JSON.stringify({ refused: [...Object.values(attempts), conninfo(lab, "app")] });
  const client = await asClient(lab, hostOf(lab, "api"), first);
  const answers = JSON.parse(await demand("nsenter", client, `${asked}\n`)) as readonly (string | null)[];
  const let_in = Object.keys(attempts).filter((_, index) => answers[index] === null);
  const refused = answers.at(-1);
  return [
    ...let_in.map((what) => `${what} was let in`),
    ...(refused === null ? [] : [`the application was refused: ${refused}`]),
  ];
}

/** Ports for members alone: from a member with its certificate, without one, and with one of a stranger. */
async function withoutCertificate(lab: Lab): Promise<readonly string[]> {
  const { store, hosts } = clusterOf(lab);
  const [from, to] = hosts;
  if (from === undefined || to === undefined) throw new Error("PostgreSQL must have members");
  const script = `
cd "$(mktemp -d)"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=stranger -keyout own.key -out own.crt 2>/dev/null
for url in "$@"; do
  ask() { curl --silent --output /dev/null --max-time 5 --cacert ${AUTHORITY} "$@" "$url" && echo open || echo closed; }
  echo "$url $(ask --cert /etc/patroni/tls/tls.crt --key /etc/patroni/tls/tls.key) $(ask) $(ask --cert own.crt --key own.key)"
done`;
  const urls = [
    `https://${to.domain}:${store.listens.rest.port}/patroni`,
    `https://${to.domain}:${store.listens.etcdClient.port}/health`,
  ];
  const output = await onHost(lab, from, ["bash", "-c", script, "-", ...urls]);
  return output
    .trim()
    .split("\n")
    .filter((line) => !line.endsWith(" open closed closed"))
    .map((line) => `${line}: must be open to members, and closed without a certificate and to a stranger's`);
}

interface Written {
  readonly interrupted: boolean;
  readonly acknowledged: number;
  readonly lost: readonly number[];
  readonly seconds: number;
  readonly errors: readonly string[];
}

/** Cuts the power of the primary while rows are written; what came of them. */
async function withoutPrimary(lab: Lab): Promise<Written> {
  const { hosts } = clusterOf(lab);
  const [first] = hosts;
  if (first === undefined) throw new Error("no host of PostgreSQL");
  await awaitWhole(lab, first, hosts.length);
  const primary = await primaryOf(lab, first);
  const other = hosts.find((host) => host !== primary);
  if (other === undefined) throw new Error("PostgreSQL must have members");
  const child = spawn("nsenter", await asClient(lab, hostOf(lab, "api"), other), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  child.stdin.end(`${JSON.stringify({ write: conninfo(lab, "migrate"), seconds: OUTAGE + 30 })}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === "writing") await kill(lab, primary);
  }
  if ((await hostPid(lab, primary)) === undefined) await boot(lab, primary);
  await awaitWhole(lab, other, hosts.length);
  return JSON.parse(lines.at(-1) ?? "{}") as Written;
}

/** Of these tickets those that the primary does not have. */
async function missing(lab: Lab, tickets: readonly number[]): Promise<readonly number[]> {
  const { store, hosts } = clusterOf(lab);
  const [first] = hosts;
  if (first === undefined) throw new Error("no host of PostgreSQL");
  const primary = await primaryOf(lab, first);
  const statement = `SELECT id FROM tickets WHERE id IN (${tickets.join(", ")})`;
  const psql = ["runuser", "-u", "postgres", "--", "psql", "-At", "-d", store.database, "-c", statement];
  const found = new Set((await onHost(lab, primary, psql)).split("\n").map(Number));
  return tickets.filter((each) => !found.has(each));
}

/** Who may come to PostgreSQL, and what the loss of its primary costs. */
export const postgres: Check = {
  name: "postgres",
  proves:
    "PostgreSQL takes TLS and declared logins from declared hosts alone, members show certificates, and a primary that loses power costs no acknowledged write, and no ticket that a client was told of (TKT-7.2)",
  services: ["ticketing"],
  run: async (lab) => {
    demandNone([...(await refusals(lab)), ...(await withoutCertificate(lab))]);
    await migrated(lab);
    const { result, kept } = await ticketsDuring(lab, () => withoutPrimary(lab));
    const { interrupted, acknowledged, lost, seconds, errors } = result;
    const gone = kept.length === 0 ? [] : await missing(lab, kept);
    demandNone([
      ...(interrupted ? [] : [`writing must be interrupted and go on, got ${acknowledged} rows, ${errors.join("; ")}`]),
      ...(lost.length === 0 ? [] : [`acknowledged and lost: rows ${lost.join(", ")}`]),
      ...(kept.length > 0 ? [] : ["clients at the door: must be told that a ticket is kept, were told of none"]),
      ...(gone.length === 0 ? [] : [`told to clients and lost: tickets ${gone.join(", ")}`]),
      ...(seconds <= OUTAGE ? [] : [`nothing was acknowledged for ${seconds} s, at most ${OUTAGE} are allowed`]),
    ]);
    return `${acknowledged} writes and ${kept.length} tickets acknowledged, 0 lost, ${seconds} s without a primary`;
  },
};
