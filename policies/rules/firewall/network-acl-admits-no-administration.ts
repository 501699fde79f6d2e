import { objection, rule } from "../../engine/rule.ts";
import { shownAddresses } from "../../model/addresses.ts";
import { aclOpening } from "../../model/network/acl-openings.ts";
import { networkAcls } from "../../model/network/acls.ts";
import { administrativePorts } from "../../model/network/administrative-ports.ts";
import { shownProtocol } from "../../model/network/protocol.ts";
import { portsOf, shownPorts } from "../../model/ports.ts";

/** The border of a subnet refuses what no security group should have let in either. */
export const networkAclAdmitsNoAdministration = rule({
  id: "FW-014",
  slug: "network-acl-admits-no-administration",
  severity: "high",
  title: "No network ACL lets the internet in to a port of administration or data",
  why: "It is the second line: it holds when somebody opens a security group by mistake, if it does not let everything in itself.",
  fix: "Allow the ports of entrypoints, and from 1024 up what replies need; deny the rest.",
  appliesTo: networkAcls,
  requirements: [],
  // A default ACL has a rule of its own.
  concerns: ({ isDefault }) => !isDefault,
  check: (acl) =>
    administrativePorts.flatMap(([protocol, ports]) => {
      const opening = aclOpening(acl, protocol, ports);
      if (opening === undefined) return [];
      const { deciding, unknown, open, from } = opening;
      const got = `${shownProtocol(protocol)} ${shownPorts(portsOf(...open))} from ${shownAddresses(from)}`;
      return [objection(deciding?.path ?? "ingress", unknown ?? got, EXPECTED, deciding?.at ?? acl.at)];
    }),
});

const EXPECTED = "nobody on the internet, but in a range that replies to connections from inside need";
