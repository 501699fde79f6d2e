import { createHash } from "node:crypto";
import { addressRange } from "./address.ts";

/** One service may reach one domain, by TLS, from its own ranges. */
export interface EgressPair {
  readonly service: string;
  /** Ranges of the service's own subnets. */
  readonly sources: readonly string[];
  /** `api.example.org` is that name alone; `*.example.org` is every name below it, not itself. */
  readonly domain: string;
  readonly port: number;
  readonly why: string;
}

/** Ports whose protocols start in clear text: the firewall sees no server name to judge. */
const clearTextPorts = [21, 25, 80, 110, 143, 389, 587];

/**
 * Suricata rules, in strict order, that let each service reach its own domains and nothing else.
 *
 * 1. The server name decides: one rule a service, domain and port.
 * 2. The TCP handshake passes only where rule 1 could follow: it comes before the name is known.
 * 3. Every other handshake is dropped, and what is not TLS (so leaving the name out by speaking something else is no
 *    way past), UDP with QUIC and DNS, ICMP and all other protocols. TLS without a name, or with another's, is left to
 *    the policy's default, which waits for a ClientHello of several packets before it drops.
 * Pairs that differ in source or reason only share a rule. The same input gives the same bytes, in any order; a rule
 * keeps its id (`sid`) when others come and go, so alerts stay comparable. An empty list drops everything.
 * Refuses ports of clear-text protocols, a domain that is not one, and all faults of `addressRange`.
 */
export function egressRules(pairs: readonly EgressPair[]): readonly string[] {
  pairs.forEach(check);
  const names = merged(pairs, (pair) => `${pair.service} to ${pair.domain}:${pair.port}`);
  const handshakes = merged(pairs, (pair) => `${pair.service} opens port ${pair.port}`);
  const rules = [
    ...names.map(({ key, sources, whys, pair }) =>
      rule("pass tls", `${sources} any -> $EXTERNAL_NET ${pair.port}`, {
        key,
        message: `${key} ${whys}`,
        options: `${match(pair.domain)} flow:to_server`,
      }),
    ),
    ...handshakes.map(({ key, sources, pair }) =>
      rule("pass tcp", `${sources} any -> $EXTERNAL_NET ${pair.port}`, {
        key,
        message: key,
        options: "flow:not_established,to_server",
      }),
    ),
    ...drops,
  ];
  const sids = rules.map((text) => /sid:(\d+)/.exec(text)?.[1]);
  if (new Set(sids).size < sids.length) {
    throw new Error("egress rules: two rules hash to one sid; reword one domain or service");
  }
  return rules;
}

/** Pairs of one key as one: all their sources, all their reasons; sorted, so that the order of the input is lost. */
function merged(pairs: readonly EgressPair[], keyOf: (pair: EgressPair) => string) {
  const byKey = Map.groupBy(pairs, keyOf);
  const sorted = (items: readonly string[]) => [...new Set(items)].sort();
  return sorted([...byKey.keys()]).flatMap((key) => {
    const same = byKey.get(key) ?? [];
    return same.slice(0, 1).map((pair) => ({
      key,
      pair,
      sources: `[${sorted(same.flatMap(({ sources }) => sources)).join(",")}]`,
      // A semicolon ends an option, even between quotes.
      whys: sorted(same.map(({ why }) => why.replaceAll(";", ","))).join(", "),
    }));
  });
}

interface RuleText {
  readonly key: string;
  readonly message: string;
  readonly options: string;
}

function rule(action: string, path: string, { key, message, options }: RuleText): string {
  return `${action} ${path} (msg:"${message}"; ${options}; sid:${sid(key)}; rev:1;)`;
}

const drops = [
  ["tcp", "undeclared TCP connection", "flow:not_established,to_server"],
  ["tcp", "not TLS", "app-layer-protocol:!tls; flow:established,to_server"],
  ["udp", "UDP, QUIC and DNS with it", "flow:to_server"],
  ["icmp", "ICMP", "flow:to_server"],
  ["ip", "other protocol", "ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP; flow:to_server"],
].map(([protocol = "", message = "", options = ""]) =>
  rule(`drop ${protocol}`, "any any -> any any", { key: message, message: `drop ${message}`, options }),
);

function match(domain: string): string {
  return domain.startsWith("*.")
    ? `tls.sni; content:"${domain.slice(1)}"; nocase; endswith;`
    : `tls.sni; content:"${domain}"; startswith; nocase; endswith;`;
}

function sid(key: string): number {
  return 100_000_000 + (createHash("sha256").update(key).digest().readUInt32BE(0) % 900_000_000);
}

function check({ service, sources, domain, port, why }: EgressPair): void {
  const where = `egress ${service} to ${domain}:${port}`;
  const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
  const labels = domain.replace(/^\*\./, "").split(".");
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || /^\d+$/.test(labels.at(-1) ?? "")) {
    throw new Error(`${where}: domain must be a lower-case name or *.name of two labels or more, got "${domain}"`);
  }
  if (sources.length === 0) {
    throw new Error(`${where}: needs at least one source range`);
  }
  sources.forEach(addressRange);
  if (!Number.isInteger(port) || port < 1 || port > 65535 || clearTextPorts.includes(port)) {
    throw new Error(`${where}: port must be one where TLS starts at once, got ${port}`);
  }
  if (!/^[ !#-[\]-~]+$/.test(`${service} ${why}`)) {
    throw new Error(`${where}: service and why must be ASCII without quotes and backslashes, got "${why}"`);
  }
}
