import { type AddressSet, everywhere6, subtract } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { Ruleset } from "../../model/nftables/ruleset.ts";
import type { Found, Said } from "../findings.ts";
import { declaredOf } from "../flows/declared.ts";
import type { State } from "../layers/chain.ts";
import { hostPasses, isFiltered, rulesFor, statesApart, unknownsOf, type Way } from "../layers/host-firewall.ts";
import { hostWay, ownPackets } from "../layers/host-space.ts";
import type { SiteHost } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { hostAdmitsMore } from "../rules.ts";
import { onlyPacket, packetOf, shownPacket } from "../space/packet.ts";
import { allOf, protocolServices, shownServices } from "../space/services.ts";
import { box, digestOf, type Space, subtractSpaces } from "../space/space.ts";
import { expectedIn, expectedOut } from "./expected.ts";

/** Judges each host's own firewall: alone, it may accept and open declared flows only, and hand on nothing. */
export function judgeHosts(estate: Estate, declaration: Declaration): Found {
  const declared = declaredOf(estate, declaration);
  const sites = sitesOf(estate, declaration).filter(({ hosts }) => hosts.length > 0);
  const said = sites.flatMap((site) => {
    const expected = {
      input: expectedIn(declared, site, "not private"),
      output: expectedOut(declared, site, "not private"),
      forward: [],
    };
    return site.hosts.flatMap((host) => judgeHost(host, expected));
  });
  return { rule: hostAdmitsMore, subjects: sites.flatMap(({ hosts }) => hosts).length, said };
}

const WORDS: Readonly<Record<Way, string>> = { input: "accepts", output: "opens", forward: "hands on" };

function judgeHost(host: SiteHost, expected: Readonly<Record<Way, Space>>): readonly Said[] {
  const { name, ruleset, at } = host;
  if (ruleset === undefined) {
    return [{ at, attribute: "ruleset", got: `${name} has none`, expected: "one that accepts declared flows only" }];
  }
  const unknown = unknownsOf(ruleset).map(
    (what): Said => ({
      at,
      attribute: what,
      got: `unknown (${what})`,
      expected: "a statement whose effect is known",
      outcome: "unknown",
    }),
  );
  const more = (["input", "output", "forward"] as const).flatMap((way): readonly Said[] => {
    // Without a chain for it a host hands on nothing: Linux does so only where somebody tells it to.
    if (way === "forward" && !isFiltered(ruleset, way)) return [];
    const opened = hostWay(host, way);
    const left = [...subtractSpaces(opened, expected[way]), ...unaddressed(host, way)];
    // What a packet that opens a connection may do, others may too: it is told once.
    const apart = statesApart(ruleset).map((state) => {
      const passed = hostPasses(ruleset, way, state, ownPackets(host, way));
      const beyond = subtractSpaces(passed, [...opened, ...expected[way]]);
      return { state, left: state === "related" && way !== "forward" ? subtractSpaces(beyond, ERRORS) : beyond };
    });
    return [{ state: "new" as const, left }, ...apart].flatMap((each) => saidOf(host, ruleset, way, each));
  });
  return [...unknown, ...more];
}

/**
 * What of IPv6 gets through at a host that has no address of it: the day that somebody gives it one it would be open. Not
 * loopback's, nor what neighbours and errors are told by.
 */
function unaddressed({ ruleset, addresses }: SiteHost, way: Way): Space {
  if (ruleset === undefined || way === "forward" || addresses.v6.length > 0) return [];
  const passed = hostPasses(ruleset, way, "new", [box({ from: OUTSIDE, to: OUTSIDE })]);
  return subtractSpaces(passed, ERRORS);
}

const LOOPBACK: AddressSet = { v4: [], v6: [1n, 1n] };
const OUTSIDE = subtract(everywhere6, LOOPBACK);

/** What tells a sender that its packet came to nothing, or was too long. */
const ERRORS: Space = [box({ services: allOf([1, 58].map(protocolServices)) })];

/** What is told of packets of a state that get through and may not. */
function saidOf(
  { at }: SiteHost,
  ruleset: Ruleset,
  way: Way,
  { state, left }: { readonly state: State; readonly left: Space },
): readonly Said[] {
  const packet = packetOf(left);
  const [first] = left;
  if (packet === undefined || first === undefined) return [];
  const rules = rulesFor(ruleset, way, [onlyPacket(first)], state).map(({ text, line }) => `line ${line}: ${text}`);
  const what = `${state === "new" ? "" : `${state} `}${shownServices(allOf(left.map(({ services }) => services)))}`;
  const by = rules.length === 0 ? "nothing that stops it" : rules.join("; ");
  const got = `${WORDS[way]} ${what}, such as ${shownPacket(packet)}, by ${by}`;
  return [{ at, attribute: `chain ${way}`, got, whole: digestOf(left), expected: "declared flows only" }];
}
