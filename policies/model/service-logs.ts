import { kind } from "./estate.ts";
import { objectOf } from "./json.ts";
import { type Place, placeOfResource } from "./place.ts";
import { templatedJson } from "./templated-json.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { holdersOf } from "./terraform/ways.ts";
import { parameterGroupOf } from "./tls/parameter-groups.ts";
import { isUnknown } from "./value.ts";

/** A service that can write down what is done with it, and whether it is told to. */
export interface ServiceLog {
  readonly at: Place;
  /** Where it would be said. */
  readonly attribute: string;
  readonly expected: string;
  /** What it is told, or nothing. */
  readonly told: boolean;
}

type Log = readonly [
  attribute: string,
  expected: string,
  told: (block: Block, resource: Resource, graph: Graph) => boolean,
];

/** A block or attribute that is there, and not switched off in it. */
const given =
  (attribute: string, ...flags: readonly string[]) =>
  (block: Block): boolean => {
    const [holders, name] = holdersOf(block, attribute);
    return holders.some((each) => {
      if (!each.has(name)) return false;
      const inner = each.blocks(name);
      return flags.length === 0 || inner.some((one) => flags.some((flag) => (one.flag(flag) ?? true) !== false));
    });
  };

/** A list that has all of some entries, or any where none is named. */
const lists =
  (attribute: string, ...all: readonly string[]) =>
  (block: Block): boolean => {
    const texts = block.texts(attribute);
    return texts.length > 0 && all.every((each) => texts.includes(each));
  };

/** A block in which one of some flags is set: nothing said, it is off. */
const switchedOn =
  (attribute: string, ...flags: readonly string[]) =>
  (block: Block): boolean =>
    block.blocks(attribute).some((each) => flags.some((flag) => (each.flag(flag) ?? false) !== false));

/** Another resource that says it of this one. */
const by =
  (type: string, attribute: string) =>
  (_: Block, resource: Resource, graph: Graph): boolean =>
    graph.ofType(type).some(({ block }) => graph.find(block.text(attribute), resource.type) === resource);

const log = (attribute: string, expected: string, told: Log[2] = given(attribute)): readonly Log[] => [
  [attribute, expected, told],
];
/** A network load balancer logs what it decrypts, and nothing else (user guide of network load balancers, November 2025). */
const balancer = log("access_logs", "logs of each request", (block, resource, graph) => {
  const passes =
    block.text("load_balancer_type") === "network" &&
    !graph
      .ofType("aws_lb_listener", "aws_alb_listener")
      .some(
        (each) =>
          each.block.text("protocol") !== "TCP" && graph.find(each.block.text("load_balancer_arn")) === resource,
      );
  // Off by default, also where a bucket is named.
  return passes || block.blocks("access_logs").some((each) => (each.flag("enabled") ?? false) !== false);
});

const EXPORTS = "enabled_cloudwatch_logs_exports";
/** Logs by which an engine tells who did what; others, of upgrades or slow statements, do not. */
const telling = (engine: string): readonly string[] => {
  if (engine.endsWith("postgresql") || engine === "postgres") return ["postgresql"];
  return engine === "aurora-mysql" ? ["audit"] : [];
};
const exports = log(EXPORTS, "logs of the engine that tell who did what", (block) => {
  const engine = block.text("engine");
  return lists(EXPORTS, ...telling(typeof engine === "string" ? engine : ""))(block);
});

/** An audit log is exported, and written at all: engines leave it out unless a parameter says so. */
const audited = (
  attribute: string,
  [group, type]: readonly [attribute: string, type: string],
  [name, ...off]: readonly [name: string, ...off: readonly string[]],
): readonly Log[] =>
  log(attribute, `audit, with the parameter ${name}`, (block, _, graph) => {
    const parameters = parameterGroupOf(block.text(group), graph, type);
    const value = isUnknown(parameters) ? parameters : parameters.parameter(name);
    return lists(attribute, "audit")(block) && value !== undefined && (isUnknown(value) || !off.includes(value));
  });

/** Whatever is asked for elsewhere is left out: buckets, trails, flows of networks. */
const LOGS: Readonly<Record<string, readonly Log[]>> = {
  aws_lb: balancer,
  aws_alb: balancer,
  aws_elb: log("access_logs", "logs of each request", given("access_logs", "enabled")),
  aws_db_instance: exports,
  aws_rds_cluster: exports,
  aws_docdb_cluster: audited(
    EXPORTS,
    ["db_cluster_parameter_group_name", "aws_docdb_cluster_parameter_group"],
    ["audit_logs", "disabled", "none"],
  ),
  aws_neptune_cluster: audited(
    "enable_cloudwatch_logs_exports",
    ["neptune_cluster_parameter_group_name", "aws_neptune_cluster_parameter_group"],
    ["neptune_enable_audit_log", "0"],
  ),
  aws_redshift_cluster: [
    [
      "logging",
      "logs of connections",
      (block, resource, graph) =>
        given("logging", "enable")(block) || by("aws_redshift_logging", "cluster_identifier")(block, resource, graph),
    ],
  ],
  aws_redshiftserverless_namespace: log(
    "log_exports",
    "userlog, connectionlog",
    lists("log_exports", "userlog", "connectionlog"),
  ),
  aws_opensearch_domain: log("log_publishing_options", "audit logs", audits),
  aws_elasticsearch_domain: log("log_publishing_options", "audit logs", audits),
  // RabbitMQ knows no audit log.
  aws_mq_broker: log("logs", "general and audit logs", (block) => {
    const audits = String(block.text("engine_type")).toLowerCase() !== "activemq" || switchedOn("logs", "audit")(block);
    return switchedOn("logs", "general")(block) && audits;
  }),
  aws_msk_cluster: log("logging_info.broker_logs", "logs of brokers", (block) =>
    block
      .blocks("logging_info")
      .flatMap((each) => each.blocks("broker_logs"))
      .some((each) => ["cloudwatch_logs", "firehose", "s3"].some((name) => switchedOn(name, "enabled")(each))),
  ),
  aws_eks_cluster: log(
    "enabled_cluster_log_types",
    "api, audit, authenticator, controllerManager, scheduler",
    lists("enabled_cluster_log_types", "api", "audit", "authenticator", "controllerManager", "scheduler"),
  ),
  aws_cloudfront_distribution: [
    [
      "logging_config",
      "logs of each request",
      (block, resource, graph) =>
        given("logging_config")(block) ||
        by("aws_cloudwatch_log_delivery_source", "resource_arn")(block, resource, graph),
    ],
  ],
  aws_wafv2_web_acl: log(
    "aws_wafv2_web_acl_logging_configuration",
    "logs of refused requests",
    by("aws_wafv2_web_acl_logging_configuration", "resource_arn"),
  ),
  aws_route53_zone: log(
    "aws_route53_query_log",
    "logs of each question",
    // What is asked of a private zone, the VPC's resolver writes down.
    (block, resource, graph) => block.has("vpc") || by("aws_route53_query_log", "zone_id")(block, resource, graph),
  ),
  aws_ssm_document: log("content", "a bucket or log group for sessions, encrypted", sessions),
  aws_networkfirewall_firewall: log(
    "aws_networkfirewall_logging_configuration",
    "logs of flows and alerts",
    by("aws_networkfirewall_logging_configuration", "firewall_arn"),
  ),
  aws_api_gateway_stage: log("access_log_settings", "logs of each request"),
  aws_apigatewayv2_stage: log("access_log_settings", "logs of each request"),
  aws_api_gateway_method_settings: log(
    "settings.data_trace_enabled",
    "false: it writes down whole requests and answers",
    (block) => block.blocks("settings").every((each) => (each.flag("data_trace_enabled") ?? false) === false),
  ),
  aws_appsync_graphql_api: log("log_config", "logs of each request, without what is in them", (block) =>
    block.blocks("log_config").some((each) => {
      const level = each.text("field_log_level") ?? "NONE";
      const tellsLittle = isUnknown(level) || level === "NONE" || level === "ERROR";
      return tellsLittle || (each.flag("exclude_verbose_content") ?? false) !== false;
    }),
  ),
  aws_sfn_state_machine: log("logging_configuration", "logs of executions", (block) =>
    block.blocks("logging_configuration").some((each) => (each.text("level") ?? "OFF") !== "OFF"),
  ),
  aws_globalaccelerator_accelerator: log("attributes", "logs of flows", switchedOn("attributes", "flow_logs_enabled")),
  aws_mwaa_environment: ["scheduler", "task", "webserver", "worker", "dag_processing"].flatMap((part) =>
    log(`logging_configuration.${part}_logs`, `logs of ${part.replace("_", " ")}`, (block) =>
      block.blocks("logging_configuration").some(switchedOn(`${part}_logs`, "enabled")),
    ),
  ),
  aws_ecs_cluster: log(
    "configuration.execute_command_configuration.logging",
    "a log of commands in containers",
    (block) =>
      block
        .blocks("configuration")
        .flatMap((each) => each.blocks("execute_command_configuration"))
        .every((each) => each.text("logging") !== "NONE"),
  ),
  // CloudWatch is the one that is on by itself.
  aws_codebuild_project: log("logs_config", "logs of builds", (block) =>
    block
      .blocks("logs_config")
      .some(
        (each) =>
          (each.block("cloudwatch_logs")?.text("status") ?? "ENABLED") !== "DISABLED" ||
          (each.block("s3_logs")?.text("status") ?? "DISABLED") !== "DISABLED",
      ),
  ),
};

function audits(block: Block): boolean {
  return block
    .blocks("log_publishing_options")
    .some((each) => each.text("log_type") === "AUDIT_LOGS" && (each.flag("enabled") ?? true) !== false);
}

/**
 * Settings of sessions on hosts name where they are recorded. Other documents, and sessions that forward a port, record
 * nothing by themselves (AWS Systems Manager user guide, "Logging session activity", November 2025).
 */
function sessions(block: Block): boolean {
  if (block.text("document_type") !== "Session") return true;
  const raw = block.raw["content"];
  const { sessionType, inputs } = objectOf(typeof raw === "string" ? templatedJson(raw) : undefined);
  if (sessionType !== undefined && sessionType !== "Standard_Stream") return true;
  const given = objectOf(inputs);
  const isNamed = (name: string): boolean => typeof given[name] === "string" && given[name] !== "";
  return (
    (isNamed("cloudWatchLogGroupName") && given["cloudWatchEncryptionEnabled"] === true) ||
    (isNamed("s3BucketName") && given["s3EncryptionEnabled"] === true)
  );
}

/** Every service that can write down what is done with it. */
export const serviceLogs = kind<ServiceLog>("service log", ({ terraform }) =>
  terraform.ofType(...Object.keys(LOGS)).flatMap((resource) =>
    (LOGS[resource.type] ?? []).map(([attribute, expected, told]) => ({
      at: placeOfResource(resource),
      attribute,
      expected,
      told: told(resource.block, resource, terraform),
    })),
  ),
);
