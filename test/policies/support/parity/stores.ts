import type { JsonObject } from "../../../../policies/model/json.ts";
import { anyone, bucket, policy, secret } from "./shared.ts";

const access = bucket({ aws_s3_bucket_public_access_block: { one: { bucket: "${aws_s3_bucket.one.id}" } } });
const copies = (at: string): JsonObject => ({
  aws_dlm_lifecycle_policy: {
    one: {
      policy_details:
        at === "schedule"
          ? { schedule: [{ cross_region_copy_rule: [{ encrypted: false }] }] }
          : { action: [{ cross_region_copy: [{ encryption_configuration: { encrypted: false } }] }] },
    },
  },
});
const parameters = (type: string, parameter: JsonObject): JsonObject => ({
  [type]: { one: { name: "one", parameter: [parameter] } },
});

/** Faults of buckets, databases, disks and what else holds data, by id of the check that is after them. */
export const stores: Readonly<Record<string, JsonObject>> = {
  CKV2_AWS_46: {
    ...bucket({ aws_s3_bucket_policy: { one: { bucket: "${aws_s3_bucket.one.id}", policy: anyone("s3:GetObject") } } }),
  },
  CKV2_AWS_65: bucket({
    aws_s3_bucket_ownership_controls: {
      one: { bucket: "${aws_s3_bucket.one.id}", rule: { object_ownership: "ObjectWriter" } },
    },
  }),
  CKV_AWS_53: access,
  CKV_AWS_54: access,
  CKV_AWS_55: access,
  CKV_AWS_56: access,
  CKV_AWS_392: bucket({
    aws_s3_access_point: {
      one: {
        bucket: "${aws_s3_bucket.one.id}",
        name: "one",
        public_access_block_configuration: { block_public_acls: false },
      },
    },
  }),
  CKV_AWS_300: bucket({
    aws_s3_bucket_lifecycle_configuration: {
      one: { bucket: "${aws_s3_bucket.one.id}", rule: [{ id: "one", status: "Enabled", expiration: { days: 9 } }] },
    },
  }),
  CKV_AWS_70: bucket({ aws_s3_bucket_policy: { one: { bucket: "${aws_s3_bucket.one.id}", policy: anyone("s3:*") } } }),
  CKV_AWS_93: bucket({
    aws_s3_bucket_policy: {
      one: {
        bucket: "${aws_s3_bucket.one.id}",
        policy: policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      },
    },
  }),
  CKV_AWS_379: bucket({}),
  CKV_AWS_181: { aws_s3_object_copy: { one: { server_side_encryption: "AES256" } } },
  CKV_AWS_186: { aws_s3_bucket_object: { one: { server_side_encryption: "AES256" } } },
  CKV_AWS_322: { aws_elasticache_cluster: { one: { engine: "redis", auto_minor_version_upgrade: false } } },
  CKV_AWS_90: {
    aws_docdb_cluster: { one: { db_cluster_parameter_group_name: "${aws_docdb_cluster_parameter_group.one.name}" } },
    ...parameters("aws_docdb_cluster_parameter_group", { name: "tls", value: "disabled" }),
  },
  CKV_AWS_105: {
    aws_redshift_cluster: { one: { cluster_parameter_group_name: "${aws_redshift_parameter_group.one.name}" } },
    ...parameters("aws_redshift_parameter_group", { name: "require_ssl", value: "false" }),
  },
  CKV_AWS_211: { aws_db_instance: { one: { ca_cert_identifier: "rds-ca-2019" } } },
  CKV_AWS_104: { aws_docdb_cluster: { one: {} } },
  CKV_AWS_302: { aws_db_snapshot: { one: { shared_accounts: ["all"] } } },
  CKV_AWS_199: {
    aws_imagebuilder_distribution_configuration: {
      one: { distribution: [{ ami_distribution_configuration: [{ name: "one" }] }] },
    },
  },
  CKV_AWS_200: { aws_imagebuilder_image_recipe: { one: { block_device_mapping: [{ ebs: [{ encrypted: false }] }] } } },
  CKV_AWS_253: copies("action"),
  CKV_AWS_254: copies("action"),
  CKV_AWS_255: copies("schedule"),
  CKV_AWS_256: copies("schedule"),
  CKV_AWS_106: { aws_ebs_encryption_by_default: { one: { enabled: false } } },
  CKV_AWS_97: {
    aws_ecs_task_definition: { one: { volume: [{ efs_volume_configuration: { file_system_id: "fs-1" } }] } },
  },
  CKV_AWS_295: {
    aws_datasync_location_object_storage: {
      one: { access_key: secret, secret_key: "wJalrXUtnFEMIK7MDENGbPxRfiCYzzREALKEY12" },
    },
  },
  CKV_AWS_224: {
    aws_ecs_cluster: { one: { configuration: { execute_command_configuration: { logging: "OVERRIDE" } } } },
  },
  CKV_AWS_219: { aws_codepipeline: { one: { artifact_store: [{ location: "one" }] } } },
  CKV_AWS_269: {
    aws_connect_instance_storage_config: {
      one: { storage_config: { kinesis_video_stream_config: [{ prefix: "one" }] } },
    },
  },
  CKV_AWS_270: {
    aws_connect_instance_storage_config: { one: { storage_config: { s3_config: [{ bucket_name: "one" }] } } },
  },
  CKV_AWS_357: { aws_transfer_server: { one: { protocols: ["FTP"] } } },
  CKV_AWS_250: { aws_db_instance: { one: { engine: "postgres", engine_version: "13.2" } } },
  CKV_AWS_388: { aws_rds_cluster: { one: { engine: "aurora-postgresql", engine_version: "11.6" } } },
};
