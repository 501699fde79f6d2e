import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { redisUsers } from "../../../ansible/inventory/redis-access.ts";
import type { RedisSentinel } from "../../../services/schema/redis.ts";
import { boot, hostPid, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { piece } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** Seconds that a lost primary may cost: the time to notice, an election, clients that find the new one. */
const OUTAGE = 20;

const AUTHORITY = "/etc/redis/tls/ca.crt";
const TOOL = "/usr/local/sbin/redis-member";

/** What applications may never say (ALC-SEC.3). */
const FORBIDDEN: readonly (readonly string[])[] = [
  ["FLUSHALL"],
  ["FLUSHDB"],
  ["CONFIG", "GET", "*"],
  ["KEYS", "*"],
  ["DEBUG", "SLEEP", "0"],
  ["SHUTDOWN"],
  ["SCRIPT", "FLUSH"],
  ["ACL", "LIST"],
  ["REPLICAOF", "NO", "ONE"],
];
const FORBIDDEN_IN_SENTINEL: readonly (readonly string[])[] = [
  ["SENTINEL", "FAILOVER", "redis"],
  ["SENTINEL", "REMOVE", "redis"],
  ["SENTINEL", "SET", "redis", "quorum", "1"],
  ["SHUTDOWN"],
];

/** The Redis of the lab's service with its hosts, in the order of zones. */
function storeOf({ plan }: Pick<Lab, "plan">) {
  const store = plan.resolved.service.stores.find((each): each is RedisSentinel => each.kind === "redis-sentinel");
  const hosts = plan.hosts.filter(({ group }) => group === store?.name);
  const [first] = hosts;
  if (store === undefined || first === undefined) throw new Error(`${plan.resolved.service.name}: has no Redis`);
  return { store, hosts, first };
}

function passwordOf(lab: Lab, login: string): string {
  const { store } = storeOf(lab);
  const values: Readonly<Record<string, string>> = JSON.parse(readFileSync(lab.state.at("cloud/secrets.json"), "utf8"));
  const { environment, service } = lab.plan.resolved;
  return values[`${environment.name}/${service.name}/${store.accounts[login]?.password.name}`] ?? "none";
}

/** What keys of the application begin with: its access list opens no others. */
function namespaceOf({ plan }: Lab): string {
  const { store } = storeOf({ plan });
  const rules = redisUsers(plan.resolved, store.accounts).find(({ name }) => name === "app")?.redis ?? "";
  return / ~(\S*)\*/.exec(rules)?.[1] ?? "";
}

/** Python of a store's host on the network of a client: its address and its firewall. */
async function asClient(lab: Lab, client: LabHost, files: LabHost): Promise<readonly string[]> {
  const [network, root] = await Promise.all([hostPid(lab, client), hostPid(lab, files)]);
  if (network === undefined || root === undefined) throw new Error(`${client.tag} and ${files.tag} must be up`);
  const program = readFileSync(piece("verify/redis.py"), "utf8");
  const place = [`--net=/proc/${network}/ns/net`, `--mount=/proc/${root}/ns/mnt`, "--wdns=/"];
  return [...place, "--", "env", "-i", "PATH=/usr/bin:/bin", "python3", "-c", program];
}

/** The host from which the application comes; of a service on pods, a member. */
const clientOf = (lab: Lab): LabHost => lab.plan.hosts.find(({ group }) => group === "api") ?? storeOf(lab).first;

/** What must not be let in or obeyed, and what it was told if it was. */
async function refusals(lab: Lab): Promise<readonly string[]> {
  const { store, first } = storeOf(lab);
  const { redis, sentinel } = store.listens;
  const app = ["app", passwordOf(lab, "app"), first.domain] as const;
  const cases: readonly (readonly [string, unknown])[] = [
    ...FORBIDDEN.map((words) => [words.join(" "), [...app, redis.port, words]] as const),
    ...FORBIDDEN_IN_SENTINEL.map((words) => [words.join(" "), [...app, sentinel.port, words]] as const),
    ["the login default", ["default", "", first.domain, redis.port, ["PING"]]],
    ["a wrong password", ["app", "wrong", first.domain, redis.port, ["PING"]]],
    ["an address instead of a name", ["app", passwordOf(lab, "app"), first.address, redis.port, ["PING"]]],
  ];
  const say = [...cases.map(([, words]) => words), [...app, redis.port, ["PING"]]];
  const client = await asClient(lab, clientOf(lab), first);
  const input = `${JSON.stringify({ authority: AUTHORITY, say })}\n`;
  const answers = JSON.parse(await demand("nsenter", client, input)) as readonly string[];
  return [
    ...cases.flatMap(([what], index) =>
      answers[index]?.startsWith("ERR") ? [] : [`${what}: was answered ${answers[index]}`],
    ),
    ...(answers.at(-1) === "PONG" ? [] : [`the application was refused: ${answers.at(-1)}`]),
  ];
}

/** Whoever speaks no TLS is cut off before he is heard (TKT-3.4). */
async function withoutTls(lab: Lab): Promise<readonly string[]> {
  const { store, first } = storeOf(lab);
  const script = `for port in "$@"; do printf 'PING\\r\\n' | timeout 3 nc -w 2 ${first.address} "$port" | grep -q PONG && echo "$port"; done; true`;
  const ports = [store.listens.redis, store.listens.sentinel].map(({ port }) => String(port));
  const open = await onHost(lab, first, ["bash", "-c", script, "-", ...ports]);
  return open
    .split("\n")
    .filter((port) => port !== "")
    .map((port) => `${port}: answers without TLS`);
}

interface Written {
  readonly interrupted: boolean;
  readonly acknowledged: number;
  readonly lost: readonly number[];
  readonly seconds: number;
  readonly errors: readonly string[];
}

const states = async (lab: Lab, on: LabHost) =>
  JSON.parse(await onHost(lab, on, [TOOL, "status"])) as Readonly<
    Record<string, Readonly<Record<string, { readonly role: string | null }>>>
  >;

/** Kills the primary while keys are written, and waits until it follows again; what came of them. */
async function withoutPrimary(lab: Lab): Promise<Written> {
  const { store, hosts, first } = storeOf(lab);
  await onHost(lab, first, [TOOL, "await", "60"]);
  const { durable = {} } = await states(lab, first);
  const primary = hosts.find(({ domain }) => durable[domain]?.role === "master");
  const other = hosts.find(({ domain }) => durable[domain]?.role === "slave");
  if (primary === undefined || other === undefined) throw new Error(`no primary among ${JSON.stringify(durable)}`);
  const child = spawn("nsenter", await asClient(lab, clientOf(lab), other), { stdio: ["pipe", "pipe", "inherit"] });
  const write = {
    authority: AUTHORITY,
    login: "app",
    password: passwordOf(lab, "app"),
    members: hosts.map(({ domain }) => domain),
    master: store.name,
    port: store.listens.redis.port,
    sentinel: store.listens.sentinel.port,
    prefix: `${namespaceOf(lab)}lab:failover:`,
  };
  const lines: string[] = [];
  child.stdin.end(`${JSON.stringify({ write, seconds: OUTAGE + 30 })}\n`);
  const kill = ["systemctl", "kill", "--signal=KILL", "redis-durable.service"];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === "writing") await onHost(lab, primary, kill);
  }
  if ((await hostPid(lab, primary)) === undefined) await boot(lab, primary);
  await onHost(lab, other, [TOOL, "await", "60"]);
  return JSON.parse(lines.at(-1) ?? "{}") as Written;
}

/** What the application is answered by one member. */
async function told(lab: Lab, member: LabHost, ...words: readonly string[]): Promise<string | undefined> {
  const { store, first } = storeOf(lab);
  const say = [["app", passwordOf(lab, "app"), member.domain, store.listens.redis.port, words]];
  const client = await asClient(lab, clientOf(lab), first);
  return JSON.parse(await demand("nsenter", client, `${JSON.stringify({ authority: AUTHORITY, say })}\n`))[0];
}

/** A primary whose data are gone must not come back as one: its replicas would follow it into nothing. */
async function emptied(lab: Lab): Promise<readonly string[]> {
  const { hosts, first } = storeOf(lab);
  const { durable = {} } = await states(lab, first);
  const primary = hosts.find(({ domain }) => durable[domain]?.role === "master") ?? first;
  const key = `${namespaceOf(lab)}lab:kept`;
  await told(lab, primary, "SET", key, "kept");
  const script = `systemctl stop redis-durable
mv /srv/data/redis/durable/appendonlydir /srv/data/redis/durable/appendonlydir.lab
systemctl start redis-durable && echo started; true`;
  const said = await onHost(lab, primary, ["bash", "-c", script]);
  const other = hosts.find((host) => host !== primary) ?? first;
  await onHost(lab, other, [TOOL, "await", "90"]);
  await onHost(lab, primary, ["rm", "-r", "/srv/data/redis/durable/appendonlydir.lab"]);
  const kept = await told(lab, primary, "GET", key);
  return [
    ...(said.includes("started") ? [`${primary.tag}: an emptied primary started`] : []),
    ...(kept === "kept" ? [] : [`${primary.tag}: what it held must come back from its replicas, got ${kept}`]),
  ];
}

/** Who may say what to Redis, and what the loss of its primary costs. */
export const redis: Check = {
  name: "redis",
  proves:
    "Redis takes TLS and declared logins alone, refuses what could empty it (ALC-SEC.3), loses no acknowledged write with its primary (TKT-6.5), and no emptied primary starts",
  services: ["ticketing", "resident-services", "student-allocation"],
  run: async (lab) => {
    demandNone([...(await refusals(lab)), ...(await withoutTls(lab))]);
    const { interrupted, acknowledged, lost, seconds, errors } = await withoutPrimary(lab);
    demandNone([
      ...(interrupted ? [] : [`writing must be interrupted and go on, got ${acknowledged} keys, ${errors.join("; ")}`]),
      ...(lost.length === 0 ? [] : [`acknowledged and lost: keys ${lost.join(", ")}`]),
      ...(seconds <= OUTAGE ? [] : [`nothing was acknowledged for ${seconds} s, at most ${OUTAGE} are allowed`]),
    ]);
    demandNone(await emptied(lab));
    return `${acknowledged} writes acknowledged, 0 lost, ${seconds} s without a primary`;
  },
};
