import type { RuleOption } from "./suricata.ts";

/** Which names of servers a rule is for. */
export interface Domain {
  readonly name: string;
  /** `exact`: this name; `below`: it and names below it; `loose`: names that merely have it in them. */
  readonly match: "exact" | "below" | "loose";
}

/** Buffers that hold the name of the server that a client asks for. */
const NAMES = new Set(["tls.sni", "tls_sni", "http.host", "http_host", "http.host.raw", "dns.query", "quic.sni"]);

/** Options that look into a buffer, and do not name the one to look into. */
const MODIFIERS = new Set([
  "content",
  "nocase",
  "startswith",
  "endswith",
  "dotprefix",
  "bsize",
  "pcre",
  "depth",
  "offset",
]);

/** The names that options are for; nothing where they look at none. A rule that excepts a name is for all others. */
export function domainOf(options: readonly RuleOption[]): Domain | undefined {
  const start = options.findIndex(({ keyword }) => NAMES.has(keyword));
  if (start < 0) return undefined;
  const after = options.slice(start + 1);
  const end = after.findIndex(({ keyword }) => !MODIFIERS.has(keyword));
  const own = end < 0 ? after : after.slice(0, end);
  const content = own.find(({ keyword }) => keyword === "content")?.value;
  if (content === undefined || content.startsWith("!")) return undefined;
  const text = content.replace(/^"|"$/g, "").toLowerCase();
  return { name: text.replace(/^\./, ""), match: matchOf(text, own) };
}

function matchOf(text: string, own: readonly RuleOption[]): Domain["match"] {
  const has = (keyword: string): boolean => own.some((each) => each.keyword === keyword);
  // Several contents, or bytes in hexadecimal, are not taken apart.
  if (own.filter(({ keyword }) => keyword === "content").length > 1 || text.includes("|")) return "loose";
  if (!has("endswith"))
    return has("bsize") && own.some(({ value }) => value === String(text.length)) ? "exact" : "loose";
  if (has("startswith") && !has("dotprefix") && !text.startsWith(".")) return "exact";
  return text.startsWith(".") && text.length > 1 ? "below" : "loose";
}

/** Whether a rule for some names is for this one. */
export function matchesDomain({ name, match }: Domain, asked: string): boolean {
  const text = asked.toLowerCase();
  if (match === "exact") return text === name;
  return match === "below" ? text === name || text.endsWith(`.${name}`) : text.includes(name);
}

/** The names that both are for; nothing where none is. Of names that merely have something in them, those of the other. */
export function bothDomains(one: Domain, other: Domain): Domain | undefined {
  if (one.match === "exact") return matchesDomain(other, one.name) ? one : undefined;
  if (other.match === "exact") return matchesDomain(one, other.name) ? other : undefined;
  if (one.match === "loose") return other;
  if (other.match === "loose" || matchesDomain(other, one.name)) return one;
  return matchesDomain(one, other.name) ? other : undefined;
}

/** `api.example.org`, `*.example.org`, `*example.org*`. */
export function shownDomain({ name, match }: Domain): string {
  if (match === "exact") return name;
  return match === "below" ? `*.${name}` : `*${name}*`;
}
