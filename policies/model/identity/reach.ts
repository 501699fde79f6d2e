import type { Matched, Statement } from "../policy-statement.ts";
import { isUnknown, type Value } from "../value.ts";
import { matchesWildcard } from "../wildcard.ts";

/** A name that nobody gives: what matches it matches anything. */
const ANYTHING = "zq7xw";

/** Whether a pattern of actions matches an action. Letters do not count. */
export const matchesAction = (pattern: string, action: string): boolean =>
  // Most patterns are plain names, and most of another length.
  /[*?]/.test(pattern)
    ? matchesWildcard(pattern.toLowerCase(), action.toLowerCase())
    : pattern.length === action.length && pattern.toLowerCase() === action.toLowerCase();

/** Whether some of these match an action; unknown patterns may. */
export const allowsAction = ({ except, patterns }: Matched, action: string): boolean =>
  except
    ? !patterns.some((each) => !isUnknown(each) && matchesAction(each, action))
    : patterns.some((each) => isUnknown(each) || matchesAction(each, action));

/** Whether every action of a service, or of all of them, is among these: `*`, `*:*`, `?*`, `s3:*`, NotAction. */
export const coversService = ({ except, patterns }: Matched): boolean =>
  except || patterns.some((each) => !isUnknown(each) && coversServiceAlone(each));

/** Services whose whole is worth most to a thief: a pattern such as `i*:*` is tried on each. */
const WORTH = "backup cloudtrail dynamodb ec2 iam kms lambda logs organizations rds s3 secretsmanager ssm sts".split(
  " ",
);

function coversServiceAlone(pattern: string): boolean {
  if (!pattern.includes("*")) return false;
  const service = /^[a-z0-9-]+(?=:)/i.exec(pattern)?.[0];
  const tried = service === undefined ? [ANYTHING, ...WORTH] : [service];
  return tried.some((each) => matchesAction(pattern, `${each}:${ANYTHING}`));
}

/** How much of what there is a pattern of ARNs takes in. */
export type Reach = "everything" | "a kind" | "some";

/**
 * `*` and `arn:aws:*` reach everything; `arn:aws:s3:::*`, `arn:aws:iam::111111111111:role/*` everything of a kind. Judged
 * by whether a name that nobody gives is matched.
 */
export function reachOf(pattern: Value<string>): Reach {
  if (isUnknown(pattern)) return "some";
  if (!pattern.includes("*")) return "some";
  if (matchesWildcard(pattern, `arn:aws:${ANYTHING}:${ANYTHING}:${ANYTHING}:${ANYTHING}`)) return "everything";
  const resource = pattern.split(":").slice(5).join(":");
  if (resource === "") return pattern.startsWith("arn:") ? "some" : "everything";
  // S3 names buckets without a kind before them; elsewhere a name follows its kind: `role/*`, `log-group:*:*`; and what is
  // a part of it may follow, `table/*/index/*`.
  const isBucket = /^arn:[^:]*:s3:::/.test(pattern);
  const name = isBucket ? resource.split("/", 1)[0] : /^[a-z-]+[/:](.*)$/i.exec(resource)?.[1];
  return /^(?=[*?/:]*\*)(?:[*?/:]|(?<=[/:])[a-z-]+(?=[/:]\*))*$/.test(name ?? resource) ? "a kind" : "some";
}

/** The farthest of these; everything where all but some are named. */
export function reachOfAll(resources: Matched | undefined): Reach {
  if (resources === undefined) return "some";
  if (resources.except) return "everything";
  const reaches = resources.patterns.map(reachOf);
  return (["everything", "a kind"] as const).find((each) => reaches.includes(each)) ?? "some";
}

/** Whether a statement allows: an effect that nobody knows may. */
export const isAllow = ({ effect }: Statement): boolean => effect !== "Deny";

/** Whether a statement gives whole services on all that there is of a kind: what no holder but an administrator needs. */
export const isAdministrative = (statement: Statement): boolean =>
  isAllow(statement) && coversService(statement.actions) && reachOfAll(statement.resources) !== "some";
