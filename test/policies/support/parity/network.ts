import type { JsonObject } from "../../../../policies/model/json.ts";
import { bucket, secret } from "./shared.ts";

const everybody = { protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] };
const group = (more: JsonObject): JsonObject => ({ aws_security_group: { one: more } });
const open = (port: number): JsonObject =>
  group({ ingress: [{ ...everybody, protocol: "tcp", from_port: port, to_port: port }] });
const acl = (port: number): JsonObject => ({
  aws_network_acl: {
    one: {
      ingress: [
        { rule_no: 1, action: "allow", protocol: "tcp", from_port: port, to_port: port, cidr_block: "0.0.0.0/0" },
      ],
    },
  },
});
const acls = (name: string): JsonObject =>
  bucket({ aws_s3_bucket_acl: { one: { bucket: "${aws_s3_bucket.one.id}", acl: name } } });
const routed = (route: JsonObject): JsonObject => ({
  aws_vpc: { one: {} },
  aws_internet_gateway: { one: { vpc_id: "${aws_vpc.one.id}" } },
  aws_subnet: { one: { vpc_id: "${aws_vpc.one.id}", cidr_block: "10.0.0.0/24" } },
  aws_route_table: { one: { vpc_id: "${aws_vpc.one.id}", route: [route] } },
  aws_route_table_association: {
    one: { subnet_id: "${aws_subnet.one.id}", route_table_id: "${aws_route_table.one.id}" },
  },
});
const distribution = (more: JsonObject): JsonObject => ({ aws_cloudfront_distribution: { one: more } });
const listener = { aws_lb_listener: { one: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2016-08" } } };
const shared = { aws_ami_launch_permission: { one: { group: "all" } } };

/** Faults of entrances, networks and addresses, by id of the check that is after them. */
export const network: Readonly<Record<string, JsonObject>> = {
  CKV_AWS_276: { aws_api_gateway_method_settings: { one: { settings: [{ data_trace_enabled: true }] } } },
  CKV_AWS_34: distribution({ default_cache_behavior: { viewer_protocol_policy: "allow-all" } }),
  CKV_AWS_376: {
    aws_elb: {
      one: { listener: [{ lb_port: 80, lb_protocol: "http", instance_port: 80, instance_protocol: "http" }] },
    },
  },
  CKV_AWS_103: listener,
  CKV2_AWS_74: listener,
  CKV_AWS_213: {
    aws_elb: {
      one: {
        name: "one",
        listener: [{ lb_port: 443, lb_protocol: "https", instance_port: 443, instance_protocol: "https" }],
      },
    },
    aws_load_balancer_policy: {
      one: {
        ...{
          load_balancer_name: "${aws_elb.one.name}",
          policy_name: "old",
          policy_type_name: "SSLNegotiationPolicyType",
        },
        policy_attribute: [{ name: "Protocol-TLSv1", value: "true" }],
      },
    },
    aws_load_balancer_listener_policy: {
      one: {
        load_balancer_name: "${aws_elb.one.name}",
        load_balancer_port: 443,
        policy_names: ["${aws_load_balancer_policy.one.policy_name}"],
      },
    },
  },
  CKV2_AWS_54: distribution({
    origin: [
      {
        domain_name: "a.example.org",
        custom_origin_config: { origin_protocol_policy: "https-only", origin_ssl_protocols: ["SSLv3"] },
      },
    ],
  }),
  CKV2_AWS_72: distribution({
    origin: [
      {
        domain_name: "a.example.org",
        custom_origin_config: { origin_protocol_policy: "http-only", origin_ssl_protocols: ["TLSv1.2"] },
      },
    ],
  }),
  CKV2_AWS_32: distribution({ default_cache_behavior: { viewer_protocol_policy: "https-only" } }),
  CKV_AWS_259: {
    ...distribution({
      default_cache_behavior: {
        viewer_protocol_policy: "https-only",
        response_headers_policy_id: "${aws_cloudfront_response_headers_policy.one.id}",
      },
    }),
    aws_cloudfront_response_headers_policy: { one: { name: "one" } },
  },
  CKV_AWS_127: {
    aws_iam_server_certificate: { one: {} },
    aws_elb: {
      one: {
        listener: [{ lb_port: 443, lb_protocol: "https", ssl_certificate_id: "${aws_iam_server_certificate.one.arn}" }],
      },
    },
  },
  CKV2_AWS_7: open(22),
  CKV_AWS_24: open(22),
  CKV_AWS_25: open(3389),
  CKV_AWS_100: { aws_eks_node_group: { one: { remote_access: { ec2_ssh_key: "admin" } } } },
  CKV_AWS_277: group({ ingress: [everybody] }),
  CKV_AWS_260: open(80),
  CKV2_AWS_35: routed({ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.one.id}" }),
  CKV2_AWS_44: routed({ cidr_block: "0.0.0.0/0", vpc_peering_connection_id: "pcx-1" }),
  CKV_AWS_382: group({ egress: [everybody] }),
  CKV_AWS_229: acl(21),
  CKV_AWS_230: acl(20),
  CKV_AWS_231: {
    aws_network_acl: {
      one: {
        ingress: [
          { rule_no: 1, action: "allow", protocol: "tcp", from_port: 3389, to_port: 3389, cidr_block: "0.0.0.0/0" },
        ],
      },
    },
  },
  CKV_AWS_232: acl(22),
  CKV_AWS_352: {
    aws_network_acl: { one: {} },
    aws_network_acl_rule: {
      one: {
        network_acl_id: "${aws_network_acl.one.id}",
        rule_number: 1,
        rule_action: "allow",
        protocol: "-1",
        cidr_block: "0.0.0.0/0",
      },
    },
  },
  CKV_AWS_130: { aws_subnet: { one: { map_public_ip_on_launch: true } } },
  CKV2_AWS_19: { aws_instance: { one: {} }, aws_eip: { one: { instance: "${aws_instance.one.id}" } } },
  CKV_AWS_17: { aws_db_instance: { one: { publicly_accessible: true } } },
  CKV_AWS_69: { aws_mq_broker: { one: { publicly_accessible: true } } },
  CKV_AWS_87: { aws_redshift_cluster: { one: { publicly_accessible: true } } },
  CKV_AWS_88: { aws_instance: { one: { associate_public_ip_address: true } } },
  CKV_AWS_89: { aws_dms_replication_instance: { one: { publicly_accessible: true } } },
  CKV_AWS_291: {
    aws_msk_cluster: {
      one: {
        broker_node_group_info: {
          client_subnets: [],
          connectivity_info: { public_access: { type: "SERVICE_PROVIDED_EIPS" } },
        },
      },
    },
  },
  CKV_AWS_333: {
    aws_ecs_service: { one: { network_configuration: { subnets: ["subnet-1"], assign_public_ip: true } } },
  },
  CKV_AWS_389: {
    aws_launch_configuration: { one: { associate_public_ip_address: true } },
    aws_autoscaling_group: { one: { launch_configuration: "${aws_launch_configuration.one.name}" } },
  },
  CKV_AWS_391: { aws_redshift_cluster: { one: { publicly_accessible: true, master_username: "admin" } } },
  CKV_AWS_248: {
    aws_vpc: { one: {} },
    aws_subnet: { one: { vpc_id: "${aws_vpc.one.id}" } },
    aws_opensearch_domain: { one: { vpc_options: { subnet_ids: ["${aws_subnet.one.id}"] } } },
  },
  CKV_AWS_331: { aws_ec2_transit_gateway: { one: { auto_accept_shared_attachments: "enable" } } },
  CKV2_AWS_43: acls("authenticated-read"),
  CKV_AWS_375: acls("public-read"),
  CKV_AWS_205: shared,
  CKV_AWS_46: { aws_instance: { one: { user_data: `export AWS_ACCESS_KEY_ID=${secret}` } } },
};
