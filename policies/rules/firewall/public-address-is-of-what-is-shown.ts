import { objection, rule } from "../../engine/rule.ts";
import { publicAddresses } from "../../model/network/public-addresses.ts";

/** Whether what is shown may have one is for FW-011. */
export const publicAddressIsOfWhatIsShown = rule({
  id: "FW-020",
  slug: "public-address-is-of-what-is-shown",
  severity: "high",
  title: "An Elastic IP is given to nothing that the outputs do not show",
  why: "Given by a literal id, it puts a host of any state on the internet, and no rule sees which groups are around that.",
  fix: "Refer to the resource, or take the address away and put a load balancer in front.",
  appliesTo: publicAddresses,
  requirements: [],
  check: ({ strangers }) =>
    strangers.map(({ attribute, target }) => objection(attribute, target, "a resource of the outputs, or nothing")),
});
