import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { documentOf, forJobs, githubProvider } from "./examples/documents.ts";
import { onStatement, TRUST } from "./examples/mutations.ts";
import { COGNITO, pods, pool, signedIn, visitors } from "./examples/tokens.ts";

const role = (statement: JsonObject): JsonObject => ({
  ...githubProvider,
  aws_iam_role: { ci: { name: "ci", assume_role_policy: documentOf(statement) } },
});
const at = "aws_iam_role.ci assume_role_policy.Statement[0].Condition";
const SUB = "token.actions.githubusercontent.com:sub";
const AUD = "token.actions.githubusercontent.com:aud";
const bySubject = (subject: Json, operator?: string) => role(forJobs(subject, operator));
/** A role that whoever signs in at an issuer takes, on these conditions. */
const by = (federated: string, conditions: JsonObject, action = "AssumeRoleWithWebIdentity"): JsonObject =>
  role({
    ...{ Effect: "Allow", Principal: { Federated: federated }, Action: `sts:${action}` },
    Condition: { StringEquals: conditions },
  });
const people = (audience: Json): JsonObject =>
  by("arn:aws:iam::111111111111:saml-provider/people", { "SAML:aud": audience }, "AssumeRoleWithSAML");
const PRINCIPAL = "aws_iam_role.ci assume_role_policy.Statement[0].Principal";
const DECLARED = { repository: "a/b", issuers: ["token.actions.githubusercontent.com"] };

export const examples: Examples = {
  good: [
    { title: "who signed in to an identity pool", resources: signedIn("authenticated") },
    {
      title: "who signed in to an identity pool by one provider",
      resources: signedIn("cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1", "ForAnyValue:StringEquals"),
    },
    {
      title: "one environment of the declared repository",
      resources: bySubject("repo:a/b:environment:example"),
      declaration: DECLARED,
    },
    {
      title: "pull requests of the declared repository",
      resources: bySubject("repo:a/b:pull_request"),
      declaration: DECLARED,
    },
    {
      title: "one service account of a cluster that is made beside it",
      resources: {
        aws_eks_cluster: { main: { name: "main" } },
        aws_iam_openid_connect_provider: { pods: { url: "${aws_eks_cluster.main.identity[0].oidc[0].issuer}" } },
        ...pods("system:serviceaccount:shop:api", "${aws_iam_openid_connect_provider.pods.arn}"),
      },
      declaration: DECLARED,
    },
    { title: "people who sign in to AWS", resources: people("https://signin.aws.amazon.com/saml") },
    {
      title: "people who sign in to AWS in one of two regions",
      resources: people([
        "https://eu-central-1.signin.aws.amazon.com/saml",
        "https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP0123456789",
      ]),
    },
    {
      title: "one user of an application of Facebook",
      resources: by("graph.facebook.com", { "graph.facebook.com:app_id": "1234", "graph.facebook.com:id": "56" }),
    },
    {
      title: "one user of Google",
      resources: by("accounts.google.com", { "accounts.google.com:aud": "1234", "accounts.google.com:sub": "56" }),
    },
    { title: "pull requests of one repository", resources: bySubject("repo:a/b:pull_request") },
    {
      title: "exact though under a pattern's operator",
      resources: bySubject("repo:a/b:environment:example", "StringLike"),
    },
    { title: "one service account of a cluster", resources: pods("system:serviceaccount:shop:api") },
  ],
  bad: [
    {
      title: "anyone to whom an identity pool gives a token",
      resources: visitors({}),
      finds: [`${at}.${COGNITO}:amr`],
    },
    {
      title: "who did not sign in to an identity pool",
      resources: signedIn(["authenticated", "unauthenticated"]),
      finds: [`${at}.${COGNITO}:amr`],
    },
    {
      title: "any way to sign in to an identity pool, none of them too",
      resources: signedIn("*authenticated"),
      finds: [`${at}.${COGNITO}:amr`],
    },
    {
      title: "a condition that holds where nobody signed in",
      resources: signedIn("authenticated", "ForAllValues:StringEquals"),
      finds: [`${at}.${COGNITO}:amr`],
    },
    { title: "any ref of a repository", resources: bySubject("repo:a/b:*", "StringLike"), finds: [`${at}.${SUB}`] },
    {
      title: "any repository of an owner",
      resources: bySubject("repo:a/*:environment:example", "StringLike"),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "a pattern under an operator that takes none",
      resources: bySubject("repo:a/b:*"),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "a branch, which whoever can push can name",
      resources: bySubject("repo:a/b:ref:refs/heads/main"),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "the environment of another estate",
      resources: bySubject("repo:a/b:environment:dev"),
      declaration: DECLARED,
      finds: [`${at}.${SUB}`],
    },
    {
      title: "a repository of somebody else, in an environment of our name",
      resources: bySubject("repo:attacker/fork:environment:example"),
      declaration: DECLARED,
      finds: [`${at}.${SUB}`],
    },
    {
      title: "pull requests of another repository of the owner",
      resources: bySubject("repo:a/c:pull_request"),
      declaration: DECLARED,
      finds: [`${at}.${SUB}`],
    },
    {
      title: "a job where no repository is declared",
      resources: bySubject("repo:a/b:environment:example"),
      declaration: { issuers: DECLARED.issuers },
      finds: [`${at}.${SUB}`],
    },
    {
      title: "an issuer that nobody declares, with a subject like ours",
      resources: pods("repo:a/b:environment:example"),
      declaration: DECLARED,
      finds: [PRINCIPAL],
    },
    {
      title: "GitHub's tokens where no issuer is declared",
      resources: bySubject("repo:a/b:environment:example"),
      declaration: { repository: "a/b" },
      finds: [PRINCIPAL],
    },
    {
      title: "one exact subject and one pattern",
      resources: bySubject(["repo:a/b:pull_request", "repo:a/*"], "StringLike"),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "a subject that may be missing",
      resources: bySubject("repo:a/b:pull_request", "StringEqualsIfExists"),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "the audience alone",
      resources: role({ ...forJobs("x"), Condition: { StringEquals: { [AUD]: "sts.amazonaws.com" } } }),
      finds: [`${at}.${SUB}`],
    },
    {
      title: "the subject alone",
      resources: role({ ...forJobs("x"), Condition: { StringEquals: { [SUB]: "repo:a/b:pull_request" } } }),
      finds: [`${at}.${AUD}`],
    },
    {
      title: "no condition",
      resources: role({ ...forJobs("x"), Condition: {} }),
      finds: [`${at}.${AUD}`, `${at}.${SUB}`],
    },
    {
      title: "people who sign in for any audience",
      resources: role({
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111111111111:saml-provider/people" },
        Action: "sts:AssumeRoleWithSAML",
      }),
      finds: [`${at}.saml:aud`],
    },
    {
      title: "people whose sign-in is meant for somebody else",
      resources: people(["https://signin.aws.amazon.com/saml", "https://crm.example.org/saml"]),
      finds: [`${at}.saml:aud`],
    },
    {
      title: "people who sign in where nobody declares it",
      resources: people("https://signin.aws.amazon.com/saml"),
      declaration: DECLARED,
      finds: [PRINCIPAL],
    },
    {
      title: "every user of an application of Amazon",
      resources: by("www.amazon.com", { "www.amazon.com:app_id": "amzn1.application.a" }),
      finds: [`${at}.www.amazon.com:user_id`],
    },
    {
      title: "every user of Google",
      resources: by("accounts.google.com", { "accounts.google.com:aud": "1234" }),
      finds: [`${at}.accounts.google.com:sub`],
    },
  ],
  unknown: [
    { title: "a variable holds where people sign in", resources: people("${var.audience}"), finds: [`${at}.saml:aud`] },
    {
      title: "a variable holds how people sign in",
      resources: signedIn("${var.ways}"),
      finds: [`${at}.${COGNITO}:amr`],
    },
    { title: "a variable holds the subject", resources: bySubject("${var.subject}"), finds: [`${at}.${SUB}`] },
    {
      title: "a variable names the issuer",
      resources: role({
        Effect: "Allow",
        Principal: { Federated: "${var.provider}" },
        Action: "sts:AssumeRoleWithWebIdentity",
      }),
      finds: [PRINCIPAL],
    },
  ],
};

const isOfJobs = (statement: { readonly Principal?: { readonly Federated?: unknown } }): boolean =>
  statement.Principal?.Federated !== undefined;
const withSubject = (title: string, subject: string, operator = "StringEquals") =>
  onStatement(TRUST, title, (statement) => {
    if (isOfJobs(statement))
      statement.Condition = {
        StringEquals: { [AUD]: "sts.amazonaws.com" },
        [operator]: { ...(operator === "StringEquals" ? { [AUD]: "sts.amazonaws.com" } : {}), [SUB]: subject },
      };
  });

export const mutations: readonly Mutation[] = [
  onStatement(TRUST, "let in visitors of an identity pool", (statement) => {
    if (!isOfJobs(statement)) return;
    statement.Principal = { Federated: COGNITO };
    statement.Condition = { StringEquals: { [`${COGNITO}:aud`]: pool } };
  }),
  withSubject("let in every ref", "repo:example-org/platform:*", "StringLike"),
  withSubject("let in every repository of the owner", "repo:example-org/*", "StringLike"),
  withSubject("let in a branch", "repo:example-org/platform:ref:refs/heads/main"),
  withSubject("let in another environment", "repo:example-org/platform:environment:dev"),
  withSubject("let in a repository of somebody else", "repo:attacker/fork:environment:production"),
  withSubject("let in pull requests of another repository", "repo:example-org/other:pull_request"),
  onStatement(TRUST, "believe another issuer", (statement) => {
    if (!isOfJobs(statement)) return;
    statement.Principal = { Federated: "arn:aws:iam::333333333333:oidc-provider/tokens.example.org" };
    statement.Condition = {
      StringEquals: {
        "tokens.example.org:aud": "sts.amazonaws.com",
        "tokens.example.org:sub": "repo:example-org/platform:environment:production",
      },
    };
  }),
  onStatement(TRUST, "let people in who sign in elsewhere", (statement) => {
    if (!isOfJobs(statement)) return;
    statement.Principal = { Federated: "arn:aws:iam::333333333333:saml-provider/people" };
    statement.Action = "sts:AssumeRoleWithSAML";
    statement.Condition = { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } };
  }),
  onStatement(TRUST, "drop the subject", (statement) => {
    if (isOfJobs(statement)) delete statement.Condition.StringEquals[SUB];
  }),
  onStatement(TRUST, "drop the audience", (statement) => {
    if (isOfJobs(statement)) delete statement.Condition.StringEquals[AUD];
  }),
];
