import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { isWholeAccount, lastNameOf } from "./accounts.ts";
import { isAllow } from "./reach.ts";

/** Someone who may act: a role, a user, a group, a permission set of the organization's sign-in. */
export interface Identity {
  readonly at: Place;
  readonly resource: Resource;
  readonly type: "role" | "user" | "group" | "permission set";
  readonly name: Value<string> | undefined;
  /** The policy that bounds it, as it is named; absent: none does. */
  readonly boundary: Value<string> | undefined;
  /** Of a role: who may take it. Absent otherwise. */
  readonly trust: Value<PolicyDocument> | undefined;
}

const TYPES: Readonly<Record<string, Identity["type"]>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
  aws_ssoadmin_permission_set: "permission set",
};

export const identities = kind<Identity>("identity", ({ terraform }) =>
  Object.entries(TYPES).flatMap(([name, type]) =>
    terraform.ofType(name).map((resource) => ({
      at: placeOfResource(resource),
      resource,
      type,
      name: resource.block.text("name"),
      boundary:
        type === "permission set" ? boundaryOfSet(resource, terraform) : resource.block.text("permissions_boundary"),
      trust: type === "role" ? policyDocument(resource.block, "assume_role_policy") : undefined,
    })),
  ),
);

/** A permission set's boundary stands in a resource of its own. */
function boundaryOfSet(set: Resource, terraform: Estate["terraform"]): Value<string> | undefined {
  const attached = terraform
    .ofType("aws_ssoadmin_permissions_boundary_attachment")
    .find(({ block }) => terraform.find(block.text("permission_set_arn"), set.type) === set);
  const boundary = attached?.block.block("permissions_boundary");
  return boundary?.text("managed_policy_arn") ?? boundary?.block("customer_managed_policy_reference")?.text("name");
}

const BY_NAME = {};

/** The identity or policy of a type that a value names: by reference, by ARN, or by name. */
export function namedIdentity(
  estate: Estate,
  value: Value<string> | undefined,
  ...types: string[]
): Resource | undefined {
  const found = estate.terraform.find(value, ...types);
  if (found !== undefined || value === undefined || isUnknown(value)) return found;
  const names = estate.once(BY_NAME, () => namesOf(estate));
  const name = lastNameOf(value);
  return types.map((type) => names.get(`${type} ${name}`)).find((each) => each !== undefined);
}

const NAMED = ["aws_iam_role", "aws_iam_user", "aws_iam_group", "aws_iam_policy", "aws_iam_instance_profile"];

const namesOf = ({ terraform }: Estate): ReadonlyMap<string, Resource> =>
  new Map(
    terraform.ofType(...NAMED).flatMap((resource) => {
      const name = resource.block.text("name");
      return typeof name === "string" ? [[`${resource.type} ${name}`, resource] as const] : [];
    }),
  );

/** Statements by which a role may be taken; none where outputs do not show them. */
export const trustOf = ({ trust }: Identity): readonly Statement[] =>
  trust === undefined || isUnknown(trust) ? [] : trust.statements.filter(isAllow);

/** Whether people or pipelines, rather than services of AWS, may take a role. */
export const isTakenByPeople = (identity: Identity): boolean =>
  trustOf(identity).some(({ principals }) =>
    principals?.all.some(
      ({ type, who }) =>
        (type === "Federated" && !isCluster(who)) || type === "*" || (type === "AWS" && isWholeAccount(who)),
    ),
  );

/** The issuer of a cluster's service accounts is federated, and its roles are taken by pods. */
const isCluster = (who: Value<string>): boolean => {
  if (!isUnknown(who)) return who.includes("oidc.eks.");
  const url = who.resource?.block.text("url");
  const text = String(url ?? who.expression);
  return text.includes("aws_eks_cluster") || text.includes("oidc.eks.");
};

/** Whether every way to take a role leads through a federated token: no person, no service. */
export const isPipeline = (identity: Identity): boolean => {
  const statements = trustOf(identity);
  return (
    statements.length > 0 &&
    statements.every(
      ({ principals }) =>
        principals !== undefined &&
        !principals.except &&
        principals.all.every(({ type, who }) => type === "Federated" && !isCluster(who)),
    )
  );
};
