import { type Estate, kind } from "../estate.ts";
import { namedIdentity } from "../identity/identities.ts";
import { type Place, placeOfResource } from "../place.ts";

import type { Resource } from "../terraform/resource.ts";
import { textsAt } from "../terraform/ways.ts";
import type { Value } from "../value.ts";

/** A place where an environment names what protects it, or whose rights something has. */
export interface ShownName {
  readonly at: Place;
  readonly attribute: string;
  readonly named: Value<string>;
  /** Whether outputs hold what is named, so that rules judge it. */
  readonly isShown: boolean;
  /** `a web ACL`. */
  readonly what: string;
}

/** Where something is named by: a way through blocks, what it must be, and its types. */
type Names = readonly [attribute: string, what: string, ...types: string[]];

const role = ["a role", "aws_iam_role", "aws_iam_service_linked_role"] as const;
const boundary: Names = ["permissions_boundary", "a boundary", "aws_iam_policy"];
const profile: Names = ["iam_instance_profile", "an instance profile", "aws_iam_instance_profile"];
const acm = ["a certificate", "aws_acm_certificate", "aws_acm_certificate_validation"] as const;
const stream = ["a log in real time", "aws_cloudfront_realtime_log_config"] as const;
const acl = ["a web ACL", "aws_wafv2_web_acl"] as const;

/** Of a boundary, role, certificate, web ACL or copy that lies elsewhere no rule sees what it allows, shows, stops or keeps. */
const NAMES: Readonly<Record<string, readonly Names[]>> = {
  aws_backup_selection: [["iam_role_arn", ...role]],
  aws_cloudfront_distribution: [
    ["viewer_certificate.acm_certificate_arn", ...acm],
    ["web_acl_id", ...acl],
    ["continuous_deployment_policy_id", "a policy of deployments", "aws_cloudfront_continuous_deployment_policy"],
    ["default_cache_behavior.realtime_log_config_arn", ...stream],
    ["ordered_cache_behavior.realtime_log_config_arn", ...stream],
  ],
  aws_cloudtrail: [["cloud_watch_logs_role_arn", ...role]],
  aws_config_configuration_recorder: [["role_arn", ...role]],
  aws_ecr_repository_creation_template: [["custom_role_arn", ...role]],
  aws_eks_addon: [["pod_identity_association.role_arn", ...role]],
  aws_eks_cluster: [
    ["role_arn", ...role],
    ["compute_config.node_role_arn", ...role],
  ],
  aws_eks_pod_identity_association: [
    ["role_arn", ...role],
    ["target_role_arn", ...role],
  ],
  aws_iam_instance_profile: [["role", ...role]],
  aws_iam_role: [boundary],
  aws_iam_user: [boundary],
  aws_instance: [profile],
  aws_launch_template: [["iam_instance_profile.name", "an instance profile", "aws_iam_instance_profile"]],
  aws_lb_listener: [["certificate_arn", ...acm]],
  aws_lb_listener_certificate: [["certificate_arn", ...acm]],
  aws_rds_cluster: [
    ["iam_roles", ...role],
    ["monitoring_role_arn", ...role],
    ["global_cluster_identifier", "a cluster of several regions", "aws_rds_global_cluster"],
    ["replication_source_identifier", "a cluster", "aws_rds_cluster", "aws_db_instance"],
  ],
  aws_s3_bucket_replication_configuration: [["role", ...role]],
  aws_wafv2_web_acl_association: [["web_acl_arn", ...acl]],
};

/** Every such place of a whole environment; of a part of one, another file may hold what is named. */
export const shownNames = kind<ShownName>("name of a protection", (estate) =>
  estate.isWhole
    ? estate.terraform
        .ofType(...Object.keys(NAMES))
        .flatMap((resource) => (NAMES[resource.type] ?? []).flatMap((names) => namesIn(estate, resource, names)))
    : [],
);

function namesIn(estate: Estate, resource: Resource, [attribute, what, ...types]: Names): readonly ShownName[] {
  return textsAt(resource.block, attribute).map((named) => ({
    at: placeOfResource(resource),
    attribute,
    named,
    isShown: namedIdentity(estate, named, ...types) !== undefined,
    what,
  }));
}
