import type { Construct } from "constructs";

const KEY = "permissionsBoundaryArn";

/** Every role made in this scope from now on has the policy as its permissions boundary; `PermissionsBoundary` makes it. */
export const setBoundary = (scope: Construct, policyArn: string): void => scope.node.setContext(KEY, policyArn);

/**
 * The boundary of the scope, as an argument of a role; none where none was set.
 *
 * From the context, since every role needs it and none may choose: a construct that takes it as a property can be made
 * without, and the pipeline is refused only when it applies.
 */
export function boundary(scope: Construct): { readonly permissionsBoundary?: string } {
  const arn: unknown = scope.node.tryGetContext(KEY);
  return typeof arn === "string" ? { permissionsBoundary: arn } : {};
}
