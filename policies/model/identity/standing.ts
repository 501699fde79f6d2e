import type { Estate } from "../estate.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { accountOf, isForeign, isLookedUpElsewhere, isMadeElsewhere, ownAccounts } from "./accounts.ts";

/** Who someone is to the estate: one of its own accounts, anyone at all, someone else; or outputs do not show who. */
export type Standing = "ours" | "anyone" | "another account" | Unknown;

/**
 * The standing of whom a policy, a grant or a list names: an ARN, an account, a canonical id, an organization. What outputs
 * do not show counts as ours where it leads to a resource of the outputs, or is looked up in the account itself; an account is
 * neither ours nor another's where nothing says which ours is.
 */
export function standingOf(who: Value<string>, estate: Estate): Standing {
  if (isUnknown(who)) return standingOfHidden(who, estate);
  if (/^\*|:\*$|^arn:[^:]*:iam::\*/.test(who)) return "anyone";
  // An organization is many accounts, whoever pays for it.
  if (/^arn:[^:]*:organizations:|^(?:o|ou|r)-[a-z0-9-]+$/.test(who) || isForeign(estate, who)) return "another account";
  if (/^[0-9a-f]{64}$/i.test(who)) return "ours";
  if (accountOf(who) === undefined) return new Unknown(who);
  return ownAccounts(estate).size > 0 ? "ours" : new Unknown(`${who}, where nothing says which account is ours`);
}

function standingOfHidden(who: Unknown, estate: Estate): Standing {
  if (who.resource !== undefined) return isMadeElsewhere(who.resource, estate) ? "another account" : "ours";
  // Whatever name follows, the account is written down: `arn:aws:iam::222222222222:role/${var.name}`.
  const account = accountOf(who.expression);
  if (account !== undefined) return standingOf(account, estate);
  if (isLookedUpElsewhere(who.expression, estate)) return "another account";
  return LOOKED_UP.test(who.expression) ? "ours" : who;
}

/** Data sources that tell of the account that Terraform runs in, and of AWS's own. */
const LOOKED_UP =
  /data\.aws_(?:caller_identity|canonical_user_id|iam_|elb_service_account|redshift_service_account|cloudfront_|partition)/;
