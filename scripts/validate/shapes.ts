import { registryOf } from "../../services/names.ts";
import {
  address,
  clusterHost,
  clusterIssuer,
  databaseHost,
  endpointHost,
  loadBalancerHost,
  loadBalancerPath,
  nameServers,
  zoneId,
} from "./host-names.ts";
import {
  type Attributes,
  arn,
  arned,
  ec2,
  hex,
  identified,
  letters,
  name,
  named,
  type Shape,
  type Subject,
  uuid,
} from "./shape.ts";

const targetGroupPath: Shape = (s) => `targetgroup/${s.name}/${hex(16)(s)}`;
const kmsKey: Attributes = { ...identified("kms", uuid, (id) => `key/${id}`), key_id: uuid };
const webAclPath: Shape = (s) => {
  return `${s.args["scope"] === "CLOUDFRONT" ? "global" : "regional"}/webacl/${s.name}/${uuid(s)}`;
};

/** The stand-in of an attribute as AWS would shape it, or undefined when this type's attribute is not known here. */
export function shapeOf(subject: Subject, attribute: string): unknown {
  return types[subject.type]?.[attribute]?.(subject);
}

/** What each type's values look like once AWS has made them. A type or attribute that is not here is never guessed. */
const types: Readonly<Record<string, Attributes>> = {
  // Network
  aws_vpc: {
    ...ec2("vpc", "vpc"),
    default_security_group_id: (s) => ec2("", "sg", "default")["id"]?.(s),
    default_network_acl_id: (s) => ec2("", "acl", "default")["id"]?.(s),
    default_route_table_id: (s) => ec2("", "rtb", "main")["id"]?.(s),
    main_route_table_id: (s) => ec2("", "rtb", "main")["id"]?.(s),
    ipv6_cidr_block: (s) => `2600:1f${hex(2)(s)}:${hex(3)(s)}:${hex(2, "net")(s)}00::/56`,
  },
  aws_subnet: ec2("subnet", "subnet"),
  aws_security_group: ec2("security-group", "sg"),
  aws_vpc_security_group_ingress_rule: ec2("security-group-rule", "sgr"),
  aws_vpc_security_group_egress_rule: ec2("security-group-rule", "sgr"),
  aws_route_table: ec2("route-table", "rtb"),
  aws_network_acl: ec2("network-acl", "acl"),
  aws_internet_gateway: ec2("internet-gateway", "igw"),
  aws_nat_gateway: { ...ec2("natgateway", "nat"), public_ip: address("198.51.100") },
  aws_eip: {
    ...ec2("elastic-ip", "eipalloc"),
    allocation_id: (s) => ec2("", "eipalloc")["id"]?.(s),
    public_ip: address("198.51.100"),
  },
  aws_network_interface: ec2("network-interface", "eni"),
  aws_ec2_managed_prefix_list: ec2("prefix-list", "pl"),
  aws_flow_log: ec2("vpc-flow-log", "fl"),
  aws_vpc_endpoint: {
    ...ec2("vpc-endpoint", "vpce"),
    prefix_list_id: (s) => ec2("", "pl")["id"]?.(s),
    dns_entry: (s) => [{ dns_name: endpointHost(s), hosted_zone_id: zoneId(s) }],
  },
  aws_networkfirewall_firewall: arned("network-firewall", (s) => `firewall/${s.name}`),
  aws_networkfirewall_firewall_policy: arned("network-firewall", (s) => `firewall-policy/${s.name}`),
  aws_networkfirewall_rule_group: arned("network-firewall", (s) => `stateful-rulegroup/${s.name}`),
  aws_route53_zone: {
    ...identified("route53", zoneId, (id) => `hostedzone/${id}`),
    arn: (s) => `arn:aws:route53:::hostedzone/${zoneId(s)}`,
    zone_id: zoneId,
    primary_name_server: (s) => nameServers(s)[0],
    name_servers: (s) => nameServers(s),
  },
  aws_route53_resolver_endpoint: identified(
    "route53resolver",
    (s) => `rslvr-in-${hex(17)(s)}`,
    (id) => `resolver-endpoint/${id}`,
  ),
  aws_route53_resolver_query_log_config: identified(
    "route53resolver",
    (s) => `rqlc-${hex(16)(s)}`,
    (id) => `resolver-query-log-config/${id}`,
  ),
  aws_route53_resolver_firewall_rule_group: identified(
    "route53resolver",
    (s) => `rslvr-frg-${hex(16)(s)}`,
    (id) => `firewall-rule-group/${id}`,
  ),
  aws_route53_resolver_firewall_domain_list: identified(
    "route53resolver",
    (s) => `rslvr-fdl-${hex(16)(s)}`,
    (id) => `firewall-domain-list/${id}`,
  ),

  // Edge
  aws_lb: {
    ...arned("elasticloadbalancing", (s) => `loadbalancer/${loadBalancerPath(s)}`),
    arn_suffix: loadBalancerPath,
    dns_name: loadBalancerHost,
    zone_id: zoneId,
  },
  aws_lb_listener: arned(
    "elasticloadbalancing",
    (s) => `listener/app/${s.name}/${hex(16)(s)}/${hex(16, "listener")(s)}`,
  ),
  aws_lb_target_group: { ...arned("elasticloadbalancing", targetGroupPath), arn_suffix: targetGroupPath },
  aws_wafv2_web_acl: { ...identified("wafv2", uuid, (_, s) => String(webAclPath(s))), name },
  aws_wafv2_ip_set: identified("wafv2", uuid, (id, s) => `regional/ipset/${s.name}/${id}`),
  aws_acm_certificate: arned("acm", (s) => `certificate/${uuid(s)}`),
  aws_acm_certificate_validation: {
    id: arn("acm", (s) => `certificate/${uuid(s)}`),
    certificate_arn: arn("acm", (s) => `certificate/${uuid(s)}`),
  },
  aws_acmpca_certificate_authority: arned("acm-pca", (s) => `certificate-authority/${uuid(s)}`),
  aws_cloudfront_distribution: {
    id: (s) => `E${letters(s, 13)}`,
    arn: arn("cloudfront", (s) => `distribution/E${letters(s, 13)}`, "global"),
    domain_name: (s) => `d${letters(s, 13).toLowerCase()}.cloudfront.net`,
    hosted_zone_id: () => "Z2FDTNDATAQYW2",
  },

  // Hosts and clusters
  aws_instance: ec2("instance", "i"),
  aws_ebs_volume: ec2("volume", "vol"),
  aws_launch_template: ec2("launch-template", "lt"),
  aws_efs_file_system: {
    ...identified(
      "elasticfilesystem",
      (s) => `fs-0${hex(16)(s)}`,
      (id) => `file-system/${id}`,
    ),
    dns_name: (s) => `fs-0${hex(16)(s)}.efs.${s.region}.amazonaws.com`,
  },
  aws_efs_access_point: identified(
    "elasticfilesystem",
    (s) => `fsap-0${hex(16)(s)}`,
    (id) => `access-point/${id}`,
  ),
  aws_eks_cluster: {
    ...named("eks", (s) => `cluster/${s.name}`),
    endpoint: clusterHost,
    identity: (s) => [{ oidc: [{ issuer: clusterIssuer(s) }] }],
    certificate_authority: (s) => [{ data: Buffer.from(`stub ${s.seed}`).toString("base64") }],
    vpc_config: (s) => [{ cluster_security_group_id: ec2("", "sg", "cluster")["id"]?.(s) }],
  },
  aws_ecr_repository: {
    ...named("ecr", (s) => `repository/${s.name}`),
    repository_url: (s) => `${registryOf(s)}/${s.name}`,
  },
  aws_lambda_function: { ...named("lambda", (s) => `function:${s.name}`), function_name: name },

  // Data
  aws_s3_bucket: {
    ...named("s3", name, "bare"),
    bucket: name,
    bucket_domain_name: (s) => `${s.name}.s3.amazonaws.com`,
    bucket_regional_domain_name: (s) => `${s.name}.s3.${s.region}.amazonaws.com`,
  },
  aws_rds_cluster: {
    ...named("rds", (s) => `cluster:${s.name}`),
    cluster_identifier: name,
    cluster_resource_id: (s) => `cluster-${letters(s, 26)}`,
    endpoint: databaseHost("cluster-"),
    reader_endpoint: databaseHost("cluster-ro-"),
    master_user_secret: (s) => [{ secret_arn: secretArn(`rds!cluster-${uuid(s)}`, s) }],
  },
  aws_db_instance: { ...named("rds", (s) => `db:${s.name}`), address: databaseHost("") },
  aws_db_subnet_group: named("rds", (s) => `subgrp:${s.name}`),
  aws_dynamodb_table: named("dynamodb", (s) => `table/${s.name}`),
  aws_backup_vault: named("backup", (s) => `backup-vault:${s.name}`),
  aws_backup_plan: identified("backup", uuid, (id) => `backup-plan:${id}`),
  aws_sns_topic: arned("sns", name),
  aws_sqs_queue: {
    arn: arn("sqs", name),
    id: (s) => `https://sqs.${s.region}.amazonaws.com/${s.account}/${s.name}`,
    url: (s) => `https://sqs.${s.region}.amazonaws.com/${s.account}/${s.name}`,
    name,
  },

  // Keys, identity, secrets, audit
  aws_kms_key: kmsKey,
  aws_kms_replica_key: kmsKey,
  aws_kms_alias: named("kms", name),
  aws_iam_role: { ...named("iam", (s) => `role/${s.name}`, "global"), unique_id: (s) => `AROA${letters(s, 17)}` },
  aws_iam_policy: arned("iam", (s) => `policy/${s.name}`, "global"),
  aws_iam_instance_profile: named("iam", (s) => `instance-profile/${s.name}`, "global"),
  aws_iam_openid_connect_provider: arned("iam", (s) => `oidc-provider/${host(s.args["url"])}`, "global"),
  aws_secretsmanager_secret: {
    id: (s) => secretArn(s.name, s),
    arn: (s) => secretArn(s.name, s),
    name,
  },
  aws_ssm_parameter: named("ssm", (s) => `parameter/${s.name.replace(/^\//, "")}`),
  aws_ssm_document: named("ssm", (s) => `document/${s.name}`),
  aws_cloudwatch_log_group: named("logs", (s) => `log-group:${s.name}`),
  aws_cloudwatch_metric_alarm: named("cloudwatch", (s) => `alarm:${s.name}`),
  aws_cloudwatch_event_bus: named("events", (s) => `event-bus/${s.name}`),
  aws_cloudwatch_event_rule: named("events", (s) => `rule/${s.name}`),
  aws_cloudtrail: arned("cloudtrail", (s) => `trail/${s.name}`),
  aws_config_configuration_recorder: { id: name, name },
  aws_guardduty_detector: identified("guardduty", hex(32), (id) => `detector/${id}`),
  aws_kinesis_firehose_delivery_stream: arned("firehose", (s) => `deliverystream/${s.name}`),
};

function secretArn(secret: string, subject: Subject): string {
  return `arn:aws:secretsmanager:${subject.region}:${subject.account}:secret:${secret}-${letters(subject, 6)}`;
}

const host = (url: unknown) => String(url).replace(/^https:\/\//, "");
