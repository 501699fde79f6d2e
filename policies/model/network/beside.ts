import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { holderOf } from "../terraform/ways.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** A program that AWS runs, and whether it reaches others through a network of ours. */
export interface ManagedProgram {
  readonly at: Place;
  /** What decides it. */
  readonly attribute: string;
  readonly inNetwork: Value<boolean>;
}

interface Way {
  readonly attribute: string;
  readonly inNetwork: (block: Block) => Value<boolean>;
}

/** A list of subnets, a subnet, or a block that is there. */
const given = (attribute: string): Way => ({
  attribute,
  inNetwork: (block) => {
    const [holder, name] = holderOf(block, attribute);
    if (holder?.isUnknown) return new Unknown(attribute);
    const said = holder?.value(name);
    // One that is made here is there; a variable may be empty.
    return isUnknown(said) && said.resource === undefined ? said : (holder?.has(name) ?? false);
  },
});

const text = (attribute: string, absent: string, ...inside: readonly string[]): Way => ({
  attribute,
  inNetwork: (block) => {
    const [holder, name] = holderOf(block, attribute);
    const said = holder?.text(name) ?? absent;
    return isUnknown(said) ? said : inside.includes(said);
  },
});

const flag = (attribute: string, absent: boolean, inside: boolean): Way => ({
  attribute,
  inNetwork: (block) => {
    const [holder, name] = holderOf(block, attribute);
    const said = holder?.flag(name) ?? absent;
    return isUnknown(said) ? said : said === inside;
  },
});

/** Any of some will do. */
const either = (...ways: readonly [Way, ...Way[]]): Way => ({
  attribute: ways[0].attribute,
  inNetwork: (block) => {
    const all = ways.map((way) => way.inNetwork(block));
    return all.includes(true) || (all.find(isUnknown) ?? false);
  },
});

const mode = text("network_configuration.network_mode", "PUBLIC", "VPC", "SANDBOX");
const isolated = (block: string): Way =>
  either(given(`${block}vpc_config`), flag(`${block}enable_network_isolation`, false, true));

/** By type, as the provider's documentation has it, version 6.34. ECS, Batch, EKS and Airflow are always in a network. */
const WAYS: Readonly<Record<string, Way>> = {
  aws_apprunner_service: text("network_configuration.egress_configuration.egress_type", "DEFAULT", "VPC"),
  aws_appstream_fleet: flag("enable_default_internet_access", false, false),
  aws_appstream_image_builder: flag("enable_default_internet_access", false, false),
  aws_bedrockagentcore_agent_runtime: mode,
  aws_bedrockagentcore_browser: mode,
  aws_bedrockagentcore_code_interpreter: mode,
  aws_codebuild_project: given("vpc_config"),
  aws_glue_dev_endpoint: given("subnet_id"),
  aws_glue_job: given("connections"),
  aws_kinesisanalyticsv2_application: given("application_configuration.vpc_configuration"),
  aws_lambda_function: given("vpc_config.subnet_ids"),
  aws_redshift_cluster: flag("enhanced_vpc_routing", false, true),
  aws_redshiftserverless_workgroup: flag("enhanced_vpc_routing", false, true),
  aws_sagemaker_data_quality_job_definition: isolated("network_config."),
  aws_sagemaker_domain: text("app_network_access_type", "PublicInternetOnly", "VpcOnly"),
  aws_sagemaker_model: isolated(""),
  // Of the two ways that a notebook in a network has, one is beside it.
  aws_sagemaker_notebook_instance: text("direct_internet_access", "Enabled", "Disabled"),
  aws_synthetics_canary: given("vpc_config.subnet_ids"),
  aws_workspaces_directory: flag("workspace_creation_properties.enable_internet_access", false, false),
};

/** Every program that AWS runs for us, in a network or beside all of them. */
export const managedPrograms = kind<ManagedProgram>("program that AWS runs", (estate) =>
  estate.terraform.ofType(...Object.keys(WAYS)).flatMap((resource) => {
    const way = WAYS[resource.type];
    if (way === undefined || isAtEdge(resource, estate)) return [];
    return [{ at: placeOfResource(resource), attribute: way.attribute, inNetwork: way.inNetwork(resource.block) }];
  }),
);

const FIRST: Readonly<Record<string, string>> = {
  aws_cloudfront_distribution: "default_cache_behavior",
  aws_cloudfront_multitenant_distribution: "default_cache_behavior",
};

/** Functions at the content network's edge can be in no network. */
const isAtEdge = (resource: Resource, { terraform }: Estate): boolean =>
  resource.type === "aws_lambda_function" &&
  Object.entries(FIRST).some(([type, first]) =>
    terraform
      .ofType(type)
      .some(({ block }) =>
        [...block.blocks(first), ...block.blocks("ordered_cache_behavior"), ...block.blocks("cache_behavior")]
          .flatMap((behaviour) => behaviour.blocks("lambda_function_association"))
          .some((each) => terraform.find(each.text("lambda_arn"), resource.type) === resource),
      ),
  );
