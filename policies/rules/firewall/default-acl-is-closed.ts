import { objection, rule } from "../../engine/rule.ts";
import { networkAcls } from "../../model/network/acls.ts";

/** A subnet that nobody gave an ACL gets the VPC's default one: it must let nothing through. */
export const defaultAclIsClosed = rule({
  id: "FW-006",
  slug: "default-acl-is-closed",
  severity: "medium",
  title: "The default network ACL of every VPC lets nothing through",
  why: "A new subnet has it until somebody says otherwise; as AWS makes it, it lets everything through, so that nobody notices.",
  fix: "Manage it with aws_default_network_acl without entries, and give each subnet an ACL of its tier.",
  appliesTo: networkAcls,
  requirements: [],
  concerns: ({ isDefault }) => isDefault,
  check: ({ entries, resource }) =>
    entries
      .filter(({ allows }) => allows !== false)
      .map(({ at, path, direction, allows }) => {
        const said = resource === undefined ? "what AWS makes it with: everything" : `something for ${direction}`;
        return objection(path, allows === true ? `allows ${said}` : allows, "no entry that allows anything", at);
      }),
});
