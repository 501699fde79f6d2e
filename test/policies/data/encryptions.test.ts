import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { dataHasItsOwnKey } from "../../../policies/rules/data/data-has-its-own-key.ts";

const ours = "${aws_kms_key.ours.arn}";

/** Stores of other systems than ours, too: each said in full as its documentation has it. */
const stores: Readonly<Record<string, object>> = {
  aws_ami_copy: { encrypted: true, kms_key_id: ours },
  aws_athena_workgroup: {
    configuration: {
      result_configuration: { encryption_configuration: { encryption_option: "SSE_KMS", kms_key_arn: ours } },
    },
  },
  aws_cloudtrail: { kms_key_id: ours },
  aws_codebuild_project: { encryption_key: ours },
  aws_docdb_cluster: { storage_encrypted: true, kms_key_id: ours },
  aws_dynamodb_table: { server_side_encryption: { enabled: true, kms_key_arn: ours } },
  aws_ebs_snapshot_copy: { encrypted: true, kms_key_id: ours },
  aws_ebs_volume: { encrypted: true, kms_key_id: ours },
  aws_ecr_repository: { encryption_configuration: { encryption_type: "KMS", kms_key: ours } },
  aws_efs_file_system: { encrypted: true, kms_key_id: ours },
  aws_eks_cluster: { encryption_config: { provider: { key_arn: ours }, resources: ["secrets"] } },
  aws_elasticache_replication_group: { at_rest_encryption_enabled: true, kms_key_id: ours },
  aws_fsx_windows_file_system: { kms_key_id: ours },
  aws_glue_security_configuration: {
    encryption_configuration: {
      cloudwatch_encryption: { cloudwatch_encryption_mode: "SSE-KMS", kms_key_arn: ours },
      job_bookmarks_encryption: { job_bookmarks_encryption_mode: "CSE-KMS", kms_key_arn: ours },
      s3_encryption: { s3_encryption_mode: "SSE-KMS", kms_key_arn: ours },
    },
  },
  aws_instance: { root_block_device: { encrypted: true, kms_key_id: ours } },
  aws_kinesis_firehose_delivery_stream: {
    server_side_encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: ours },
  },
  aws_kinesis_stream: { encryption_type: "KMS", kms_key_id: ours },
  aws_msk_cluster: { encryption_info: { encryption_at_rest_kms_key_arn: ours } },
  aws_mq_broker: { encryption_options: { kms_key_id: ours } },
  aws_neptune_cluster: { storage_encrypted: true, kms_key_arn: ours },
  aws_opensearch_domain: { encrypt_at_rest: { enabled: true, kms_key_id: ours } },
  aws_rds_cluster: { storage_encrypted: true, kms_key_id: ours },
  aws_redshift_cluster: { encrypted: true, kms_key_id: ours },
  aws_s3tables_table_bucket: { encryption_configuration: { sse_algorithm: "aws:kms", kms_key_arn: ours } },
  aws_dsql_cluster: { kms_encryption_key: ours },
  aws_storagegateway_nfs_file_share: { kms_encrypted: true, kms_key_arn: ours },
  aws_sns_topic: { kms_master_key_id: ours },
  aws_sqs_queue: { kms_master_key_id: ours },
  aws_workspaces_workspace: {
    root_volume_encryption_enabled: true,
    user_volume_encryption_enabled: true,
    volume_encryption_key: ours,
  },
};

function objections(type: string, attributes: object): number {
  const resources = { aws_kms_key: { ours: {} }, [type]: { it: attributes } };
  const json = JSON.parse(JSON.stringify(resources));
  const { findings, runs } = judge(estateOf({ title: type, resources: json }), [dataHasItsOwnKey]);
  expect(runs[0]?.subjects).toBeGreaterThan(0);
  return findings.length;
}

test.each(Object.entries(stores))(
  "%s passes with a key of ours, and fails when it says nothing",
  (type, attributes) => {
    expect(objections(type, attributes)).toBe(0);
    expect(objections(type, {})).toBeGreaterThan(0);
  },
);

test.each(Object.entries(stores))("fails when %s takes a key of AWS's own", (type, attributes) => {
  const other = JSON.parse(JSON.stringify(attributes).replaceAll(ours, "alias/aws/service"));
  expect(objections(type, other)).toBeGreaterThan(0);
});

test.each(Object.entries(stores))("fails when nobody knows the key of %s", (type, attributes) => {
  const other = JSON.parse(JSON.stringify(attributes).replaceAll(ours, "${var.key}"));
  expect(objections(type, other)).toBeGreaterThan(0);
});
