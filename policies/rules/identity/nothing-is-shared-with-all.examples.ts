import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { addResource } from "./examples/additions.ts";
import { notShown, toStrangers, withinTheAccount } from "./examples/strangers.ts";

const stranger = "arn:aws:iam::222222222222:role/a";
const canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
const vaultOf = (account: string): string => `arn:aws:backup:eu-central-1:${account}:backup-vault:copy`;
const everyone = "http://acs.amazonaws.com/groups/global/AllUsers";

export const examples: Examples = {
  good: [
    withinTheAccount,
    {
      title: "an image of an account of ours",
      resources: { aws_ami_launch_permission: { a: { image_id: "ami-1", account_id: "111111111111" } } },
      declaration: {},
    },
    { title: "a document that nobody else reads", resources: { aws_ssm_document: { a: { name: "a" } } } },
    {
      title: "an identity pool of those who signed in",
      resources: {
        aws_cognito_identity_pool: { a: { allow_unauthenticated_identities: false } },
        aws_codebuild_project: { a: {}, b: { project_visibility: "PRIVATE" } },
      },
    },
    {
      title: "a grant of a key, a share and a service for roles of ours",
      resources: {
        aws_iam_role: { api: { name: "api" } },
        aws_kms_grant: {
          a: { grantee_principal: "${aws_iam_role.api.arn}", retiring_principal: "arn:aws:iam::111111111111:role/b" },
        },
        aws_ram_resource_share: { a: { name: "a", allow_external_principals: false } },
        aws_vpc_endpoint_service: { a: { allowed_principals: ["arn:aws:iam::111111111111:root"] } },
      },
      declaration: {},
    },
    {
      title: "a list that names its owner, and AWS's writer of logs",
      resources: {
        aws_s3_object: { a: { bucket: "a", key: "b", acl: "bucket-owner-full-control" } },
        aws_s3_bucket_acl: {
          a: {
            bucket: "elsewhere",
            access_control_policy: {
              owner: { id: canonical },
              grant: [
                { grantee: { type: "CanonicalUser", id: canonical }, permission: "FULL_CONTROL" },
                { grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" } },
              ],
            },
          },
        },
      },
    },
    {
      title: "events and copies that stay in the account",
      resources: {
        aws_backup_plan: { a: { rule: [{ copy_action: [{ destination_vault_arn: vaultOf("111111111111") }] }] } },
        aws_sns_topic_subscription: { a: { protocol: "email", endpoint: "alarms@example.org" } },
      },
      declaration: {},
    },
    {
      title: "a collection for the account that the plan ran in",
      resources: {
        aws_opensearchserverless_access_policy: {
          a: {
            policy: '[{"Rules":[],"Principal":["arn:aws:iam::111111111111:role/a","saml/111111111111/x/group/y"]}]',
          },
        },
      },
      declaration: {},
    },
  ],
  bad: [
    ...toStrangers,
    {
      title: "keys, networks and shares for a stranger",
      resources: {
        aws_kms_grant: { a: { grantee_principal: stranger } },
        aws_ram_principal_association: { a: { principal: "222222222222" } },
        aws_ram_resource_share: { a: { name: "a", allow_external_principals: true } },
        aws_vpc_endpoint_service: { a: { allowed_principals: ["*"] } },
        aws_vpc_endpoint_service_allowed_principal: { a: { principal_arn: stranger } },
        aws_vpc_peering_connection: { a: { peer_owner_id: "222222222222" } },
        aws_dlm_lifecycle_policy: {
          a: { policy_details: { schedule: [{ share_rule: { target_accounts: ["222222222222"] } }] } },
        },
      },
      declaration: {},
      finds: [
        "aws_dlm_lifecycle_policy.a policy_details.schedule.share_rule.target_accounts",
        "aws_kms_grant.a grantee_principal",
        "aws_ram_principal_association.a principal",
        "aws_vpc_endpoint_service.a allowed_principals",
        "aws_vpc_endpoint_service_allowed_principal.a principal_arn",
        "aws_vpc_peering_connection.a peer_owner_id",
        "aws_ram_resource_share.a allow_external_principals",
      ],
    },
    {
      title: "records, events and copies that are sent to a stranger, who also sees a cluster",
      resources: {
        aws_backup_plan: { a: { rule: [{ copy_action: [{ destination_vault_arn: vaultOf("222222222222") }] }] } },
        aws_cloudwatch_event_target: { a: { arn: "arn:aws:events:eu-central-1:222222222222:event-bus/b" } },
        aws_cloudwatch_log_subscription_filter: {
          a: { destination_arn: "arn:aws:logs:eu-central-1:222222222222:destination:b" },
        },
        aws_eks_access_entry: { a: { cluster_name: "c", principal_arn: stranger } },
      },
      declaration: {},
      finds: [
        "aws_eks_access_entry.a principal_arn",
        "aws_backup_plan.a rule.copy_action.destination_vault_arn",
        "aws_cloudwatch_event_target.a arn",
        "aws_cloudwatch_log_subscription_filter.a destination_arn",
      ],
    },
    {
      title: "a whole organization",
      resources: {
        aws_ami_launch_permission: { a: { organization_arn: "arn:aws:organizations::111111111111:organization/o-a1" } },
      },
      declaration: {},
      finds: ["aws_ami_launch_permission.a organization_arn"],
    },
    {
      title: "lists of S3 that name everyone, a stranger, or a mail address",
      resources: {
        aws_s3_object: { a: { bucket: "a", key: "b", acl: "public-read" } },
        aws_s3_bucket: { a: { bucket: "a", grant: [{ type: "Group", uri: everyone, permissions: ["READ"] }] } },
        aws_s3_bucket_acl: {
          a: { bucket: "a", access_control_policy: { grant: [{ grantee: { type: "CanonicalUser", id: canonical } }] } },
          b: { bucket: "elsewhere", acl: "authenticated-read" },
          c: { bucket: "a", access_control_policy: { grant: { grantee: { email_address: "a@example.org" } } } },
        },
      },
      finds: [
        "aws_s3_object.a acl",
        "aws_s3_bucket_acl.b acl",
        "aws_s3_bucket.a grant",
        "aws_s3_bucket_acl.a access_control_policy.grant",
        "aws_s3_bucket_acl.c access_control_policy.grant",
      ],
    },
    {
      title: "access logs that a stranger reads: by his canonical id, by mail, or whoever he is",
      resources: {
        aws_s3_bucket_logging: {
          a: { bucket: "a", target_grant: [{ permission: "READ", grantee: { type: "CanonicalUser", id: canonical } }] },
          b: {
            bucket: "b",
            target_grant: [{ grantee: { type: "AmazonCustomerByEmail", email_address: "a@b.example" } }],
          },
          c: { bucket: "c", target_grant: [{ grantee: { type: "Group", uri: everyone } }] },
          d: { bucket: "d" },
        },
      },
      declaration: {},
      finds: ["a", "b", "c"].map((name) => `aws_s3_bucket_logging.${name} target_grant`),
    },
    {
      title:
        "records of security, logs of an organization and tables of a lake for a stranger's account or organization",
      resources: {
        aws_securitylake_subscriber: {
          a: { subscriber_identity: [{ principal: "222222222222", external_id: "x" }] },
          b: { subscriber_identity: [{ principal: "111111111111", external_id: "x" }] },
        },
        aws_securitylake_custom_log_source: {
          a: { configuration: [{ provider_identity: [{ principal: "222222222222" }] }] },
        },
        aws_observabilityadmin_centralization_rule_for_organization: {
          a: { rule: [{ destination: [{ account: "222222222222", region: "eu-central-1" }] }] },
        },
        aws_lakeformation_data_lake_settings: {
          a: { create_table_default_permissions: [{ principal: "IAM_ALLOWED_PRINCIPALS", permissions: ["ALL"] }] },
          b: { create_database_default_permissions: [{ principal: "222222222222", permissions: ["ALL"] }] },
        },
        aws_ram_principal_association: { a: { principal: "o-abcdefghij" } },
      },
      declaration: {},
      finds: [
        "aws_lakeformation_data_lake_settings.b create_database_default_permissions.principal",
        "aws_observabilityadmin_centralization_rule_for_organization.a rule.destination.account",
        "aws_ram_principal_association.a principal",
        "aws_securitylake_custom_log_source.a configuration.provider_identity.principal",
        "aws_securitylake_subscriber.a subscriber_identity.principal",
      ],
    },
    {
      title: "images for everybody's use, and a collection for a stranger",
      resources: {
        aws_ecrpublic_repository: { a: { repository_name: "a" } },
        aws_opensearchserverless_access_policy: { a: { policy: `[{"Rules":[],"Principal":["${stranger}"]}]` } },
      },
      declaration: {},
      finds: ["aws_ecrpublic_repository.a repository_name", "aws_opensearchserverless_access_policy.a policy"],
    },
    {
      title: "an image for all",
      resources: { aws_ami_launch_permission: { a: { image_id: "ami-1", group: "all" } } },
      finds: ["aws_ami_launch_permission.a group"],
    },
    {
      title: "a snapshot of a database for all",
      resources: { aws_db_snapshot: { a: { shared_accounts: ["all"] } } },
      finds: ["aws_db_snapshot.a shared_accounts"],
    },
    {
      title: "a snapshot of a disk for a stranger",
      resources: { aws_snapshot_create_volume_permission: { a: { account_id: "222222222222" } } },
      declaration: {},
      finds: ["aws_snapshot_create_volume_permission.a account_id"],
    },
    {
      title: "a document for all",
      resources: { aws_ssm_document: { a: { name: "a", permissions: { type: "Share", account_ids: "All" } } } },
      finds: ["aws_ssm_document.a permissions.account_ids"],
    },
    {
      title: "an identity pool for anyone",
      resources: { aws_cognito_identity_pool: { a: { allow_unauthenticated_identities: true } } },
      finds: ["aws_cognito_identity_pool.a allow_unauthenticated_identities"],
    },
    {
      title: "a channel of a chat in which everybody has one role",
      resources: {
        aws_chatbot_slack_channel_configuration: { ops: {}, own: { user_authorization_required: true } },
      },
      finds: ["aws_chatbot_slack_channel_configuration.ops user_authorization_required"],
    },
    {
      title: "another account that governs what watches this one",
      declaration: {},
      resources: {
        aws_cloudtrail_organization_delegated_admin_account: { a: { account_id: "999999999999" } },
        aws_guardduty_organization_admin_account: { a: { admin_account_id: "999999999999" } },
        aws_organizations_delegated_administrator: { a: { account_id: "999999999999" } },
      },
      finds: [
        "aws_cloudtrail_organization_delegated_admin_account.a account_id",
        "aws_guardduty_organization_admin_account.a admin_account_id",
        "aws_organizations_delegated_administrator.a account_id",
      ],
    },
    {
      title: "builds that everyone sees",
      resources: { aws_codebuild_project: { a: { project_visibility: "PUBLIC_READ" } } },
      finds: ["aws_codebuild_project.a project_visibility"],
    },
  ],
  unknown: [
    notShown,
    {
      title: "nothing says which account is ours",
      resources: {
        aws_db_snapshot: { a: { shared_accounts: ["222222222222"] } },
        aws_kms_grant: { a: { grantee_principal: stranger } },
      },
      finds: ["aws_db_snapshot.a shared_accounts", "aws_kms_grant.a grantee_principal"],
    },
    {
      title: "a variable names who gets a key",
      resources: { aws_kms_grant: { a: { grantee_principal: "${var.who}" } } },
      finds: ["aws_kms_grant.a grantee_principal"],
    },
    {
      title: "somebody by an id that AWS gave him, which shows no account",
      resources: { aws_kms_grant: { a: { grantee_principal: "AROAEXAMPLEEXAMPLEEX" } } },
      declaration: {},
      finds: ["aws_kms_grant.a grantee_principal"],
    },
    {
      title: "a variable names whom",
      resources: { aws_db_snapshot: { a: { shared_accounts: "${var.accounts}" } } },
      finds: ["aws_db_snapshot.a shared_accounts"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_ssm_document", "share a document with all", (each) => ({
    ...each,
    permissions: { type: "Share", account_ids: "All" },
  })),
  addResource("share an image with all", "aws_ami_launch_permission", {
    image_id: "ami-0d13a0000000000e1",
    group: "all",
  }),
  addResource("grant a key to a stranger", "aws_kms_grant", {
    key_id: "${aws_kms_key.data.id}",
    grantee_principal: "arn:aws:iam::999999999999:role/a",
    operations: ["Decrypt"],
  }),
  onResource("aws_s3_bucket", "let everyone read by a list", (each) => ({
    ...each,
    grant: [{ type: "Group", uri: everyone, permissions: ["READ"] }],
  })),
  addResource("renew a secret by a stranger's function", "aws_secretsmanager_secret_rotation", {
    rotation_lambda_arn: "arn:aws:lambda:eu-central-1:999999999999:function:a",
  }),
  onResource("aws_cloudwatch_metric_alarm", "tell a stranger of alarms", (each) => ({
    ...each,
    alarm_actions: ["arn:aws:sns:eu-central-1:999999999999:a"],
  })),
  addResource("share a snapshot with a stranger", "aws_snapshot_create_volume_permission", {
    snapshot_id: "snap-1",
    account_id: "999999999999",
  }),
  onResource("aws_s3_bucket_logging", "let a stranger read access logs", (each) => ({
    ...each,
    target_grant: [{ permission: "READ", grantee: { type: "CanonicalUser", id: canonical } }],
  })),
];
