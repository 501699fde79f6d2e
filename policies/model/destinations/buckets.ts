import { bucketNamed } from "../buckets/deliveries.ts";
import type { Estate } from "../estate.ts";
import { isMadeElsewhere } from "../identity/accounts.ts";
import { standingOf } from "../identity/standing.ts";
import type { Block, Scope } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

const BUCKETS = ["aws_s3_bucket", "aws_s3_directory_bucket"] as const;

/** Buckets of others among those that a block names: not of the outputs, and not of an owner of ours. */
export function strangeBuckets(
  holder: Block,
  name: string,
  owner: string | undefined,
  estate: Estate,
): readonly Value<string>[] {
  const demanded = owner === undefined ? undefined : holder.text(owner);
  const standing = demanded === undefined ? undefined : standingOf(demanded, estate);
  if (standing === "ours") return [];
  const named = holder.flag("enabled") === false ? [] : holder.texts(name);
  return standing === undefined || isUnknown(standing)
    ? named.flatMap((each) => strangeBucket(each, holder, estate))
    : named;
}

function strangeBucket(named: Value<string>, { scope }: Block, estate: Estate): readonly Value<string>[] {
  const made = madeBucket(named, scope, estate);
  if (made !== undefined) return isMadeElsewhere(made, estate) ? [textOf(named)] : [];
  const text = isUnknown(named) ? headOf(named) : named;
  if (bucketOf(text) === undefined) return isUnknown(named) ? [named] : [];
  return [estate.declaration === undefined ? new Unknown(`${text}, a bucket that outputs do not show`) : text];
}

const textOf = (value: Value<string>): string => (isUnknown(value) ? value.expression : value);

/** What makes the bucket, in the outputs: referred to, by itself or at the head of a path; named; or of a name that is made alike. */
function madeBucket(named: Value<string>, scope: Scope, { terraform }: Estate): Resource | undefined {
  if (!isUnknown(named)) return terraform.find(bucketOf(named), ...BUCKETS);
  const { resource, expression } = named;
  if (resource !== undefined) return resource;
  const reference = AT_HEAD.exec(expression)?.[1] ?? headOfSeveral(expression);
  const bucket = reference === undefined ? undefined : scope.graph.evaluate(reference, scope);
  if (isUnknown(bucket)) return bucket.resource;
  if (typeof bucket === "string") return terraform.find(bucketOf(bucket), ...BUCKETS);
  const bare = expression.replace(/^(?:arn:[\w-]+:s3:::|s3:\/\/)/, "");
  return terraform.ofType(...BUCKETS).find(({ block }) => {
    const name = block.text("bucket");
    return isUnknown(name) && name.expression === bare;
  });
}

/** A reference to a bucket that a path, or the domain of S3, comes after. */
const AT_HEAD =
  /^(?:arn:(?:[\w-]+|\$\{[^{}]+\}):s3:::|s3:\/\/|\/)?(\$\{aws_s3\w*bucket\.[^{}]+\})(?:\.s3[\w.-]*\.amazonaws\.com)?(?:\/|$)/;

/** Of an expression of several references plans tell no more than these: the first, where that is a bucket. */
function headOfSeveral(expression: string): string | undefined {
  const reference = /^\$\{unknown\((aws_s3\w*bucket\.[^,()]+)/.exec(expression)?.[1];
  return reference === undefined ? undefined : `\${${reference}}`;
}

/** What is plain text before the first slash after a bucket, whatever path follows: `s3://logs/${var.prefix}`. */
const headOf = ({ expression }: Unknown): string =>
  /^(?:arn:[\w-]+:s3:::|s3:\/\/|\/)?[\w.-]+(?=\/)/.exec(expression)?.[0] ?? "";

/** The bucket of an ARN, an address or a path; none where it is no bucket that is meant: a log group, an ARN with its account. */
function bucketOf(text: string): string | undefined {
  // Users of a transfer server are at home in a file system, too.
  if (text === "" || /^\/fs-[0-9a-f]{8,17}(?:\/|$)/.test(text)) return undefined;
  if (text.startsWith("arn:") && !/^arn:[\w-]+:s3:::/.test(text)) return undefined;
  return String(bucketNamed(text.replace(/^s3:\/\//, "").replace(/^\//, "")));
}
