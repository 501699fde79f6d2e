import { demand, rule } from "../../engine/rule.ts";
import { securityGroups } from "../../model/network/groups.ts";

/** What the provider writes where nobody wrote anything. */
const NOTHING_SAID = "Managed by Terraform";

/** Who reviews a rule at night reads what it is for. */
export const rulesSayWhy = rule({
  id: "FW-004",
  slug: "rules-say-why",
  severity: "low",
  title: "Every security group and each of its rules says what it is for",
  why: "A rule of which nobody knows the purpose is never taken away again.",
  fix: 'Give a description: who talks to whom, and why. "Managed by Terraform" is none.',
  appliesTo: securityGroups,
  requirements: ["TKT-5.5"],
  check: ({ origin, description, rules }) => [
    ...(origin === "own" ? demand("description", description ?? NOTHING_SAID, "what the group is for", says) : []),
    ...rules
      // Of hundreds of thousands nearly all do.
      .filter(({ implied, description: text }) => !(implied || (typeof text === "string" && says(text))))
      .flatMap(({ at, path, description: text }) => {
        const attribute = path.includes("[") ? `${path}.description` : "description";
        return demand(attribute, text ?? "", "what the rule is for", says).map((each) => ({ ...each, at }));
      }),
  ],
});

const says = (text: string): boolean => text.trim().length >= 4 && text !== NOTHING_SAID;
