import { kind } from "../estate.ts";
import { listOf, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";

/** Attributes of a resource that Terraform leaves as it finds them. */
export interface IgnoredChanges {
  readonly at: Place;
  readonly type: string;
  /** `all`, or names of attributes. */
  readonly attributes: readonly string[];
}

export const ignoredChanges = kind<IgnoredChanges>("ignored changes", ({ terraform }) =>
  terraform.resources.flatMap((resource) => {
    const given = listOf(resource.raw.attributes["lifecycle"]).flatMap((each) =>
      listOf(objectOf(each)["ignore_changes"]),
    );
    return given.length === 0
      ? []
      : [{ at: placeOfResource(resource), type: resource.type, attributes: given.map(String) }];
  }),
);

/** What others change in the normal course of things: scalers, patching, AWS itself, and people who put secrets. */
const CHANGED_BY_OTHERS: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_target: ["min_capacity", "max_capacity"],
  aws_autoscaling_group: ["desired_capacity", "target_group_arns", "load_balancers"],
  // AWS lists types of resources here that it learns to back up later.
  aws_backup_region_settings: ["resource_type_opt_in_preference"],
  // Subnets without a list of their own come to the default one by themselves.
  aws_default_network_acl: ["subnet_ids"],
  aws_dynamodb_table: ["read_capacity", "write_capacity"],
  aws_ecs_service: ["desired_count", "task_definition"],
  aws_eks_node_group: ["scaling_config[0].desired_size", "scaling_config"],
  // Hosts are made from the image of their day; a new one is a new host, on purpose.
  aws_instance: ["ami", "user_data", "user_data_base64"],
  aws_lambda_alias: ["function_version"],
  aws_lambda_function: ["filename", "s3_key", "s3_object_version", "source_code_hash", "image_uri"],
  aws_msk_cluster: ["broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size"],
  aws_rds_cluster: ["iops", "engine_version", "availability_zones"],
  aws_db_instance: ["engine_version", "allocated_storage", "latest_restorable_time"],
  aws_secretsmanager_secret_version: ["secret_string", "version_stages"],
  aws_ssm_parameter: ["value"],
};

/** Attributes that nobody but Terraform has a reason to change. */
export const withoutReason = ({ type, attributes }: IgnoredChanges): readonly string[] =>
  attributes.filter((each) => !CHANGED_BY_OTHERS[type]?.includes(each));
