import { isUnknown, type Value } from "../value.ts";
import { lastNameOf } from "./accounts.ts";
import { narrowPolicies } from "./narrow-policies.ts";

/**
 * Policies that AWS keeps and that give whole services on everything, beside those called `...FullAccess...`: by what their
 * statements say (AWS Managed Policy Reference; contents as of March 2026, read 2026-11-22). AmazonEC2RoleforSSM, which is
 * no longer offered, gives all objects of all buckets.
 */
const ADMINISTRATIVE: ReadonlySet<string> = new Set(
  `
  AIOpsConsoleAdminPolicy AWSAgentlessDiscoveryService AWSAppSyncAdministrator AWSAuditManagerAdministratorAccess
  AWSBackupAdminPolicy AWSBudgetsActionsWithAWSResourceControlAccess AWSCloud9Administrator
  AWSCodeArtifactAdminAccess AWSCodeBuildAdminAccess AWSCodeStarServiceRole AWSDataPipelineRole
  AWSDataPipeline_PowerUser AWSDeepLensLambdaFunctionAccessPolicy AWSDeepRacerAccountAdminAccess
  AWSDeepRacerCloudFormationAccessPolicy AWSDeepRacerRoboMakerAccessPolicy
  AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy AWSElasticBeanstalkService AWSGlueServiceRole
  AWSGrafanaAccountAdministrator AWSGreengrassResourceAccessRolePolicy AWSLakeFormationDataAdmin AWSLambdaExecute
  AWSOpsWorksRole AWSPanoramaGreengrassGroupRolePolicy AWSResourceExplorerOrganizationsAccess
  AWSSSODirectoryAdministrator AWSSSOMasterAccountAdministrator AWSSSOMemberAccountAdministrator
  AWSShieldDRTAccessPolicy AdministratorAccess AmazonCognitoPowerUser AmazonCognitoUnAuthedIdentitiesSessionPolicy
  AmazonDataZoneEnvironmentRolePermissionsBoundary AmazonDataZoneProjectRolePermissionsBoundary
  AmazonDataZoneSageMakerEnvironmentRolePermissionsBoundary AmazonEC2RoleforDataPipelineRole AmazonEC2RoleforSSM
  AmazonElasticMapReduceforEC2Role AmazonSSMAutomationRole AmazonSecurityLakeAdministrator DataScientist
  DatabaseAdministrator NetworkAdministrator PowerUserAccess SageMakerStudioAdminIAMConsolePolicy
  SageMakerStudioAdminIAMDefaultExecutionPolicy SageMakerStudioAdminIAMPermissiveExecutionPolicy
  SageMakerStudioUserIAMDefaultExecutionPolicy SageMakerStudioUserIAMPermissiveExecutionPolicy
  SecretsManagerReadWrite ServerMigrationConnector ServiceCatalogEndUserAccess SupportUser SystemAdministrator
`
    .trim()
    .split(/\s+/),
);

/** What only looks: it reads no data, or reads all of it, but changes nothing. */
const READING: ReadonlySet<string> = new Set(["ReadOnlyAccess", "SecurityAudit", "ViewOnlyAccess"]);

/** Of these, what reads data: objects, items and parameters of everybody (contents as of March 2026, read 2026-11-22). */
const READING_DATA: ReadonlySet<string> = new Set([
  ...["AmazonDynamoDBReadOnlyAccess", "AmazonS3ReadOnlyAccess", "AmazonSSMReadOnlyAccess", "ReadOnlyAccess"],
]);

/** The name of a policy of AWS. */
const nameOf = (policy: Value<string>): string | undefined =>
  !isUnknown(policy) && /^arn:aws[a-z-]*:iam::aws:policy\//.test(policy) ? lastNameOf(policy) : undefined;

/** Whether AWS keeps a policy, and not we. */
export const isOfAws = (policy: Value<string>): boolean => nameOf(policy) !== undefined;

/** Whether a policy of AWS gives whole services on everything. */
export const isAdministrativePolicy = (policy: Value<string>): boolean => {
  const name = nameOf(policy);
  return name !== undefined && (ADMINISTRATIVE.has(name) || /^AdministratorAccess-|FullAccess/i.test(name));
};

/** Whether a policy of AWS reads all data of a kind, or of every kind. */
export const readsAllData = (policy: Value<string>): boolean => READING_DATA.has(nameOf(policy) ?? "");

/** Whether a policy of AWS changes nothing. */
export const isReadingPolicy = (policy: Value<string>): boolean => {
  const name = nameOf(policy);
  return name !== undefined && (READING.has(name) || /ReadOnly(?:Access)?$/.test(name));
};

/** Whether it is known what a policy of AWS gives: a name that no table has may be misspelt, or newer than they are. */
export const isKnownPolicy = (policy: Value<string>): boolean =>
  isAdministrativePolicy(policy) || isReadingPolicy(policy) || narrowPolicies.has(nameOf(policy) ?? "");
