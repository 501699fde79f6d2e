import { objection, rule } from "../../engine/rule.ts";
import { hostFirewalls } from "../../model/hosts/firewall.ts";
import { commands, type Unit } from "../../model/hosts/units.ts";
import { RULESET } from "../../model/nftables/rulesets.ts";
import { Unknown } from "../../model/value.ts";

/** The unit of Debian's package starts late, and its stop empties the rules. */
const PACKAGED = objection(
  "nftables.service",
  new Unknown("that of the package"),
  "one of our own, before the network",
);

/** From before the network is there until after it is gone, a host drops what is not said, both ways. */
export const firewallIsClosedAndWhole = rule({
  id: "HOST-040",
  slug: "firewall-is-closed-and-whole",
  severity: "critical",
  title: "Each host's firewall drops by default in, out and through, and is replaced at once",
  why: "With rules that are added to old ones a removed flow stays open; with a gap at a start, a stop or a reload everything is.",
  fix: "policy drop for input, output and forward; delete table before it is defined; a service before the network that loads the file and does nothing else.",
  appliesTo: hostFirewalls,
  requirements: ["BRK-SEC.9", "BRK-SEC.10", "BRK-4.5", "BRK-15.2"],
  check: ({ open, added, unknown, service, whole }) => [
    ...open.map((hook) => objection(hook, "accept", "a chain of type filter with policy drop")),
    ...added.map((table) => objection(`table ${table}`, "added to what is loaded", "deleted first, in the same file")),
    ...unknown.map((text) => objection("statement", new Unknown(text), "what can be read")),
    ...(service === undefined && whole ? [PACKAGED] : []),
    ...(service === undefined ? [] : ofService(service)),
  ],
});

/** Whether a command loads the whole file, as one transaction, and its failure counts. */
const loadsIt = (line: string): boolean =>
  ["-f", "--file"].some((option) => line.split(/\s+/).join(" ") === `/usr/sbin/nft ${option} ${RULESET}`);

function ofService(service: Unit) {
  const loads = service.list("Service.ExecStart");
  const others = commands.flatMap((name) =>
    service.list(`Service.${name}`).flatMap((line) => (loadsIt(line) ? [] : [[name, line] as const])),
  );
  const skips = service.names().filter((name) => /^Unit\.(?:Condition|Assert)/.test(name));
  const early = service.list("Unit.Before").some((line) => line.includes("network-pre.target"));
  const enabled = service.list("Install.WantedBy").length > 0;
  return [
    ...(loads.length > 0 ? [] : [objection("ExecStart", undefined, `nft --file ${RULESET}`, service.at)]),
    ...others.map(([name, line]) => objection(name, line, `nft --file ${RULESET} and nothing else`, service.at)),
    ...skips.map((name) => objection(name, "may leave the host without rules", "no condition", service.at)),
    ...(early ? [] : [objection("Before", service.list("Unit.Before"), "network-pre.target", service.at)]),
    ...(enabled ? [] : [objection("WantedBy", undefined, "sysinit.target", service.at)]),
  ];
}
