import { demand, objection, rule } from "../../engine/rule.ts";
import { covers, parseCidr } from "../../model/addresses.ts";
import { hostBases } from "../../model/hosts/base.ts";

const LINK_LOCAL = parseCidr("169.254.0.0/16");
const isLinkLocal = (address: string): boolean => {
  const range = parseCidr(address);
  return range !== undefined && LINK_LOCAL !== undefined && covers(LINK_LOCAL, range);
};

/** Time and names come from the hypervisor, packages are updated by themselves, the journal stays within its limits. */
export const hostKeepsItsBase = rule({
  id: "HOST-032",
  slug: "host-keeps-its-base",
  severity: "high",
  title: "Each host asks the hypervisor for time and names, updates itself and keeps its journal",
  why: "A foreign clock ends certificates and nonces, a foreign resolver carries data out, an old package is the way in.",
  fix: "chrony with 169.254.169.123, resolv.conf with 169.254.169.253, unattended upgrades on, journal limits.",
  appliesTo: hostBases,
  requirements: ["NOD-5.6", "TKT-2.1"],
  check: ({ time, resolvers, apt, journal }) => {
    const foreign = time.filter((each) => !isLinkLocal(each));
    const strange = resolvers.filter((each) => !isLinkLocal(each) && each !== "127.0.0.53");
    return [
      ...(time.length === 0 || foreign.length > 0 ? [objection("time servers", foreign, "169.254.169.123 alone")] : []),
      ...(resolvers.length === 0 || strange.length > 0
        ? [objection("nameserver", strange, "169.254.169.253 alone")]
        : []),
      ...["APT::Periodic::Update-Package-Lists", "APT::Periodic::Unattended-Upgrade"].flatMap((name) =>
        demand(name, apt(name) ?? "0", "1 to 31 days", (it) => Number(it) >= 1 && Number(it) <= 31),
      ),
      ...demand("journald Storage", journal("Storage") ?? "auto", "persistent", (it) => it === "persistent"),
      ...demand("journald MaxLevelStore", journal("MaxLevelStore") ?? "debug", "info or debug", (it) =>
        /^(?:info|debug|[67])$/.test(it),
      ),
      ...demand(
        "journald SystemMaxUse",
        journal("SystemMaxUse") ?? "",
        "a limit, so that logs never fill the disk",
        Boolean,
      ),
    ];
  },
});
