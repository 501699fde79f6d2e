import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { exactly } from "../../model/identity/conditions.ts";
import {
  COGNITO,
  claimsOf,
  GITHUB,
  isOwnCluster,
  isSaml,
  isSignIn,
  issuerOf,
  issuerOfKeys,
  jobOf,
} from "../../model/identity/issuers.ts";
import { trusted, trusts } from "../../model/identity/trusts.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown, type Value } from "../../model/value.ts";

/** A token opens a role by its whole subject and audience, never by a pattern. */
export const trustOfTokensIsExact = rule({
  id: "IAM-009",
  slug: "trust-of-tokens-is-exact",
  severity: "critical",
  title: "A token opens a role only from a declared issuer and repository, with one exact subject and audience",
  why: "repo:owner/* lets in every branch and fork; without the subject, any repository of anyone in the world; whoever owns the issuer writes any subject he likes.",
  fix: "Demand StringEquals of aud and of sub: repo:OWNER/NAME:environment:NAME or repo:OWNER/NAME:pull_request; trust only issuers that the index declares.",
  appliesTo: trusts,
  requirements: [],
  concerns: (trust) => trusted(trust, "Federated").length > 0,
  check: (trust, estate) =>
    isUnknown(trust.statement)
      ? []
      : trusted(trust, "Federated").flatMap((who) => against(who, trust.statement as Statement, trust.path, estate)),
});

function against(who: Value<string>, statement: Statement, path: string, estate: Estate): readonly Objection[] {
  if (isSaml(who)) return ofPeople(who, statement, path, estate);
  const issuer = issuerOf(who) ?? issuerOfKeys(statement);
  if (issuer === undefined) return [objection(`${path}.Principal`, who, "an issuer that outputs show")];
  const undeclared = ofDeclaredIssuer(issuer, who, path, estate);
  if (undeclared.length > 0) return undeclared;
  const key = (claim: string): string => `${issuer}:${claim}`.toLowerCase();
  if (issuer === COGNITO)
    return [...exactOrNot(statement, key("aud"), path), ...ofSomeoneKnown(statement, key("amr"), path)];
  const subjects = exactly(statement, key("sub"));
  return [
    ...claimsOf(issuer).flatMap((claim) => exactOrNot(statement, claim, path)),
    ...(issuer.startsWith(GITHUB) ? (subjects ?? []).flatMap((each) => ofAJob(each, path, estate)) : []),
  ];
}

/** Whom a provider of SAML vouches for: to AWS itself, and not to another service that could hand it on. */
function ofPeople(who: Value<string>, statement: Statement, path: string, estate: Estate): readonly Objection[] {
  const undeclared = ofDeclaredIssuer(String(who), who, path, estate);
  if (undeclared.length > 0) return undeclared;
  const other = (exactly(statement, "saml:aud") ?? []).find((each) => !isUnknown(each) && !isSignIn(each));
  return other === undefined
    ? exactOrNot(statement, "saml:aud", path)
    : [objection(`${path}.Condition.saml:aud`, other, "https://signin.aws.amazon.com/saml, or that of a region")];
}

/** An identity pool gives everybody a token; how someone signed in stands in it, beside that he did at all. */
function ofSomeoneKnown(statement: Statement, key: string, path: string): readonly Objection[] {
  const expected = "authenticated, under ForAnyValue:StringEquals";
  const ways = exactly(statement, key);
  const given = ways ?? statement.conditions.find((each) => each.key === key)?.values;
  const wrong = given?.find(isUnknown) ?? (ways?.includes("unauthenticated") ? "unauthenticated" : undefined);
  return ways !== undefined && wrong === undefined
    ? []
    : [objection(`${path}.Condition.${key}`, wrong ?? given, expected)];
}

function exactOrNot(statement: Statement, key: string, path: string): readonly Objection[] {
  const values = exactly(statement, key);
  const given = statement.conditions.find((each) => each.key === key)?.values;
  if (values === undefined)
    return [objection(`${path}.Condition.${key}`, given?.find(isUnknown) ?? given, "exact values under StringEquals")];
  return values
    .filter(isUnknown)
    .flatMap((each) =>
      each.resource === undefined ? [objection(`${path}.Condition.${key}`, each, "values that outputs show")] : [],
    );
}

/** Of whose tokens an environment knows, and of its own clusters. */
function ofDeclaredIssuer(
  issuer: string,
  who: Value<string>,
  path: string,
  { declaration }: Estate,
): readonly Objection[] {
  if (declaration === undefined || isOwnCluster(who)) return [];
  const { issuers = [] } = declaration;
  const expected =
    issuers.length === 0 ? "no issuer, for none is declared" : `a declared issuer: ${issuers.join(", ")}`;
  return issuers.includes(issuer) ? [] : [objection(`${path}.Principal`, issuer, expected)];
}

function ofAJob(subject: Value<string>, path: string, { declaration }: Estate): readonly Objection[] {
  if (isUnknown(subject)) return [];
  const job = jobOf(subject);
  const { repository = "OWNER/NAME", name = "NAME" } = declaration ?? {};
  const isOther =
    declaration !== undefined &&
    (job?.repository !== declaration.repository || (job?.environment ?? declaration.name) !== declaration.name);
  const expected = `repo:${repository}:environment:${name} or repo:${repository}:pull_request`;
  return job === undefined || isOther ? [objection(`${path}.Condition.${GITHUB}:sub`, subject, expected)] : [];
}
