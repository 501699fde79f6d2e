import type { Statement } from "../policy-statement.ts";
import { isUnknown } from "../value.ts";
import { demanded, refersToOne } from "./conditions.ts";

/**
 * Keys that say of which resource a call is; and those of a service for what the call makes. Whose it is, as
 * `aws:ResourceAccount` says, limits nothing: it is everything of an account.
 */
const LIMITING =
  /^(?:aws:(?:resourcetag|requesttag)\/.+|kms:(?:resourcealiases|requestalias|viaservice|granteeprincipal)|ec2:(?:resourcetag\/.+|vpc|subnet|createaction)|ssm:resourcetag\/.+|iam:(?:passedtoservice|permissionsboundary|awsservicename)|ses:(?:fromaddress|recipients)|cloudwatch:namespace|acm-pca:templatearn|ecs:cluster|route53:changeresourcerecordsetsnormalizedrecordnames|secretsmanager:resourcetag\/.+)$/;

/** Whether the conditions of a statement limit it to some resources, though it names all. */
export const limitsResource = (statement: Statement): boolean =>
  statement.conditions.some(
    ({ key }) =>
      LIMITING.test(key) &&
      demanded(statement, key).some(({ values }) =>
        values.every((each) => (isUnknown(each) ? refersToOne(each) : !/^[*?]*$/.test(each))),
      ),
  );
