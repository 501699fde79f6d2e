import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { attachments } from "./attachments.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";
import { isAllow } from "./reach.ts";

/** A policy that gives its holders something. A policy that is only used as a boundary gives nothing, and is none. */
export interface IdentityPolicy {
  readonly at: Place;
  /** Where the document stands in its resource. */
  readonly attribute: string;
  readonly document: Value<PolicyDocument>;
  /** Those of whom outputs know. */
  readonly holders: readonly Identity[];
}

/** Resources that write a policy into one holder: where the document stands, and where its holder is named. */
const INLINE: Readonly<Record<string, readonly [document: string, holder: string, type: string]>> = {
  aws_iam_role_policy: ["policy", "role", "aws_iam_role"],
  aws_iam_user_policy: ["policy", "user", "aws_iam_user"],
  aws_iam_group_policy: ["policy", "group", "aws_iam_group"],
  aws_ssoadmin_permission_set_inline_policy: ["inline_policy", "permission_set_arn", "aws_ssoadmin_permission_set"],
};

export const identityPolicies = kind<IdentityPolicy>("policy of an identity", (estate) => {
  const byResource = new Map(estate.of(identities).map((each) => [each.resource, each]));
  const holder = (resource: Resource | undefined): readonly Identity[] => {
    const found = resource === undefined ? undefined : byResource.get(resource);
    return found === undefined ? [] : [found];
  };
  const inline = Object.entries(INLINE).flatMap(([type, [attribute, named, holding]]) =>
    estate.terraform
      .ofType(type)
      .flatMap((each) =>
        policyIn(each, each.block, attribute, holder(namedIdentity(estate, each.block.text(named), holding))),
      ),
  );
  // Before version 6 of the provider roles held policies in blocks of their own.
  const inRoles = estate
    .of(identities)
    .flatMap((role) =>
      role.type === "role"
        ? role.resource.block
            .blocks("inline_policy")
            .flatMap((block, at) => policyIn(role.resource, block, "policy", [role], `inline_policy[${at}].policy`))
        : [],
    );
  return [...inline, ...inRoles, ...managed(estate)];
});

function managed(estate: Estate): readonly IdentityPolicy[] {
  const bounds = new Set(
    estate.of(identities).map(({ boundary }) => namedIdentity(estate, boundary, "aws_iam_policy")),
  );
  const holders = Map.groupBy(estate.of(attachments), ({ policy }) => namedIdentity(estate, policy, "aws_iam_policy"));
  return estate.terraform.ofType("aws_iam_policy").flatMap((resource) => {
    const held = holders.get(resource)?.flatMap((each) => each.holders) ?? [];
    return held.length === 0 && bounds.has(resource) ? [] : policyIn(resource, resource.block, "policy", held);
  });
}

function policyIn(
  resource: Resource,
  block: Block,
  attribute: string,
  holders: readonly Identity[],
  path = attribute,
): readonly IdentityPolicy[] {
  const document = policyDocument(block, attribute);
  return document === undefined ? [] : [{ at: placeOfResource(resource), attribute: path, document, holders }];
}

/** What allows something in a policy, and how a finding calls it. None where outputs do not show the policy. */
export const allowedIn = ({
  document,
  attribute,
}: Pick<IdentityPolicy, "document" | "attribute">): readonly (readonly [path: string, statement: Statement])[] =>
  isUnknown(document)
    ? []
    : document.statements.flatMap((statement, at) =>
        isAllow(statement) ? [[pathOf(attribute, statement, at), statement] as const] : [],
      );

/** `policy.Statement[ReadConfiguration]`: by its Sid where it has one, else by its place. */
export const pathOf = (attribute: string, { sid }: Statement, at: number): string =>
  `${attribute}.Statement[${typeof sid === "string" && sid !== "" ? sid : at}]`;
