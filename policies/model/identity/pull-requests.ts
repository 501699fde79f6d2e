import type { Estate } from "../estate.ts";
import type { Statement } from "../policy-statement.ts";
import { isUnknown, type Value } from "../value.ts";
import { exactly } from "./conditions.ts";
import { type Identity, trustOf } from "./identities.ts";
import { identityPolicies } from "./identity-policies.ts";
import { GITHUB, type Job, jobOf } from "./issuers.ts";
import { allowsAction, isAllow, reachOfAll } from "./reach.ts";

/** Whether jobs of pull requests may take a role. */
export const admitsPullRequests = (role: Identity): boolean =>
  trustOf(role).some((each) =>
    exactly(each, `${GITHUB}:sub`)?.some((subject) => !isUnknown(subject) && isPullRequest(jobOf(subject))),
  );

const isPullRequest = (job: Job | undefined): boolean => job !== undefined && job.environment === undefined;

/** Verbs that only look, as AWS names actions; and by service what looks under another verb. */
const LOOKING = /^(?:describe|get|list|batchget|view|search|lookup|simulate|query|scan|head)[a-z*]*$/;
const ALSO_LOOKING: ReadonlySet<string> = new Set(["kms:decrypt", "sts:getcalleridentity"]);

/** Actions of a statement that do more than look. */
export const changingIn = ({ actions }: Statement): readonly Value<string>[] =>
  actions.except
    ? ["everything but a few"]
    : actions.patterns.filter((each) => {
        if (isUnknown(each)) return true;
        const action = each.toLowerCase();
        return !LOOKING.test(action.split(":")[1] ?? action) && !ALSO_LOOKING.has(action);
      });

/** What a policy that reads everything reads of data, and a role of pull requests must be denied; some only where it is. */
const DATA: Readonly<Record<string, string | undefined>> = {
  "dynamodb:GetItem": "aws_dynamodb_table",
  "logs:GetLogEvents": undefined,
  "s3:GetObject": undefined,
  "secretsmanager:GetSecretValue": undefined,
  "ssm:GetParameterHistory": undefined,
};

/** Data that nothing denies a role to read; a denial may spare named resources, such as states. */
export function unreadable(role: Identity, estate: Estate): readonly string[] {
  const denials = estate
    .of(identityPolicies)
    .filter(({ holders }) => holders.includes(role))
    .flatMap(({ document }) => (isUnknown(document) ? [] : document.statements.filter((each) => !isAllow(each))));
  const kept = Object.entries(DATA).filter(
    ([, type]) => type === undefined || estate.terraform.ofType(type).length > 0,
  );
  return kept
    .flatMap(([action]) => action)
    .filter(
      (action) =>
        !denials.some(
          (each) =>
            allowsAction(each.actions, action) &&
            reachOfAll(each.resources) === "everything" &&
            each.conditions.length === 0,
        ),
    );
}
