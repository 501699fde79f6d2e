import type { Statement } from "../policy-statement.ts";
import { Around } from "../policy-text.ts";
import { isUnknown, type Value } from "../value.ts";

/** The host of an issuer of tokens, whichever way a trust names it; nothing where outputs do not show it. */
export function issuerOf(who: Value<string>): string | undefined {
  if (!isUnknown(who)) return who.includes("oidc-provider/") ? who.split("oidc-provider/")[1] : who;
  const url = who instanceof Around ? undefined : who.resource?.block.text("url");
  return typeof url === "string" ? url.replace(/^https:\/\//, "") : undefined;
}

/** Whether it is the provider of the service accounts of a cluster that outputs make. */
export function isOwnCluster(who: Value<string>): boolean {
  const url = isUnknown(who) && !(who instanceof Around) ? who.resource?.block.text("url") : undefined;
  return isUnknown(url) && url.resource?.type === "aws_eks_cluster";
}

/** The issuer that conditions speak of, where the provider is not shown. */
export const issuerOfKeys = ({ conditions }: Statement): string | undefined =>
  conditions.map(({ key }) => /^(.+\..+):(?:sub|aud)$/.exec(key)?.[1]).find((each) => each !== undefined);

/** Whether it is a provider of SAML, by which people sign in. */
export const isSaml = (who: Value<string>): boolean =>
  isUnknown(who) ? who.resource?.type === "aws_iam_saml_provider" : who.includes(":saml-provider/");

/** Where people sign in to AWS, as providers address it (IAM user guide, "Create a role for SAML 2.0 federation", read 2026-11-23). */
export const isSignIn = (audience: string): boolean =>
  /^https:\/\/(?:[a-z0-9-]+\.)?signin\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\/saml(?:\/acs\/\w+)?$/.test(
    audience,
  );

/** Issuers that call audience and subject otherwise (IAM user guide, "Keys for AWS web identity federation", read 2026-11-23). */
const CLAIMS: Readonly<Record<string, readonly [audience: string, subject: string]>> = {
  "graph.facebook.com": ["app_id", "id"],
  "www.amazon.com": ["app_id", "user_id"],
};

/** Keys of audience and subject of an issuer's tokens, as conditions have them. */
export const claimsOf = (issuer: string): readonly string[] =>
  (CLAIMS[issuer] ?? ["aud", "sub"]).map((claim) => `${issuer}:${claim}`.toLowerCase());

/** Identity pools: one issuer for all of them; which one it was is the audience. */
export const COGNITO = "cognito-identity.amazonaws.com";

export const GITHUB = "token.actions.githubusercontent.com";

/** A job that a subject of GitHub's tokens stands for. */
export interface Job {
  /** `owner/name`. */
  readonly repository: string;
  /** Absent: it is a pull request's. */
  readonly environment: string | undefined;
}

/** The job of a subject that is one environment's or a pull request's; nothing for anything else. */
export function jobOf(subject: string): Job | undefined {
  const [, repository, environment] =
    /^repo:([^:*?/]+\/[^:*?/]+):(?:environment:([^:*?]+)|pull_request)$/.exec(subject) ?? [];
  return repository === undefined ? undefined : { repository, environment };
}
