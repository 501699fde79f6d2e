import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { known, Unknown, type Value } from "../value.ts";

/** Something that a policy of its own guards, which could be spoken to in clear text. */
export interface GuardedResource {
  readonly at: Place;
  readonly resource: Resource;
  /** Absent: it has none. */
  readonly policy: Value<PolicyDocument> | undefined;
  /** What is asked of it; a policy that denies clear text denies all of these. */
  readonly actions: readonly string[];
  /** What stands behind the account in its ARN: `dumps`, `event-bus/orders`. A stand-in where that is not known yet. */
  readonly name: string;
  /** The same for what is in it: `dumps/any/object`. */
  readonly parts: readonly string[];
}

/** A type of these: where its policies are, and which attribute of a separate one names it. */
interface Source {
  readonly type: string;
  readonly policyType: string;
  readonly names: string;
  readonly ownName: string;
  readonly prefix: string;
  readonly actions: readonly string[];
  readonly parts: readonly string[];
}

const SOURCES: readonly Source[] = [
  {
    ...{ type: "aws_s3_bucket", policyType: "aws_s3_bucket_policy", names: "bucket", ownName: "bucket", prefix: "" },
    // The last is none of S3's: only a statement about every action denies it.
    actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:AnythingElse"],
    parts: ["", "/any/object"],
  },
  {
    ...{ type: "aws_sqs_queue", policyType: "aws_sqs_queue_policy", names: "queue_url", ownName: "name", prefix: "" },
    actions: ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
    parts: [""],
  },
  {
    ...{ type: "aws_sns_topic", policyType: "aws_sns_topic_policy", names: "arn", ownName: "name", prefix: "" },
    // A topic's policy may name few actions, and this is the one that carries messages.
    actions: ["sns:Publish"],
    parts: [""],
  },
  {
    ...{ type: "aws_efs_file_system", policyType: "aws_efs_file_system_policy", names: "file_system_id" },
    ...{ ownName: "id", prefix: "file-system/" },
    // What is not mounted is not read.
    actions: ["elasticfilesystem:ClientMount"],
    parts: [""],
  },
  {
    ...{ type: "aws_cloudwatch_event_bus", policyType: "aws_cloudwatch_event_bus_policy", names: "event_bus_name" },
    ...{ ownName: "name", prefix: "event-bus/" },
    actions: ["events:PutEvents"],
    parts: [""],
  },
];

/** Each replaces the whole policy: nobody knows which is applied last, and stays. */
const oneOf = (policies: readonly Resource[]): Unknown =>
  new Unknown(`of ${policies.map(({ address }) => address).join(" or ")}`);

/** In the place of a name that is made at apply: no name can hold it. */
const NAMELESS = "\u0000";

/** Buckets, queues, topics, file systems and event buses, each with its policy. */
export const guardedResources = kind<GuardedResource>("guarded resource", (estate) =>
  SOURCES.flatMap((source) => guarded(source, estate)),
);

function guarded({ type, policyType, names, ownName, prefix, actions, parts }: Source, { terraform }: Estate) {
  const policies = Map.groupBy(terraform.ofType(policyType), ({ block }) => terraform.find(block.text(names), type));
  return terraform.ofType(type).map((resource): GuardedResource => {
    const separate = policies.get(resource) ?? [];
    const name = `${prefix}${known(resource.block.text(ownName)) ?? NAMELESS}`;
    return {
      at: placeOfResource(resource),
      resource,
      policy: separate.length > 1 ? oneOf(separate) : policyDocument((separate[0] ?? resource).block, "policy"),
      actions,
      name,
      parts: parts.map((part) => `${name}${part}`),
    };
  });
}
