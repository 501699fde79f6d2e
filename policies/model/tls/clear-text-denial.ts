import type { Condition, Matched, PolicyDocument, Statement } from "../policy-statement.ts";
import { isEverybody } from "../policy-statement.ts";
import { Around } from "../policy-text.ts";
import { isUnknown, type Value } from "../value.ts";
import { matchesWildcard } from "../wildcard.ts";
import type { GuardedResource } from "./resource-policies.ts";

/** What of a resource its policy lets clients do in clear text; nothing: it denies all of it. */
export interface Undenied {
  /** `s3:GetObject on objects`. */
  readonly said: string;
  /** Whether a statement that outputs do not show in full may deny it. */
  readonly perhaps: boolean;
}

/** What no statement denies to everybody who comes in clear text, and under no other condition. */
export function undeniedClearText(guarded: GuardedResource, { statements }: PolicyDocument): readonly Undenied[] {
  const sure = statements.filter((each) => denies(each, false));
  const possible = statements.filter((each) => denies(each, true));
  return guarded.parts.flatMap((part) =>
    guarded.actions.flatMap((action) => {
      const covered = (among: readonly Statement[], hopeful: boolean): boolean =>
        among.some((each) => matchesAction(each.actions, action, hopeful) && matchesPart(each, part, guarded, hopeful));
      if (covered(sure, false)) return [];
      const what = part === guarded.name ? "it" : "what is in it";
      return [{ said: `${action} on ${what}`, perhaps: covered(possible, true) }];
    }),
  );
}

/** Whether a statement denies clear text, whatever it is about. Hopeful: what is unknown is as one would wish. */
function denies({ effect, principals, conditions }: Statement, hopeful: boolean): boolean {
  if (isUnknown(effect) ? !hopeful : effect !== "Deny") return false;
  const hidden = principals?.all.some(({ who }) => isUnknown(who)) ?? false;
  if (!(isEverybody(principals) || (hopeful && hidden && !principals?.except))) return false;
  return conditions.length > 0 && conditions.every((each) => isClearText(each, hopeful));
}

/** Whether a condition holds for every request in clear text. One without TLS has no version of it either. */
function isClearText({ operator, qualifier, ifExists, key, values }: Condition, hopeful: boolean): boolean {
  if (key === "s3:tlsversion") return ifExists && operator.startsWith("NumericLessThan");
  if (key !== "aws:securetransport" || qualifier !== undefined) return false;
  if (values.some(isUnknown)) return hopeful;
  const texts = values.map((value) => String(value).toLowerCase());
  if (operator === "StringNotEquals" || operator === "StringNotLike") return texts.every((text) => text === "true");
  const positive = ["Bool", "StringEquals", "StringEqualsIgnoreCase", "StringLike"].includes(operator);
  return positive && texts.includes("false");
}

function matchesAction({ except, patterns }: Matched, action: string, hopeful: boolean): boolean {
  const hit = (pattern: Value<string>, unknown: boolean): boolean =>
    isUnknown(pattern) ? unknown : matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
  return except
    ? patterns.every((pattern) => !hit(pattern, !hopeful))
    : patterns.some((pattern) => hit(pattern, hopeful));
}

function matchesPart({ resources }: Statement, part: string, guarded: GuardedResource, hopeful: boolean): boolean {
  // Nothing said means what carries the policy; of a bucket that is not its objects.
  if (resources === undefined) return part === guarded.name;
  const hit = (pattern: Value<string>, unknown: boolean): boolean => {
    const text = partNamed(pattern, guarded);
    return text === undefined ? unknown : matchesWildcard(text, part);
  };
  return resources.except
    ? resources.patterns.every((pattern) => !hit(pattern, !hopeful))
    : resources.patterns.some((pattern) => hit(pattern, hopeful));
}

/** What a pattern of an ARN says behind the account. Absent: it is not known. */
function partNamed(pattern: Value<string>, guarded: GuardedResource): string | undefined {
  if (!isUnknown(pattern)) return behindAccount(pattern);
  const { before, reference, after } =
    pattern instanceof Around ? pattern : { before: "", reference: pattern, after: "" };
  // Something else of this estate: not this one, whatever it will be called.
  if (reference.resource !== undefined && reference.resource !== guarded.resource) return "\u0001";
  if (reference.resource === undefined) return undefined;
  return before === "" ? `${guarded.name}${after}` : behindAccount(`${before}${guarded.name}${after}`);
}

const behindAccount = (arn: string): string => (arn === "*" ? arn : arn.split(":").slice(5).join(":"));
