import type { Opening, Peers } from "./openings.ts";

/** The table that is ours; nothing else on a host writes to it. */
export const TABLE = "inet platform";

/** What the kernel keeps of a comment. */
const LONGEST_COMMENT = 128;

/** Names of sets have no hyphen and no slash. */
const setName = (peers: Peers): string => peers.name.replaceAll(/[^a-z0-9]+/g, "_");

function comment(text: string): string {
  if (text.length > LONGEST_COMMENT || !/^[\x20-\x7e]+$/.test(text) || text.includes('"')) {
    throw new Error(`${text}: must be at most ${LONGEST_COMMENT} plain characters without quotes to be a comment`);
  }
  return `comment "${text}"`;
}

/** A set for each party, by name. Throws where two parties would have the same. */
function setsOf(openings: readonly Opening[]): readonly Peers[] {
  const byName = new Map<string, Peers>();
  for (const { peers } of openings) {
    const known = byName.get(setName(peers));
    if (known !== undefined && known.name !== peers.name) {
      throw new Error(`${peers.name}: must have a set of its own, got ${setName(peers)}, that of ${known.name}`);
    }
    byName.set(setName(peers), peers);
  }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, peers]) => peers);
}

const setText = (peers: Peers): string => {
  const interval = peers.elements.some((element) => element.includes("/")) ? " flags interval;" : "";
  const name = comment(peers.name);
  return `  set ${setName(peers)} { type ipv4_addr;${interval} ${name}; elements = { ${peers.elements.join(", ")} }; }`;
};

const ruleText = ({ direction, peers, protocol, port, id, why, accounts }: Opening): string => {
  if (/[\n\r]/.test(why)) throw new Error(`${id}: why must be one line, got ${why}`);
  const end = direction === "in" ? "saddr" : "daddr";
  const who = accounts === undefined ? "" : ` meta skuid { ${accounts.join(", ")} }`;
  const match = `ip ${end} ${peers.except ? "!= " : ""}@${setName(peers)} ${protocol} dport ${port}${who}`;
  return `    ${match} accept ${comment(id)} # ${why}`;
};

/** A chain that drops what none of its rules takes; answers to what was let pass need no rule of their own. */
const chainText = (hook: "input" | "output", openings: readonly Opening[]): readonly string[] => [
  `  chain ${hook} {`,
  `    type filter hook ${hook} priority filter; policy drop;`,
  `    ${hook === "input" ? "iifname" : "oifname"} "lo" accept comment "what a host says to itself"`,
  '    ct state established accept comment "answers"',
  '    ct state related meta l4proto icmp accept comment "errors of what was accepted, for path MTU"',
  '    ct state invalid counter drop comment "invalid"',
  '    meta nfproto ipv6 counter drop comment "the network has no IPv6"',
  ...openings.map(ruleText),
  `    limit rate 10/minute burst 20 packets log prefix "firewall ${hook} drop: " comment "a sample of the rest"`,
  '    counter drop comment "the rest"',
  "  }",
];

/** The whole ruleset in nft's language: one transaction that replaces the table, whatever stood in it (BRK-SEC.10). */
export function rulesetText(name: string, openings: readonly Opening[]): string {
  const towards = (direction: Opening["direction"]) => openings.filter((opening) => opening.direction === direction);
  return [
    "#!/usr/sbin/nft -f",
    `# Firewall of ${name}: its declared flows and nothing else. Made by npm start from the catalogue. Do not edit.`,
    `table ${TABLE} {}`,
    `delete table ${TABLE}`,
    `table ${TABLE} {`,
    ...setsOf(openings).map(setText),
    ...chainText("input", towards("in")),
    "  chain forward {",
    "    type filter hook forward priority filter; policy drop;",
    '    counter drop comment "no host is a router"',
    "  }",
    ...chainText("output", towards("out")),
    "}",
    "",
  ].join("\n");
}
