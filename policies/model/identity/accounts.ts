import type { Estate } from "../estate.ts";
import { listOf } from "../json.ts";
import { isUnknown, type Value } from "../value.ts";

const KEY = {};

/** Accounts that the estate stands in: as declared, else those that its providers admit. None: nobody says. */
export const ownAccounts = (estate: Estate): ReadonlySet<string> =>
  estate.once(KEY, () => {
    if (estate.declaration !== undefined) return new Set([estate.declaration.account]);
    const providers = estate.terraform.documents.flatMap(({ providers: all }) => [...all.values()]);
    return new Set(providers.flatMap((each) => listOf(each["allowed_account_ids"]).map(String)));
  });

/** The account of an ARN, or of a bare account number. */
export function accountOf(who: string): string | undefined {
  if (/^\d{12}$/.test(who)) return who;
  const account = who.startsWith("arn:") ? who.split(":")[4] : undefined;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** The last part of an ARN: `prd-plt-apply` of `arn:aws:iam::111111111111:role/people/prd-plt-apply`. */
export const lastNameOf = (arn: string): string => arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);

/** Whether someone is known to be of another account than the estate's own. */
export function isForeign(estate: Estate, who: Value<string>): boolean {
  if (isUnknown(who)) return false;
  const account = accountOf(who);
  const own = ownAccounts(estate);
  return account !== undefined && own.size > 0 && !own.has(account);
}

/** Whether a whole account is meant: its root or its number, or those of the account that Terraform runs in. */
export const isWholeAccount = (who: Value<string>): boolean =>
  isUnknown(who)
    ? /data\.aws_caller_identity\.[\w-]+\.account_id\}(?::root)?$/.test(who.expression)
    : /^(?:\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/.test(who);
