import { objection, rule } from "../../engine/rule.ts";
import { signedDeliveries } from "../../model/signed-delivery.ts";

/** The bucket behind knows CloudFront alone: who is in front of that, nobody but its behaviours asks. */
export const signedPathsAskForSignatures = rule({
  id: "IAM-029",
  slug: "signed-paths-ask-for-signatures",
  severity: "critical",
  title: "What is for signed addresses is handed out for nothing else, by whatever path or distribution",
  why: "The first behaviour whose pattern matches answers: one without key groups before it, or another way to the same bucket, gives people's files to whoever guesses their names.",
  fix: "Give trusted_key_groups with keys of ours to each behaviour that matches the paths or leads to their bucket, and none to trusted_signers.",
  appliesTo: signedDeliveries,
  requirements: ["MUN-4.18"],
  check: ({ leaks }) =>
    leaks.map(({ attribute, got, paths }) =>
      objection(attribute, got, `signatures by keys of the outputs for ${paths}`),
    ),
});
