import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { holdersOf } from "../terraform/ways.ts";
import { isUnknown, type Value } from "../value.ts";
import { pathOf } from "./identity-policies.ts";
import { permissionOf, permissions } from "./permissions.ts";
import { policyCarriers } from "./policy-carriers.ts";
import { isAllow } from "./reach.ts";

/** A policy of a resource: who, of this account or others, may do what with it. */
export interface ResourcePolicy {
  readonly at: Place;
  readonly resource: Resource;
  /** What it is a policy of: `bucket`, `key`. */
  readonly of: string;
  readonly attribute: string;
  readonly document: Value<PolicyDocument>;
}

export const resourcePolicies = kind<ResourcePolicy>("policy of a resource", ({ terraform }) => [
  ...Object.entries(policyCarriers).flatMap(([type, [of, attribute]]) =>
    terraform.ofType(type).flatMap((resource) =>
      documentsAt(resource.block, attribute).map((document) => ({
        ...{ at: placeOfResource(resource), resource, of, attribute, document },
      })),
    ),
  ),
  ...Object.entries(permissions).flatMap(([type, of]) =>
    terraform.ofType(type).map((resource) => ({
      ...{ at: placeOfResource(resource), resource, of, attribute: "principal" },
      document: permissionOf(resource),
    })),
  ),
]);

/** The document under a name, or under a name in blocks. */
function documentsAt(block: Block, attribute: string): readonly Value<PolicyDocument>[] {
  const [holders, name] = holdersOf(block, attribute);
  return holders.flatMap((each) => policyDocument(each, name) ?? []);
}

/** What allows something in a policy of a resource, and how a finding calls it. */
export const allowedBy = ({
  document,
  attribute,
}: ResourcePolicy): readonly (readonly [path: string, statement: Statement])[] =>
  isUnknown(document)
    ? []
    : document.statements.flatMap((statement, at) =>
        isAllow(statement) ? [[pathOf(attribute, statement, at), statement] as const] : [],
      );
