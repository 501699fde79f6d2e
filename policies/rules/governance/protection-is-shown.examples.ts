import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const host = (iam_instance_profile: string): JsonObject => ({
  aws_instance: { host: { iam_instance_profile } },
  aws_iam_instance_profile: { host: { name: "host", role: "${aws_iam_role.host.name}" } },
  aws_iam_role: { host: { name: "host", permissions_boundary: "arn:aws:iam::111111111111:policy/limits" } },
  aws_iam_policy: { limits: { name: "limits" } },
});
const web = (certificate_arn: string): JsonObject => ({
  aws_lb_listener: { web: { certificate_arn } },
  aws_acm_certificate: { web: { domain_name: "example.org" } },
  aws_acm_certificate_validation: { web: { certificate_arn: "${aws_acm_certificate.web.arn}" } },
});
const certificate = "arn:aws:acm:eu-central-1:111111111111:certificate/5c0ffee5";
const acl = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/empty/a";
const limits = "arn:aws:iam::111111111111:policy/none";

export const examples: Examples = {
  good: [
    {
      title: "a profile by reference, and a boundary by its name",
      resources: host("${aws_iam_instance_profile.host.name}"),
    },
    {
      title: "a certificate, once it is proven",
      resources: web("${aws_acm_certificate_validation.web.certificate_arn}"),
    },
  ],
  bad: [
    {
      title: "an instance profile that nobody shows",
      resources: host("administrators"),
      finds: ["aws_instance.host iam_instance_profile"],
    },
    {
      title: "a certificate that nobody shows",
      resources: web(certificate),
      finds: ["aws_lb_listener.web certificate_arn"],
    },
    {
      title: "roles that pods go on to and that a database has, a copy in another region, a log in real time",
      resources: {
        aws_eks_pod_identity_association: { a: { target_role_arn: "arn:aws:iam::111111111111:role/other" } },
        aws_rds_cluster: {
          data: { iam_roles: ["arn:aws:iam::111111111111:role/exports"], global_cluster_identifier: "everywhere" },
        },
        aws_cloudfront_distribution: {
          web: {
            default_cache_behavior: {
              realtime_log_config_arn: "arn:aws:cloudfront::111111111111:realtime-log-config/a",
            },
          },
        },
      },
      finds: [
        "aws_cloudfront_distribution.web default_cache_behavior.realtime_log_config_arn",
        "aws_eks_pod_identity_association.a target_role_arn",
        "aws_rds_cluster.data iam_roles",
        "aws_rds_cluster.data global_cluster_identifier",
      ],
    },
    {
      title: "a boundary and a web ACL that nobody shows",
      resources: {
        aws_iam_role: { host: { permissions_boundary: limits } },
        aws_cloudfront_distribution: { web: { web_acl_id: acl } },
      },
      finds: ["aws_cloudfront_distribution.web web_acl_id", "aws_iam_role.host permissions_boundary"],
    },
  ],
  unknown: [
    {
      title: "a web ACL that a variable names",
      resources: { aws_wafv2_web_acl_association: { web: { web_acl_arn: "${var.acl}" } } },
      finds: ["aws_wafv2_web_acl_association.web web_acl_arn"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_eks_pod_identity_association", "let pods go on to a role of elsewhere", (each) => ({
    ...each,
    target_role_arn: "arn:aws:iam::111111111111:role/other",
  })),
  onResource("aws_rds_cluster", "copy a database to another region", (each) => ({
    ...each,
    global_cluster_identifier: "everywhere",
  })),
  onResource("aws_iam_role", "bound a role by a policy of elsewhere", (each) => ({
    ...each,
    permissions_boundary: limits,
  })),
  onResource("aws_instance", "give a machine a profile of elsewhere", (each) => ({
    ...each,
    iam_instance_profile: "administrators",
  })),
  onResource("aws_lb_listener", "show a certificate of elsewhere", (each) =>
    each.certificate_arn === undefined ? each : { ...each, certificate_arn: certificate },
  ),
  onResource("aws_cloudfront_distribution", "take an empty web ACL", (each) => ({ ...each, web_acl_id: acl })),
];
