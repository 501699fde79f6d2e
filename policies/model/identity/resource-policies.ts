import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { policyDocument } from "../policy-documents.ts";
import type { PolicyDocument, Statement } from "../policy-statement.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { permissionOf } from "./function-permission.ts";
import { pathOf } from "./identity-policies.ts";
import { isAllow } from "./reach.ts";

/** A policy of a resource: who, of this account or others, may do what with it. */
export interface ResourcePolicy {
  readonly at: Place;
  readonly resource: Resource;
  /** What it is a policy of: `bucket`, `key`. */
  readonly of: string;
  readonly attribute: string;
  readonly document: Value<PolicyDocument>;
}

/** What carries a policy, and where it stands: in a resource of its own, or in the thing itself. */
const CARRIERS: Readonly<Record<string, readonly [of: string, attribute: string]>> = {
  aws_api_gateway_rest_api: ["interface", "policy"],
  aws_api_gateway_rest_api_policy: ["interface", "policy"],
  aws_backup_vault_policy: ["vault", "policy"],
  aws_cloudsearch_domain_service_access_policy: ["search", "access_policy"],
  aws_cloudwatch_event_bus_policy: ["event bus", "policy"],
  aws_cloudwatch_log_destination_policy: ["log destination", "access_policy"],
  aws_cloudwatch_log_resource_policy: ["log groups", "policy_document"],
  aws_codeartifact_domain_permissions_policy: ["packages", "policy_document"],
  aws_codeartifact_repository_permissions_policy: ["packages", "policy_document"],
  aws_dynamodb_resource_policy: ["table", "policy"],
  aws_ecr_registry_policy: ["registry", "policy"],
  aws_ecr_repository_creation_template: ["repository", "repository_policy"],
  aws_ecr_repository_policy: ["repository", "policy"],
  aws_ecrpublic_repository_policy: ["repository", "policy"],
  aws_efs_file_system_policy: ["file system", "policy"],
  aws_elasticsearch_domain: ["search", "access_policies"],
  aws_elasticsearch_domain_policy: ["search", "access_policies"],
  aws_glacier_vault: ["vault", "access_policy"],
  aws_glue_resource_policy: ["catalogue", "policy"],
  aws_iot_policy: ["devices", "policy"],
  aws_kinesis_resource_policy: ["stream", "policy"],
  aws_kms_external_key: ["key", "policy"],
  aws_kms_key: ["key", "policy"],
  aws_kms_key_policy: ["key", "policy"],
  aws_kms_replica_external_key: ["key", "policy"],
  aws_kms_replica_key: ["key", "policy"],
  aws_media_store_container_policy: ["container", "policy"],
  aws_msk_cluster_policy: ["broker", "policy"],
  aws_opensearch_domain: ["search", "access_policies"],
  aws_opensearch_domain_policy: ["search", "access_policies"],
  aws_s3_access_point: ["bucket", "policy"],
  aws_s3_bucket: ["bucket", "policy"],
  aws_s3_bucket_policy: ["bucket", "policy"],
  aws_s3control_access_point_policy: ["bucket", "policy"],
  aws_s3control_bucket_policy: ["bucket", "policy"],
  aws_secretsmanager_secret: ["secret", "policy"],
  aws_secretsmanager_secret_policy: ["secret", "policy"],
  aws_ses_identity_policy: ["sender", "policy"],
  aws_sesv2_email_identity_policy: ["sender", "policy"],
  aws_sns_topic: ["topic", "policy"],
  aws_sns_topic_policy: ["topic", "policy"],
  aws_sqs_queue: ["queue", "policy"],
  aws_sqs_queue_policy: ["queue", "policy"],
  aws_vpclattice_auth_policy: ["service", "policy"],
  aws_vpclattice_resource_policy: ["service", "policy"],
};

export const resourcePolicies = kind<ResourcePolicy>("policy of a resource", ({ terraform }) => [
  ...Object.entries(CARRIERS).flatMap(([type, [of, attribute]]) =>
    terraform.ofType(type).flatMap((resource) => {
      const document = policyDocument(resource.block, attribute);
      return document === undefined ? [] : [{ at: placeOfResource(resource), resource, of, attribute, document }];
    }),
  ),
  ...terraform.ofType("aws_lambda_permission", "aws_lambda_layer_version_permission").map((resource) => ({
    ...{ at: placeOfResource(resource), resource, of: "function", attribute: "principal" },
    document: permissionOf(resource),
  })),
]);

/** What allows something in a policy of a resource, and how a finding calls it. */
export const allowedBy = ({
  document,
  attribute,
}: ResourcePolicy): readonly (readonly [path: string, statement: Statement])[] =>
  isUnknown(document)
    ? []
    : document.statements.flatMap((statement, at) =>
        isAllow(statement) ? [[pathOf(attribute, statement, at), statement] as const] : [],
      );
