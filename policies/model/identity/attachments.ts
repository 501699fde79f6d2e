import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { textsAt } from "../terraform/ways.ts";
import type { Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";

/** A managed policy in the hands of someone. */
export interface Attachment {
  readonly at: Place;
  readonly attribute: string;
  /** Its ARN. */
  readonly policy: Value<string>;
  /** Those of whom outputs know. */
  readonly holders: readonly Identity[];
}

/** Resources that attach: where the policy stands, and holders by where they are named. */
const ATTACHING: Readonly<Record<string, readonly [policy: string, holders: Readonly<Record<string, string>>]>> = {
  aws_iam_role_policy_attachment: ["policy_arn", { role: "aws_iam_role" }],
  aws_iam_user_policy_attachment: ["policy_arn", { user: "aws_iam_user" }],
  aws_iam_group_policy_attachment: ["policy_arn", { group: "aws_iam_group" }],
  aws_iam_policy_attachment: ["policy_arn", { roles: "aws_iam_role", users: "aws_iam_user", groups: "aws_iam_group" }],
  aws_iam_role_policy_attachments_exclusive: ["policy_arns", { role_name: "aws_iam_role" }],
  aws_iam_user_policy_attachments_exclusive: ["policy_arns", { user_name: "aws_iam_user" }],
  aws_iam_group_policy_attachments_exclusive: ["policy_arns", { group_name: "aws_iam_group" }],
  aws_ssoadmin_managed_policy_attachment: ["managed_policy_arn", { permission_set_arn: "aws_ssoadmin_permission_set" }],
  aws_ssoadmin_customer_managed_policy_attachment: [
    "customer_managed_policy_reference.name",
    { permission_set_arn: "aws_ssoadmin_permission_set" },
  ],
  aws_ssoadmin_managed_policy_attachments_exclusive: [
    "managed_policy_arns",
    { permission_set_arn: "aws_ssoadmin_permission_set" },
  ],
  // Before version 6 of the provider.
  aws_iam_role: ["managed_policy_arns", {}],
};

export const attachments = kind<Attachment>("attached policy", (estate) => {
  const byResource = new Map(estate.of(identities).map((each) => [each.resource, each]));
  const found = Object.entries(ATTACHING).flatMap(([type, [attribute, named]]) =>
    estate.terraform.ofType(type).flatMap((resource) => {
      const holders = holdersOf(estate, resource, named).flatMap((each) => byResource.get(each) ?? []);
      return textsAt(resource.block, attribute).map((policy) => ({
        at: placeOfResource(resource),
        attribute,
        policy,
        holders,
      }));
    }),
  );
  return found.filter((each) => !isSaidTwice(each, found));
});

/** The managed policies in the hands of someone. */
export const attachedTo = (estate: Estate, holder: Identity): readonly Attachment[] =>
  estate.once(BY_HOLDER, () => byHolder(estate)).get(holder) ?? [];

const BY_HOLDER = {};

function byHolder(estate: Estate): ReadonlyMap<Identity, readonly Attachment[]> {
  const pairs = estate.of(attachments).flatMap((each) => each.holders.map((holder) => [holder, each] as const));
  const grouped = Map.groupBy(pairs, ([holder]) => holder);
  return new Map([...grouped].map(([holder, own]) => [holder, own.map(([, each]) => each)]));
}

const holdersOf = (estate: Estate, resource: Resource, named: Readonly<Record<string, string>>): readonly Resource[] =>
  resource.type === "aws_iam_role"
    ? [resource]
    : Object.entries(named).flatMap(([attribute, type]) =>
        resource.block.texts(attribute).flatMap((each) => namedIdentity(estate, each, type) ?? []),
      );

/** A list of all that a role has repeats what each attachment says. */
const isSaidTwice = ({ attribute, policy, holders }: Attachment, all: readonly Attachment[]): boolean =>
  /policy_arns$/.test(attribute) &&
  all.some(
    (other) =>
      /policy_arn$/.test(other.attribute) && other.holders[0] === holders[0] && String(other.policy) === String(policy),
  );
