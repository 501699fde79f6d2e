import { objection, rule } from "../../engine/rule.ts";
import { metadataFor } from "../../model/hosts/firewall-ways.ts";
import { rulesets } from "../../model/nftables/rulesets.ts";

/** Whoever asks the metadata service gets the rights of the whole host: its secrets, its backups, its certificates. */
export const hostCredentialsAreForNamedAccounts = rule({
  id: "HOST-051",
  slug: "host-credentials-are-for-named-accounts",
  severity: "high",
  title: "A host's firewall lets root and named accounts alone ask for the host's credentials",
  why: "A program that can be made to fetch an address, or is taken over, otherwise takes the role of its host and all that it may read.",
  fix: "meta skuid with single accounts in each rule of the output chain that leads to 169.254.169.254.",
  appliesTo: rulesets,
  needsDeclaration: true,
  concerns: ({ ruleset }) => ruleset !== undefined,
  requirements: [],
  check: ({ ruleset }) =>
    (ruleset === undefined ? [] : metadataFor(ruleset)).map((text) =>
      objection("chain output", text, "meta skuid with single accounts"),
    ),
});
