import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireProgram } from "../../support/program.ts";

/** Rulesets as the real nft understands them, and a judge of packets that shares nothing with what wrote them. */

export const hasNft =
  requireProgram("nft", "install it, apt-get install nftables") && requireProgram("unshare", "util-linux");

type Side = "saddr" | "daddr";
/** One condition of a rule in nft's JSON. */
export interface Match {
  readonly op: string;
  readonly left: {
    readonly payload?: { readonly protocol: string; readonly field: string };
    readonly meta?: { readonly key: string };
    readonly ct?: { readonly key: string };
  };
  readonly right: unknown;
}
type Statement = Readonly<Record<string, unknown>> & { readonly match?: Match };
export interface Rule {
  readonly chain: string;
  readonly comment?: string;
  readonly expr: readonly Statement[];
  /** Conditions but for that on the port. */
  readonly conditions: readonly Match[];
  /** The port it wants, of which protocol; undefined: any. */
  readonly wanted: { readonly protocol: string; readonly port: number } | undefined;
  readonly verdict: "accept" | "drop" | undefined;
}
type Element = string | { readonly prefix: { readonly addr: string; readonly len: number } };
/** A loaded table. */
export interface Table {
  readonly chains: Readonly<Record<string, { readonly hook: string; readonly policy: string; readonly prio: number }>>;
  readonly sets: Readonly<Record<string, readonly Element[]>>;
  readonly rules: readonly Rule[];
}

/** Loads each ruleset into a kernel's network of its own, twice, as every run after the first does, and reads it back. */
export function loaded(texts: readonly string[]): readonly Table[] {
  const directory = mkdtempSync(join(tmpdir(), "nft-"));
  try {
    const files = texts.map((text, index) => {
      writeFileSync(join(directory, `${index}.nft`), text);
      return join(directory, `${index}.nft`);
    });
    const script = 'set -e; for file; do nft -f "$file"; nft -f "$file"; nft -j list ruleset; echo; done';
    const user = process.getuid?.() === 0 ? [] : ["--map-root-user"];
    const output = execFileSync("unshare", [...user, "--net", "sh", "-c", script, "sh", ...files], {
      maxBuffer: 2 ** 28,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return output
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => tableOf(JSON.parse(line).nftables));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of nft.
function tableOf(objects: readonly any[]): Table {
  const named = (kind: string) => objects.flatMap((object) => (object[kind] === undefined ? [] : [object[kind]]));
  const tables = named("table").map(({ family, name }) => `${family} ${name}`);
  if (tables.join() !== "inet platform") throw new Error(`expected the table inet platform alone, got ${tables}`);
  return {
    chains: Object.fromEntries(named("chain").map(({ name, hook, policy, prio }) => [name, { hook, policy, prio }])),
    sets: Object.fromEntries(named("set").map(({ name, elem }) => [name, elem ?? []])),
    rules: named("rule").map(
      (rule): Rule => ({
        ...rule,
        conditions: matchesOf(rule).filter(({ left }) => left.payload?.field !== "dport"),
        wanted: portOf(rule),
        verdict: verdictOf(rule),
      }),
    ),
  };
}

type Read = Pick<Rule, "expr">;
const matchesOf = ({ expr }: Read) => expr.flatMap(({ match }) => (match === undefined ? [] : [match]));

/** What is known of a packet, but for its port. */
export interface Packet {
  readonly hook: "input" | "output" | "forward";
  readonly interface: string;
  readonly family: "ipv4" | "ipv6";
  readonly from: string;
  readonly to: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "icmpv6";
  readonly state: "new" | "established" | "related" | "invalid" | "untracked";
  readonly user: number;
}

/** Ports that a chain lets pass: those listed, or all but those. */
export interface Passing {
  readonly ports: ReadonlySet<number>;
  readonly allOthers: boolean;
}

const number = (address: string): number => address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);

const contains = (element: Element, address: string): boolean => {
  if (typeof element === "string") return element === address;
  const size = 2 ** (32 - element.prefix.len);
  return Math.floor(number(element.prefix.addr) / size) === Math.floor(number(address) / size);
};

/** The value that a condition looks at; undefined where the packet has none. */
function seenBy({ left }: Match, packet: Packet): string | number | undefined {
  const path = left.payload ? `${left.payload.protocol} ${left.payload.field}` : (left.meta?.key ?? left.ct?.key);
  switch (path) {
    case "ip saddr":
      return packet.family === "ipv4" ? packet.from : undefined;
    case "ip daddr":
      return packet.family === "ipv4" ? packet.to : undefined;
    case "iifname":
      return packet.hook === "output" ? undefined : packet.interface;
    case "oifname":
      return packet.hook === "input" ? undefined : packet.interface;
    case "nfproto":
      return packet.family;
    case "l4proto":
      return packet.protocol;
    case "skuid":
      return packet.user;
    case "state":
      return packet.state;
    default:
      throw new Error(`nothing is known of ${JSON.stringify(left)}`);
  }
}

function among(table: Table, right: unknown, value: string | number): boolean {
  if (typeof right === "string" && right.startsWith("@")) {
    return (table.sets[right.slice(1)] ?? []).some((element) => contains(element, String(value)));
  }
  if (typeof right === "object" && right !== null && "set" in right) {
    return (right as { readonly set: readonly unknown[] }).set.includes(value);
  }
  return right === value;
}

function holds(table: Table, match: Match, packet: Packet): boolean {
  const value = seenBy(match, packet);
  if (value === undefined) return false;
  const found = among(table, match.right, value);
  switch (match.op) {
    case "==":
    case "in":
      return found;
    case "!=":
      return !found;
    default:
      throw new Error(`nothing is known of ${match.op}`);
  }
}

function portOf(rule: Read): Rule["wanted"] {
  const found = matchesOf(rule).filter(({ left }) => left.payload?.field === "dport");
  const [first] = found;
  if (first === undefined) return undefined;
  if (found.length > 1 || first.op !== "==" || typeof first.right !== "number") {
    throw new Error(`nothing is known of ${JSON.stringify(found)}`);
  }
  return { protocol: first.left.payload?.protocol ?? "", port: first.right };
}

const silent = ["counter", "limit", "log"];
function verdictOf({ expr }: Read): Rule["verdict"] {
  const others = expr.flatMap((statement) => Object.keys(statement)).filter((key) => key !== "match");
  const verdicts = others.filter((key) => !silent.includes(key));
  // What a limit keeps back goes on as if the rule were not there.
  if (verdicts.length > 1 || (verdicts.length === 1 && others.includes("limit"))) {
    throw new Error(`nothing is known of ${JSON.stringify(expr)}`);
  }
  const [verdict] = verdicts;
  if (verdict === undefined || verdict === "accept" || verdict === "drop") return verdict;
  throw new Error(`nothing is known of ${verdict}`);
}

/** Ports on which a packet passes: the first rule that fits decides, and the policy where none does. */
export function passing(table: Table, packet: Packet): Passing {
  const chain = Object.entries(table.chains).find(([, { hook }]) => hook === packet.hook);
  if (chain === undefined) return { ports: new Set(), allOthers: true };
  const [name, { policy }] = chain;
  const decided = new Map<number, boolean>();
  let rest = policy === "accept";
  for (const { chain: of, conditions, wanted, verdict } of table.rules) {
    if (of !== name || verdict === undefined) continue;
    if (wanted !== undefined && wanted.protocol !== packet.protocol) continue;
    if (!conditions.every((match) => holds(table, match, packet))) continue;
    if (wanted === undefined) {
      rest = verdict === "accept";
      break;
    }
    if (!decided.has(wanted.port)) decided.set(wanted.port, verdict === "accept");
  }
  return { ports: new Set([...decided].filter(([, pass]) => pass !== rest).map(([port]) => port)), allOthers: rest };
}

/** A new connection by root over the network, the rest as given. */
export const packet = (given: Partial<Packet> & Pick<Packet, "hook">): Packet => ({
  interface: "ens5",
  family: "ipv4",
  from: "192.0.2.1",
  to: "192.0.2.2",
  protocol: "tcp",
  state: "new",
  user: 0,
  ...given,
});

/** Shown for assertions: `8001, 9100`, `nothing`, `everything`. */
export function shownPassing({ ports, allOthers }: Passing): string {
  const list = [...ports].sort((one, other) => one - other).join(", ");
  if (allOthers) return list === "" ? "everything" : `everything but ${list}`;
  return list === "" ? "nothing" : list;
}

/** The elements of the set that a rule compares an address with. */
export function addressesOf(table: Table, rule: Rule, side: Side): readonly string[] {
  const match = rule.expr.flatMap((statement) =>
    statement.match?.left.payload?.field === side ? [statement.match] : [],
  )[0];
  if (typeof match?.right !== "string" || !match.right.startsWith("@"))
    throw new Error(`no set in ${JSON.stringify(rule)}`);
  const elements = table.sets[match.right.slice(1)] ?? [];
  const shown = elements.map((element) =>
    typeof element === "string" ? element : `${element.prefix.addr}/${element.prefix.len}`,
  );
  return match.op === "!=" ? ["not", ...shown] : shown;
}
