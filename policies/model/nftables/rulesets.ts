import { type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { type Memory, parseRuleset } from "./parse.ts";
import type { Ruleset } from "./ruleset.ts";

/** Where Debian's nftables.service reads its rules. */
export const RULESET = "/etc/nftables.conf";

/** A host and its firewall. */
export interface HostRuleset {
  readonly at: Place;
  readonly host: Host;
  /** Absent: the host has none. */
  readonly ruleset: Ruleset | undefined;
}

const LINES = {};

/** The firewall of every host; each distinct text is read once. */
export const rulesets = kind<HostRuleset>("host ruleset", ({ hosts, memory: ofRun }) => {
  const memory = ofRun.once(LINES, (): Memory => ({ lines: new Map(), rules: new Map() }));
  const byText = new Map<string, Ruleset>();
  return hosts.map((host) => {
    const text = host.files.get(RULESET)?.text;
    if (text !== undefined && !byText.has(text)) byText.set(text, parseRuleset(text, memory));
    const ruleset = text === undefined ? undefined : byText.get(text);
    return { at: placeOfHost(host, RULESET), host, ruleset };
  });
});
