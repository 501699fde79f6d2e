import fc from "fast-check";
import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { judge } from "../../../policies/engine/judge.ts";
import type { AnyRule } from "../../../policies/engine/rule.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { exportedAs, ruleFiles } from "../../../scripts/generate/policies.ts";

/** Other people's plans hold anything: whatever an attribute is, a rule says something about it and does not fall. */

const tlsRules: AnyRule[] = [];
for (const { slug } of ruleFiles().filter(({ area }) => area === "tls")) {
  const file = (await import(`../../../policies/rules/tls/${slug}.ts`)) as Readonly<Record<string, AnyRule>>;
  const own = file[exportedAs(slug)];
  if (own !== undefined) tlsRules.push(own);
}

/** Types that rules about TLS look at, each with the attributes and blocks that they ask for. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  aws_lb: ["name", "internal", "load_balancer_type", "drop_invalid_header_fields", "desync_mitigation_mode"],
  aws_lb_listener: ["load_balancer_arn", "port", "protocol", "ssl_policy", "default_action", "mutual_authentication"],
  aws_lb_listener_rule: ["listener_arn", "action"],
  aws_lb_target_group: ["protocol", "target_type", "health_check"],
  aws_elb: ["listener", "health_check", "internal"],
  aws_load_balancer_policy: ["policy_name", "policy_type_name", "policy_attribute"],
  aws_load_balancer_listener_policy: ["load_balancer_name", "load_balancer_port", "policy_names"],
  aws_cloudfront_distribution: ["aliases", "origin", "default_cache_behavior", "viewer_certificate", "web_acl_id"],
  aws_cloudfront_vpc_origin: ["vpc_origin_endpoint_config"],
  aws_api_gateway_rest_api: ["endpoint_configuration", "disable_execute_api_endpoint", "security_policy"],
  aws_api_gateway_domain_name: ["domain_name", "security_policy", "mutual_tls_authentication"],
  aws_apigatewayv2_integration: ["connection_type", "integration_uri", "tls_config"],
  aws_api_gateway_base_path_mapping: ["domain_name", "api_id"],
  aws_wafv2_web_acl: ["rule", "default_action", "rule_json"],
  aws_wafv2_web_acl_association: ["resource_arn", "web_acl_arn"],
  aws_rds_cluster: ["engine", "engine_version", "db_cluster_parameter_group_name"],
  aws_rds_cluster_parameter_group: ["name", "family", "parameter"],
  aws_db_instance: ["engine", "engine_version", "parameter_group_name", "replicate_source_db"],
  aws_redshiftserverless_workgroup: ["config_parameter"],
  aws_elasticache_replication_group: ["transit_encryption_enabled", "auth_token", "user_group_ids"],
  aws_msk_cluster: ["encryption_info"],
  aws_ecs_task_definition: ["volume"],
  aws_ssm_document: ["document_type", "content"],
  aws_s3_bucket: ["bucket", "website", "policy"],
  aws_s3_bucket_policy: ["bucket", "policy"],
  aws_sqs_queue: ["name", "policy"],
  aws_acm_certificate: ["domain_name", "subject_alternative_names", "options", "validation_method", "lifecycle"],
  aws_acm_certificate_validation: ["certificate_arn", "validation_record_fqdns"],
  aws_acmpca_certificate_authority: ["certificate_authority_configuration", "revocation_configuration", "usage_mode"],
  aws_acmpca_certificate: ["template_arn", "validity", "signing_algorithm"],
};

const odd = fc.constantFrom<readonly unknown[]>(
  ...[null, 0, -1.5, true, "", "x", "HTTP", "TLS", "${var.x}", "${", "}", "${aws_lb.own.arn}", "${aws_lb.own}"].map(
    (each) => [each],
  ),
  ...[
    '{"Statement":[{"Condition":[[]],"Principal":5,"Action":{}}]}',
    '{"Statement":{}}',
    '{"Statement":{"Effect":"Deny"}}',
    "{",
    "[]",
  ].map((each) => [each]),
  ...[[], [[]], [null], {}, [{}], [{ parameter: [] }], { own: "${aws_lb_listener.own.arn}" }].map((each) => [each]),
  [[{ type: "redirect", redirect: [[]] }, { target_group_arn: [] }]],
  [{ dynamic: 5 }],
);

const resources = fc.record(
  Object.fromEntries(
    Object.entries(ASKED).map(([type, attributes]) => [
      type,
      fc.record(Object.fromEntries(attributes.map((name) => [name, odd.map(([value]) => value)])), {
        requiredKeys: [],
      }),
    ]),
  ),
);

test("rules about TLS judge attributes of any type", () => {
  expect(tlsRules.length).toBeGreaterThan(10);
  const ran = new Set<string>();
  fc.assert(
    fc.property(resources, (each) => {
      const own = Object.fromEntries(Object.entries(each).map(([type, attributes]) => [type, { own: attributes }]));
      const { findings, runs } = judge(
        estateOf({ title: "odd", resources: own as JsonObject, declaration: {} }),
        tlsRules,
      );
      expect(findings.filter(({ attribute }) => attribute === "the rule itself")).toEqual([]);
      for (const { rule, subjects } of runs) if (subjects > 0) ran.add(rule);
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(ran.size).toBeGreaterThan(10);
});
