import { objection, rule } from "../../engine/rule.ts";
import { awsProviders } from "../../model/governance/providers.ts";
import { isUnknown } from "../../model/value.ts";

/** Where AWS keeps what has no region. */
const GLOBAL = "us-east-1";

/** The wrong terminal, the wrong credentials: Terraform refuses before it plans to make production a second time. */
export const providerIsBoundToItsAccount = rule({
  id: "GOV-004",
  slug: "provider-is-bound-to-its-account",
  severity: "high",
  title: "A provider works in the declared account and regions and nowhere else",
  why: "With credentials of another environment a plan shows everything new, and an apply makes it there.",
  fix: "allowed_account_ids with the environment's one account, region as declared.",
  appliesTo: awsProviders,
  requirements: [],
  needsDeclaration: true,
  check({ accounts, region }, { declaration }) {
    if (declaration === undefined) return [];
    const regions = [declaration.region, declaration.copyRegion, GLOBAL];
    const isRegion = !isUnknown(region) && region !== undefined && regions.includes(region);
    const isAccount = accounts.length === 1 && accounts[0] === declaration.account;
    return [
      ...(isAccount
        ? []
        : [objection("allowed_account_ids", accounts.find(isUnknown) ?? accounts, declaration.account)]),
      ...(isRegion ? [] : [objection("region", region, regions.join(", "))]),
    ];
  },
});
