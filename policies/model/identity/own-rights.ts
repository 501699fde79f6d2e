import type { Estate } from "../estate.ts";
import type { Statement } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, type Value } from "../value.ts";
import { matchesWildcard } from "../wildcard.ts";
import { attachedTo } from "./attachments.ts";
import { namedIdentity } from "./identities.ts";
import type { IdentityPolicy } from "./identity-policies.ts";

/** How ARNs of IAM call what a type of Terraform makes. */
const KINDS: Readonly<Record<string, string>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
  aws_iam_policy: "policy",
};

/** Whether a statement names whom it is for, a policy that they hold, or the one that bounds them. */
export function namesHolder({ resources }: Statement, { holders }: IdentityPolicy, estate: Estate): boolean {
  if (resources === undefined || resources.except) return false;
  const own = holders.flatMap((holder) => {
    const policies = [holder.boundary, ...attachedTo(estate, holder).map(({ policy }) => policy)];
    return [holder.resource, ...policies.flatMap((each) => namedIdentity(estate, each, "aws_iam_policy") ?? [])];
  });
  return resources.patterns.some(
    (pattern) => isWhoever(pattern) || own.some((each) => isNamedBy(pattern, each, estate)),
  );
}

/** `user/${aws:username}`: an identity that the caller himself names. */
const isWhoever = (pattern: Value<string>): boolean =>
  !isUnknown(pattern) && /^arn:[^:]*:iam::[^:]*:(?:user|role|group|policy)\/.*\$\{/.test(pattern);

function isNamedBy(pattern: Value<string>, resource: Resource, { terraform }: Estate): boolean {
  const name = known(resource.block.text("name"));
  if (isUnknown(pattern) || name === undefined) return terraform.find(pattern, resource.type) === resource;
  const path = known(resource.block.text("path")) ?? "/";
  // Of whichever partition and account the pattern names.
  const [, partition = "aws", account = ""] = /^arn:([a-z-]+):iam::(\d+):/.exec(pattern) ?? [];
  return matchesWildcard(pattern, `arn:${partition}:iam::${account}:${KINDS[resource.type]}${path}${name}`);
}
