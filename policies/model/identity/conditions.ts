import { publicRanges } from "../address-space.ts";
import { intersect, parseCidr, union } from "../addresses.ts";
import { bucketNamed } from "../buckets/deliveries.ts";
import type { Estate } from "../estate.ts";
import { textOf } from "../json.ts";
import { isMoreThanAProvider } from "../network/widths.ts";
import type { Condition, Statement } from "../policy-statement.ts";
import { Around } from "../policy-text.ts";
import { isUnknown, type Unknown, type Value } from "../value.ts";
import { accountOf } from "./accounts.ts";

const EXACT = /^(?:StringEquals|StringEqualsIgnoreCase|ArnEquals|ArnLike|StringLike)$/;

/** Operators under which a value stands for itself alone where it holds no `*` and no `?`. */
const isWildcard = (value: Value<string>): boolean => !isUnknown(value) && /[*?]/.test(value);

/** Conditions of a statement on a key that hold only where the request has the key, with one of the values. */
export const demanded = ({ conditions }: Statement, ...keys: readonly string[]): readonly Condition[] =>
  conditions.filter(
    ({ operator, ifExists, qualifier, key, values }) =>
      keys.includes(key) && EXACT.test(operator) && !ifExists && qualifier !== "ForAllValues" && values.length > 0,
  );

/** Values that a statement demands of a key, exactly; absent: it demands none, or takes patterns, as `ArnEquals` does too. */
export function exactly(statement: Statement, key: string): readonly Value<string>[] | undefined {
  const found = demanded(statement, key).find(
    ({ operator, values }) => /^String.*Equals/.test(operator) || !values.some(isWildcard),
  );
  return found?.values;
}

/** Whether an expression is proof enough: it leads to one resource, or to the account or organization that Terraform runs in. */
export const refersToOne = (value: Unknown): boolean =>
  value.resource !== undefined ||
  value instanceof Around ||
  /data\.aws_(?:caller_identity|organizations_organization|vpc|cloudfront)/.test(value.expression);

/** Keys that say for whom a service of AWS, or another account, asks. */
const SOURCES = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];
const OTHER_SOURCES = SOURCES.filter((key) => key !== "aws:sourcearn");

/**
 * Whether a statement holds only for calls on behalf of named accounts. An ARN that names neither an account nor a whole
 * bucket does not: `arn:aws:s3:::com*` is every bucket in the world whose name begins so.
 */
export const namesSource = (statement: Statement, ...more: readonly string[]): boolean =>
  demanded(statement, ...SOURCES, ...more).some(({ values }) => values.every(namesOne));

/** Whether it is a number or an ARN of something in particular: by its account, or by the whole name of a bucket. */
function namesOne(value: Value<string>): boolean {
  if (isUnknown(value)) return refersToOne(value);
  if (!value.includes("*") && !value.includes("?")) return value !== "";
  return accountOf(value) !== undefined || /^arn:aws[a-z-]*:s3:::[^*?/]+\//.test(value) || isOfOrganization(value);
}

/** A path below one organization, by its whole id: `o-a1b2c3d4e5/r-*`. */
const isOfOrganization = (value: string): boolean => /^o-[a-z0-9]{10,32}\//.test(value);

/** Keys that narrow who may be anyone: to an organization, an account, principals, networks or endpoints. */
const WHOM = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:userid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "kms:calleraccount",
];

/** Those of them whose values are ids that AWS gives: nobody can read off one whose it is. */
const GIVEN = /^aws:(?:principalorg|sourcevpc|userid)/;

/**
 * Whether a statement for anyone is narrowed to some: by organization, account, ARN, network or endpoint. Where a declaration
 * says what is ours, an id that no output has is somebody else's.
 */
export function narrows(statement: Statement, estate: Estate): boolean {
  if (namesSource(statement)) return true;
  const named = demanded(statement, ...WHOM).some(({ key, values }) =>
    values.every(
      (each) => isNarrow(each) && (!GIVEN.test(key) || estate.declaration === undefined || isOurs(each, estate)),
    ),
  );
  return named || isMountedOnly(statement) || hasNarrowSource(statement);
}

const IDS = {};

/** Whether an id, or the first part of a path, is one that resources of the outputs have, or that plans have read. */
function isOurs(value: Value<string>, estate: Estate): boolean {
  if (isUnknown(value)) return refersToOne(value);
  const ids = estate.once(IDS, () => {
    const bodies = estate.terraform.documents.flatMap(({ resources, data }) => [
      ...resources.map(({ attributes }) => attributes),
      ...data.values(),
    ]);
    return new Set(bodies.flatMap((body) => [textOf(body["id"]), textOf(body["unique_id"])]));
  });
  return ids.has(value.split(/[/:]/)[0]);
}

/** What a `*` does not stand in for whole: `arn:aws:iam::111111111111:role/x-*` names an account, `*` nothing. */
const isNarrow = (value: Value<string>): boolean =>
  isUnknown(value)
    ? refersToOne(value)
    : !/[*?]/.test(value) || accountOf(value) !== undefined || isOfOrganization(value);

/** EFS: whoever reaches a mount target stands in the network of it. */
const isMountedOnly = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, key, values, ifExists }) =>
      operator === "Bool" &&
      key === "elasticfilesystem:accessedviamounttarget" &&
      !ifExists &&
      values.every((each) => each === "true"),
  );

/** Addresses that together are no more of the internet than one provider has. */
const hasNarrowSource = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, key, values, ifExists }) =>
      operator === "IpAddress" && key === "aws:sourceip" && !ifExists && values.length > 0 && areOfAProvider(values),
  );

function areOfAProvider(values: readonly Value<string>[]): boolean {
  const sets = values.flatMap((each) => (isUnknown(each) ? [] : [parseCidr(each)]));
  const known = sets.filter((each) => each !== undefined);
  return (
    known.length === sets.length &&
    values.every((each) => !isUnknown(each) || refersToOne(each)) &&
    !isMoreThanAProvider(intersect(union(known), publicRanges))
  );
}

/** Whether a statement holds only for a session with a second factor. `BoolIfExists` holds without one too. */
export const demandsFactor = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, key, values, ifExists }) =>
      !ifExists &&
      ((operator === "Bool" && key === "aws:multifactorauthpresent" && values.every((each) => each === "true")) ||
        (operator.startsWith("NumericLessThan") && key === "aws:multifactorauthage")),
  );

/** Whether a statement holds only for others who know a shared word or are of a named organization. */
export const namesOthers = (statement: Statement): boolean =>
  ["sts:externalid", "aws:principalorgid"].some((key) => exactly(statement, key) !== undefined);

/** The same where a declaration says who is ours: no other account is, but for those of our organization. */
export const admitsOthers = (statement: Statement, estate: Estate): boolean =>
  estate.declaration === undefined
    ? namesOthers(statement)
    : (exactly(statement, "aws:principalorgid") ?? []).some((each) => isOurs(each, estate));

/**
 * Organizations of others for whom a service, or anyone, may act: where a declaration says what is ours, those that no
 * output has.
 */
export const strangeOrganizations = (statement: Statement, estate: Estate): readonly string[] =>
  estate.declaration === undefined
    ? []
    : demanded(statement, "aws:sourceorgid", "aws:sourceorgpaths").flatMap(({ values }) =>
        values.filter((each): each is string => !isUnknown(each) && !isOurs(each, estate)),
      );

const OWNERS = ["aws:sourceaccount", "aws:sourcearn", "aws:principalaccount", "aws:principalarn", "kms:calleraccount"];

/** Accounts and ARNs that a statement demands its callers, or those whom they act for, to be of. */
export const sourcesOf = (statement: Statement): readonly string[] =>
  demanded(statement, ...OWNERS).flatMap(({ values }) => values.filter((each): each is string => !isUnknown(each)));

/**
 * Buckets for which a service may act and that no output has, where a declaration says what is ours. An ARN of a bucket shows
 * no account, and anybody may take a name that is free: whoever demands an account beside it need not fear that.
 */
export function strangeSourceBuckets(statement: Statement, estate: Estate): readonly string[] {
  if (estate.declaration === undefined || demanded(statement, ...OTHER_SOURCES).length > 0) return [];
  const buckets = sourcesOf(statement).filter((each) => /^arn:[\w-]+:s3:::[^*?]+$/.test(each));
  return buckets.filter((each) => estate.terraform.find(bucketNamed(each), "aws_s3_bucket") === undefined);
}
