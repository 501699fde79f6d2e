import type { HostFile } from "../estate.ts";

/** Where a section of HAProxy accepts connections. */
export interface HaproxyBind {
  /** `frontend web: bind`. */
  readonly option: string;
  /** `10.0.0.4:443`, `:443`, `unix@/run/x`. */
  readonly address: string;
  /** Whether it speaks TLS, or hands on unread what its callers speak. */
  readonly tls: boolean;
}

const SECTION =
  /^(global|defaults|frontend|backend|listen|peers|resolvers|userlist|program|ring|cache|mailers)\b\s*(\S*)/;

/** Every `bind` of a file of HAProxy (its configuration manual 3.0, read 2026-11-23). */
export function bindsOf({ path, text }: HostFile): readonly HaproxyBind[] {
  if (!/\/haproxy\/.*\.cfg$/.test(path)) return [];
  const found: (Omit<HaproxyBind, "tls"> & { readonly words: readonly string[]; readonly section: string })[] = [];
  const modes = new Map<string, string>();
  let section = "";
  for (const line of text.split("\n").map((each) => each.replace(/#.*/, "").trim())) {
    const [, kind, name] = SECTION.exec(line) ?? [];
    if (kind !== undefined) section = `${kind} ${name}`.trim();
    const [word, ...words] = line.split(/\s+/);
    if (word === "mode") modes.set(section.startsWith("defaults") ? "" : section, words[0] ?? "");
    if (word !== "bind") continue;
    const addresses = (words[0] ?? "").split(",");
    found.push(...addresses.map((address) => ({ option: `${section}: bind`, address, words, section })));
  }
  return found.map(({ option, address, words, section: of }) => ({
    ...{ option, address: address.replace(/^(?:ipv[46]|(?:quic|udp|tcp)[46])@/, "").replace(/^unix@/, "unix:") },
    tls: words.includes("ssl") || (modes.get(of) ?? modes.get("") ?? "tcp") === "tcp",
  }));
}
