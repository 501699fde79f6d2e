import { demand, objection, rule } from "../../engine/rule.ts";
import { accountSettings } from "../../model/governance/baseline.ts";

/** What nobody thought of is closed: new volumes, buckets, images, snapshots, instances, passwords. */
export const accountIsClosedByDefault = rule({
  id: "GOV-012",
  slug: "account-is-closed-by-default",
  severity: "high",
  title: "The account encrypts new volumes and shares no bucket, snapshot, image, console or metadata with anyone",
  why: "These switches hold for whatever is made by hand, by a service of AWS, or by a configuration that forgot.",
  fix: "Set the account's resource of that name, once for each account and region.",
  appliesTo: accountSettings,
  requirements: [],
  check: ({ attribute, value, expected, holds }) =>
    value === undefined ? [objection(attribute, value, expected)] : demand(attribute, value, expected, holds),
});
