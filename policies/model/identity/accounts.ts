import type { Estate } from "../estate.ts";
import { type Json, listOf, objectOf, textOf } from "../json.ts";
import type { Document } from "../terraform/document.ts";
import { isTemplate } from "../terraform/expression.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { keepersOfKeys } from "./keepers.ts";

const KEY = {};

/**
 * Accounts that the estate stands in: as declared, else those that its providers admit or work in, or its plans ran in; else
 * of each state the one account that may change its keys. None: nobody says.
 */
export const ownAccounts = (estate: Estate): ReadonlySet<string> =>
  estate.once(KEY, () => {
    if (estate.declaration !== undefined) return new Set([estate.declaration.account]);
    const providers = estate.terraform.documents.flatMap(({ providers: all }) => [...all.values()]);
    const told = [
      ...providers.flatMap((each) => listOf(each["allowed_account_ids"]).map(String)),
      ...accountsAmong(providers.flatMap((each) => listOf(each["assume_role"]).map(roleOf))),
      ...readBy(estate, "data.aws_caller_identity.", "account_id"),
    ];
    return new Set(told.length > 0 ? told : keepersOfKeys(estate).flatMap(onlyAccount));
  });

const roleOf = (block: Json): string => textOf(objectOf(block)["role_arn"]) ?? "";

const accountsAmong = (whos: readonly string[]): readonly string[] => whos.flatMap((each) => accountOf(each) ?? []);

/** The account of all of them; nothing where they are of several. */
function onlyAccount(whos: readonly string[]): readonly string[] {
  const accounts = new Set(accountsAmong(whos));
  return accounts.size === 1 ? [...accounts] : [];
}

/** What plans have read from data sources of a type. */
const readBy = ({ terraform }: Estate, prefix: string, attribute: string): readonly string[] =>
  terraform.documents.flatMap(({ data }) =>
    [...data].flatMap(([address, body]) => {
      const text = address.includes(prefix) ? textOf(body[attribute]) : undefined;
      return text === undefined || isTemplate(text) ? [] : [text];
    }),
  );

/** An account as S3 names it in lists and policies. */
const isCanonical = (who: string): boolean => /^[0-9a-f]{64}$/i.test(who);

/** CloudFront, when it writes logs (Amazon CloudFront developer guide, "Configure standard logging (legacy)", read 2026-11-22). */
const LOGS_OF_CLOUDFRONT = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";

const CANONICAL = {};

/** Canonical ids that are known to be ours: those that plans have read. */
const ownCanonical = (estate: Estate): ReadonlySet<string> =>
  estate.once(CANONICAL, () => new Set([LOGS_OF_CLOUDFRONT, ...readBy(estate, "data.aws_canonical_user_id.", "id")]));

/** The account of an ARN, or of a bare account number; of all of an account, as Lake Formation says it. */
export function accountOf(who: string): string | undefined {
  if (/^\d{12}(?::IAMPrincipals)?$/.test(who)) return who.slice(0, 12);
  const account = who.startsWith("arn:") ? who.split(":")[4] : undefined;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** The last part of an ARN: `prd-plt-apply` of `arn:aws:iam::111111111111:role/people/prd-plt-apply`. */
export const lastNameOf = (arn: string): string => arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);

/** Whether someone is known to be of another account than the estate's own; a canonical id is unless a plan shows that it is ours. */
export function isForeign(estate: Estate, who: Value<string>): boolean {
  if (isUnknown(who)) return false;
  if (isCanonical(who)) return !ownCanonical(estate).has(who.toLowerCase());
  const account = accountOf(who);
  const own = ownAccounts(estate);
  return account !== undefined && own.size > 0 && !own.has(account);
}

/** Whether a resource is made in an account of others: by a provider that takes a role there. */
export const isMadeElsewhere = ({ raw, document }: Resource, estate: Estate): boolean =>
  worksElsewhere(document, raw.provider, estate);

/** Whether an expression leads to something that such a provider looks up. */
export function isLookedUpElsewhere(expression: string, estate: Estate): boolean {
  const addresses = expression.match(/data\.aws_\w+\.[\w-]+/g) ?? [];
  return estate.terraform.documents.some((document) =>
    addresses.some((each) => {
      const body = document.data.get(each);
      const provider = textOf(body?.["provider"])?.replace(/^\$\{(.*)\}$/, "$1");
      return body !== undefined && worksElsewhere(document, provider, estate);
    }),
  );
}

const worksElsewhere = ({ providers }: Document, provider: string | undefined, estate: Estate): boolean =>
  listOf(providers.get(provider ?? "aws")?.["assume_role"]).some((each) => isForeign(estate, roleOf(each)));

/** Whether a whole account is meant: its root or its number, or those of the account that Terraform runs in. */
export const isWholeAccount = (who: Value<string>): boolean =>
  isUnknown(who)
    ? /data\.aws_caller_identity\.[\w-]+\.account_id\}(?::root)?$/.test(who.expression)
    : /^(?:\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/.test(who);
