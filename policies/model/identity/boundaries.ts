import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";
import { allowsAction, isAllow, reachOfAll } from "./reach.ts";

/** A policy that says what its carriers can do at most. */
export interface Boundary {
  readonly at: Place;
  readonly resource: Resource;
  readonly document: Value<PolicyDocument>;
  readonly carriers: readonly Identity[];
}

export const boundaries = kind<Boundary>("boundary", (estate) => {
  const carriers = Map.groupBy(estate.of(identities), ({ boundary }) =>
    namedIdentity(estate, boundary, "aws_iam_policy"),
  );
  return [...carriers].flatMap(([resource, all]) => {
    const document = resource === undefined ? undefined : policyDocument(resource.block, "policy");
    return resource === undefined || document === undefined
      ? []
      : [{ at: placeOfResource(resource), resource, document, carriers: all }];
  });
});

/** The boundary of an identity, where outputs show it. */
export const boundaryOf = (estate: Estate, { boundary }: Identity): Boundary | undefined => {
  const resource = namedIdentity(estate, boundary, "aws_iam_policy");
  return resource === undefined ? undefined : estate.of(boundaries).find((each) => each.resource === resource);
};

/** What makes someone stronger than himself, unless whoever is made carries the boundary too. */
const WITHIN = [
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutUserPermissionsBoundary",
];

/** What nobody may do within a boundary: it has no key by which a boundary could be demanded. */
const NEVER = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
];

/** What would change the boundary itself. */
const ITSELF = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"];

/** Ways around a boundary that it leaves open: actions, in the order of the alphabet. */
export function openWays({ document, resource }: Boundary): readonly string[] {
  if (isUnknown(document)) return [];
  const allows = document.statements.filter(isAllow);
  const denies = document.statements.filter((each) => !isAllow(each));
  const isOpen = (action: string, closes: (statement: Statement) => boolean): boolean =>
    allows.some(({ actions }) => allowsAction(actions, action)) &&
    !denies.some((each) => allowsAction(each.actions, action) && closes(each));
  const everywhere = ({ resources }: Statement): boolean =>
    reachOfAll(resources) === "everything" && !resources?.except;
  const always = (each: Statement): boolean => everywhere(each) && each.conditions.length === 0;
  return [
    ...WITHIN.filter((action) => isOpen(action, (each) => always(each) || (everywhere(each) && demandsBoundary(each)))),
    ...NEVER.filter((action) => isOpen(action, always)),
    ...ITSELF.filter((action) =>
      isOpen(action, (each) => always(each) || (names(each, resource) && each.conditions.length === 0)),
    ),
  ].sort();
}

/** A denial that leaves open only what carries a boundary. */
const demandsBoundary = ({ conditions }: Statement): boolean =>
  conditions.length === 1 &&
  conditions.every(
    ({ operator, key, values }) =>
      /^(?:StringNotEquals|ArnNotEquals|StringNotLike|ArnNotLike)$/.test(operator) &&
      key === "iam:permissionsboundary" &&
      values.every((each) => isUnknown(each) || !/[*?]/.test(each)),
  );

/** Whether a statement is about a policy: by reference, or by its name. */
function names({ resources }: Statement, policy: Resource): boolean {
  const name = policy.block.text("name");
  return (
    resources?.except === false &&
    resources.patterns.some((each) =>
      isUnknown(each) ? each.resource === policy : typeof name === "string" && each.endsWith(`policy/${name}`),
    )
  );
}
