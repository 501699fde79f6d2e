import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { AdministrativeRole } from "../../constructs/identity/administrative-role.ts";
import type { PermissionsBoundary } from "../../constructs/identity/permissions-boundary.ts";
import { githubIssuer, stsAudience, trustJobs, trustPeople } from "../../constructs/identity/trust.ts";
import { administrativeRoleName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { applyDenials } from "./guardrails.ts";
import { issuerStatements } from "./issuer.ts";
import { operatorStatements } from "./operator.ts";
import { planDenials, planStatements, publishStatements } from "./pipeline.ts";
import { restoreStatements } from "./restore.ts";

/** A second factor proved at most so many seconds ago (NOD-5.4). */
const FACTOR_AGE = 3600;

/**
 * The roles that keys, buckets and secrets name: three of the pipeline, four of people.
 *
 * A job gets a role by its token, so the repository holds no key of AWS (TKT-5.2). `plan` is for pull requests, whose
 * code nobody has reviewed: it reads descriptions and states, no data. `apply` and `publish` are for jobs of the GitHub
 * environment named like ours: its required reviewers and branches are what guards them.
 * All but `break-glass` are within the boundary of roles that `apply` makes: whoever changes it needs a role outside.
 *
 * People take a role as users of this account with a second factor. A session of IAM Identity Center carries no sign of
 * its factor, and its roles have a path and a suffix that the policies naming these roles would not match.
 */
export function administrativeRoles(
  stack: PlatformStack,
  environment: Environment,
  { stateKeyArn, boundary }: { readonly stateKeyArn: string; readonly boundary: PermissionsBoundary },
): void {
  const github = new IamOpenidConnectProvider(stack, "github", {
    url: `https://${githubIssuer}`,
    clientIdList: [stsAudience],
    // No thumbprint: AWS checks the issuer's certificate against its own list of authorities.
    tags: { Name: githubIssuer },
  });
  const jobs = (circumstance: string) => trustJobs(github.arn, `repo:${environment.repository}:${circumstance}`);
  const people = trustPeople(environment.account, FACTOR_AGE);
  const name = (role: Parameters<typeof administrativeRoleName>[1]) => administrativeRoleName(environment, role);

  new AdministrativeRole(stack, "plan", {
    name: name("plan"),
    description: "Plans of pull requests: reads what is there, but no data",
    trust: jobs("pull_request"),
    managedPolicy: "ReadOnlyAccess",
    statements: planStatements(environment, stateKeyArn),
    denials: planDenials(environment, stateKeyArn),
    boundary,
  });
  new AdministrativeRole(stack, "apply", {
    name: name("apply"),
    description: "Applies what was reviewed",
    trust: jobs(`environment:${environment.name}`),
    // A first cluster of databases or of Kubernetes takes more than an hour with all that follows it.
    sessionHours: 2,
    managedPolicy: "AdministratorAccess",
    denials: applyDenials,
    boundary,
  });
  new AdministrativeRole(stack, "publish", {
    name: name("publish"),
    description: "Uploads packages that hosts install and images of pods",
    trust: jobs(`environment:${environment.name}`),
    statements: publishStatements(environment),
    boundary,
  });
  new AdministrativeRole(stack, "operator", {
    name: name("operator"),
    description: "People who operate hosts: sessions, values of secrets, logs",
    trust: people,
    sessionHours: 4,
    statements: operatorStatements(environment),
    boundary,
  });
  new AdministrativeRole(stack, "restore", {
    name: name("restore"),
    description: "People who bring back data: reads backups in both regions",
    trust: people,
    sessionHours: 12,
    statements: restoreStatements(environment),
    boundary,
  });
  new AdministrativeRole(stack, "issuer", {
    name: name("issuer"),
    description: "People who give and revoke certificates of the message broker",
    trust: people,
    statements: issuerStatements(environment),
    boundary,
  });
  new AdministrativeRole(stack, "break-glass", {
    name: name("break-glass"),
    description: "People in an emergency, and whoever changes this stack: everything",
    trust: people,
    managedPolicy: "AdministratorAccess",
  });
}
