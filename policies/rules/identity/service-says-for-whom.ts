import { objection, rule } from "../../engine/rule.ts";
import { namesSource } from "../../model/identity/conditions.ts";
import { cannotSayForWhom, OWN_SOURCE_KEYS } from "../../model/identity/deputies.ts";
import { allowedBy, resourcePolicies } from "../../model/identity/resource-policies.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** A service of AWS works for all its customers: a policy that lets it in says for which of them. */
export const serviceSaysForWhom = rule({
  id: "IAM-015",
  slug: "service-says-for-whom",
  severity: "high",
  title: "A service of AWS uses a resource only on behalf of this account",
  why: "Else anyone makes the service write to our bucket, call our function or decrypt with our key: the confused deputy.",
  fix: "Add StringEquals aws:SourceAccount with the account, or ArnLike aws:SourceArn with what it acts for.",
  appliesTo: resourcePolicies,
  requirements: [],
  check: (policy) =>
    allowedBy(policy).flatMap(([path, statement]) => {
      const services = (statement.principals?.all ?? []).flatMap(({ type, who }) =>
        type === "Service" && (isUnknown(who) || !cannotSayForWhom.has(who)) ? [who] : [],
      );
      // Beside a service that cannot say it, one that can has to do without.
      const isShared = services.length < (statement.principals?.all.length ?? 0);
      if (services.length === 0 || isShared || namesSource(statement, ...OWN_SOURCE_KEYS)) return [];
      return [
        objection(
          `${path}.Condition`,
          `${shown(services)} for anyone`,
          "aws:SourceAccount or aws:SourceArn of this account",
        ),
      ];
    }),
});
