import type { Estate } from "../../estate.ts";
import { isObject, listOf } from "../../json.ts";
import { templatedJson } from "../../templated-json.ts";
import type { Block } from "../../terraform/block.ts";
import { holderOf } from "../../terraform/ways.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";
import { type Interface, interfaceOf } from "./interface.ts";

/** Whether something is on the internet by itself, and what says so. */
interface OnInternet {
  readonly by: string;
  readonly is: (block: Block) => Value<boolean>;
}

const always = (by: string): OnInternet => ({ by, is: () => true });

/** A flag in blocks: `network_configuration.ingress_configuration.is_publicly_accessible`. */
const flag = (path: string, absent: boolean): OnInternet => ({
  by: path,
  is: (block) => {
    const [holder, name] = holderOf(block, path);
    return holder?.flag(name) ?? absent;
  },
});

/** Whether a text is one of some. */
const text = (by: string, absent: string, ...open: readonly string[]): OnInternet => ({
  by,
  is: (block) => {
    const given = block.text(by) ?? absent;
    return isUnknown(given) ? given : open.includes(given);
  },
});

/** Services outside of every VPC, or with an address beside it, as the provider's documentation has them (version 6.66). */
const SERVICES: Readonly<Record<string, OnInternet>> = {
  aws_amplify_branch: always("branch_name"),
  aws_apprunner_service: flag("network_configuration.ingress_configuration.is_publicly_accessible", true),
  aws_dms_instance_profile: flag("publicly_accessible", false),
  aws_ec2_client_vpn_endpoint: always("server_certificate_arn"),
  aws_elastic_beanstalk_environment: { by: "setting", is: isBeanstalkOpen },
  aws_gamelift_fleet: always("ec2_inbound_permission"),
  aws_globalaccelerator_accelerator: flag("enabled", true),
  aws_globalaccelerator_custom_routing_accelerator: flag("enabled", true),
  aws_grafana_workspace: {
    by: "network_access_control",
    is: (block) => !block.has("network_access_control"),
  },
  aws_lightsail_container_service_deployment_version: {
    by: "public_endpoint",
    is: (block) => block.has("public_endpoint"),
  },
  aws_lightsail_database: flag("publicly_accessible", false),
  aws_lightsail_instance: always("public_ip_address"),
  aws_lightsail_lb: always("dns_name"),
  aws_m2_environment: flag("publicly_accessible", false),
  aws_mwaa_environment: text("webserver_access_mode", "PRIVATE_ONLY", "PUBLIC_ONLY"),
  aws_neptunegraph_graph: flag("public_connectivity", false),
  aws_opensearchserverless_security_policy: { by: "policy", is: isSearchOpen },
  aws_transfer_server: { by: "endpoint_type", is: isTransferOpen },
  aws_verifiedaccess_endpoint: always("application_domain"),
};

/** The Data API of a cluster: statements by HTTPS, from anywhere, past each of its groups. One without it has no such way. */
const BESIDE: Readonly<Record<string, OnInternet>> = { aws_rds_cluster: flag("enable_http_endpoint", false) };

/** Services that are reached from the internet without a load balancer of ours. */
export const interfacesOfPublicServices = (estate: Estate): readonly Interface[] =>
  Object.entries({ ...SERVICES, ...BESIDE }).flatMap(([type, { by, is }]) =>
    estate.terraform.ofType(type).flatMap((resource) =>
      type in BESIDE && is(resource.block) === false
        ? []
        : interfaceOf(estate, resource, {
            ...{ what: "service", subnets: [], groups: [], unfiltered: true },
            ...{ publicAddress: is(resource.block), publicBy: by },
          }),
    ),
  );

/** By default, Elastic Beanstalk puts a load balancer of the internet before an environment. */
function isBeanstalkOpen(block: Block): Value<boolean> {
  const settings = block.blocks("setting");
  const scheme = settings.find((each) => each.text("name") === "ELBScheme")?.text("value");
  if (isUnknown(scheme)) return scheme;
  return scheme !== "internal" && block.text("tier") !== "Worker";
}

/** A server for files is on the internet unless it is in a VPC, and there too where it is given addresses. */
function isTransferOpen(block: Block): Value<boolean> {
  const type = block.text("endpoint_type") ?? "PUBLIC";
  if (isUnknown(type)) return type;
  return type === "PUBLIC" || block.blocks("endpoint_details").some((each) => each.has("address_allocation_ids"));
}

/** A policy of networks is a list of rules: `[{ "AllowFromPublic": true, ... }]`. */
function isSearchOpen(block: Block): Value<boolean> {
  const type = block.text("type");
  if (!isUnknown(type) && type !== "network") return false;
  const raw = block.raw["policy"];
  const json = typeof raw === "string" ? templatedJson(raw) : raw;
  if (json === undefined || json === null || typeof json === "string") return new Unknown(String(raw));
  return listOf(json).some(
    (each) => isObject(each) && each["AllowFromPublic"] !== false && each["AllowFromPublic"] !== undefined,
  );
}
