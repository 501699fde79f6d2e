import { kind } from "../estate.ts";
import type { Ruleset } from "../nftables/ruleset.ts";
import { RULESET, rulesets } from "../nftables/rulesets.ts";
import type { Place } from "../place.ts";
import { passesAll } from "./firewall-ways.ts";
import { isWhole } from "./sysctl.ts";
import { FIREWALL, type Unit, units } from "./units.ts";

/** How a host's firewall stands and falls. */
export interface HostFirewall {
  readonly at: Place;
  /** Hooks of packets that no chain of filters drops by its policy, or that its rules accept all the same: `input`, `output`, `forward`; with the family. */
  readonly open: readonly string[];
  /** Tables that are added to what is loaded instead of taking its place. */
  readonly added: readonly string[];
  /** Statements that nobody can tell the effect of. */
  readonly unknown: readonly string[];
  /** What loads it at the start; nothing where outputs do not show it. */
  readonly service: Unit | undefined;
  /** Whether all files of its host are shown, so that a service that is not there is not there. */
  readonly whole: boolean;
}

const HOOKS = ["input", "forward", "output"] as const;

/** The firewall of every host that has files of its base. */
export const hostFirewalls = kind<HostFirewall>("firewall of a host", (estate) => {
  const services = new Map(
    estate
      .of(units)
      .filter(({ name, whole }) => name === FIREWALL && whole)
      .map((unit) => [unit.host, unit]),
  );
  return estate.of(rulesets).flatMap(({ at, host, ruleset }): readonly HostFirewall[] => {
    if (ruleset === undefined) return [];
    const text = host.files.get(RULESET)?.text ?? "";
    const cleared = clearedBy(text);
    const dropping = new Set(
      ruleset.tables.flatMap(({ family, chains }) =>
        [...chains.values()]
          .filter(({ hook }) => hook?.type === "filter" && hook.policy === "drop")
          .flatMap(({ hook }) => (family === "inet" ? ["ip", "ip6"] : [family]).map((each) => `${each} ${hook?.hook}`)),
      ),
    );
    return [
      {
        at,
        open: (["ip", "ip6"] as const).flatMap((family) =>
          HOOKS.filter((hook) => !dropping.has(`${family} ${hook}`) || passesAll(ruleset, hook, family)).map(
            (hook) => `${family} ${hook}`,
          ),
        ),
        added: ruleset.tables
          .map(({ family, name }) => `${family} ${name}`)
          .filter((table) => !cleared.has("ruleset") && !cleared.has(`table ${table}`)),
        unknown: [...ruleset.unknown, ...unreadIn(ruleset)],
        service: services.get(host),
        whole: isWhole(host),
      },
    ];
  });
});

/** Rules that may accept something, nobody can tell what. */
const unreadIn = ({ tables }: Ruleset): readonly string[] =>
  tables.flatMap(({ chains }) =>
    [...chains.values()].flatMap(({ name, rules }) =>
      rules
        .filter(({ unknown, text }) => unknown !== undefined && ACCEPTS.test(text))
        .map(({ line, unknown }) => `line ${line}, chain ${name}: ${unknown}`),
    ),
  );

const ACCEPTS = /\b(?:accept|jump|goto|return|vmap)\b/;

/**
 * What a file clears: `ruleset`, `table inet filter`. It is loaded as one transaction: what it deletes before it defines is
 * replaced, and never gone in between.
 */
function clearedBy(text: string): ReadonlySet<string> {
  const cleared = new Set<string>();
  for (const line of text.split("\n")) {
    if (!CLEARS.test(line)) continue;
    const [verb, ...what] = line
      .replace(/[;#].*/, "")
      .trim()
      .split(/\s+/);
    const all = what.join(" ");
    if (verb === "flush" ? all === "ruleset" : what[0] === "table") cleared.add(all);
  }
  return cleared;
}

const CLEARS = /^\s*(?:flush|delete|destroy)\s/;
