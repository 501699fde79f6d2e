/** Whom a statement is about: everyone, principals of accounts, AWS services, or identity providers of the account. */
export type Principals =
  | "*"
  | { readonly aws: readonly string[] }
  | { readonly services: readonly string[] }
  | { readonly federated: readonly string[] };

/**
 * One statement of a policy that stands on a resource; `conditions` is operator -> condition key -> values.
 * Unlike an identity policy it names principals and may deny.
 */
export interface ResourceStatement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly principals: Principals;
  readonly actions: readonly string[];
  /** Left out in a trust policy. */
  readonly resources?: readonly string[];
  /** Everything but these; never together with `resources`. */
  readonly notResources?: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Principals in the spelling of the policy language. */
function principalsOf(principals: Principals): unknown {
  if (principals === "*") {
    return principals;
  }
  if ("federated" in principals) {
    return { Federated: principals.federated };
  }
  return "aws" in principals ? { AWS: principals.aws } : { Service: principals.services };
}

/**
 * JSON text of a resource policy, in the order given: the same statements always give the same bytes.
 *
 * Throws on a condition without values - a denial "to all but these" that spares nobody, or that AWS refuses - and on a
 * sid used twice.
 */
export function resourcePolicy(statements: readonly ResourceStatement[]): string {
  const sids = statements.map(({ sid }) => sid);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) {
    throw new Error(`policy: sids must be unique, got ${twice} twice`);
  }
  for (const { sid, conditions } of statements) {
    for (const [operator, keys] of Object.entries(conditions ?? {})) {
      const empty = Object.entries(keys).find(([, values]) => values.length === 0);
      if (empty !== undefined) {
        throw new Error(`policy ${sid}: ${operator} ${empty[0]} must have at least one value, got none`);
      }
    }
  }
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: statement.effect,
      Principal: principalsOf(statement.principals),
      Action: statement.actions,
      Resource: statement.resources,
      NotResource: statement.notResources,
      Condition: statement.conditions,
    })),
  });
}

/** The account as a principal: its IAM policies decide, within the statement's conditions. */
export function account(accountId: string): Principals {
  return { aws: [`arn:aws:iam::${accountId}:root`] };
}
