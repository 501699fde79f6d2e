import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { isTemplate } from "../terraform/expression.ts";
import { holdersOf } from "../terraform/ways.ts";
import { isUnknown, type Value } from "../value.ts";

/** Something that may hold what proves who someone is for as long as nobody takes it away. */
export interface StoredKey {
  readonly at: Place;
  readonly attribute: string;
  /** What it is. Absent: it holds none. Unknown: it may. */
  readonly what: Value<string> | undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "an access key",
  aws_iam_service_specific_credential: "a service's password",
  aws_iam_signing_certificate: "a signing certificate",
  aws_iam_user_login_profile: "a password of the console",
  aws_iam_user_ssh_key: "a key of SSH",
  aws_lightsail_key_pair: "a key of SSH",
};

/** By type: blocks down to the name of a key of SSH that machines are made with. */
const OF_MACHINES: Readonly<Record<string, string>> = {
  aws_batch_compute_environment: "compute_resources.ec2_key_pair",
  aws_eks_node_group: "remote_access.ec2_ssh_key",
  aws_emr_cluster: "ec2_attributes.key_name",
  aws_instance: "key_name",
  aws_launch_configuration: "key_name",
  aws_launch_template: "key_name",
  aws_lightsail_instance: "key_pair_name",
  aws_opsworks_stack: "default_ssh_key_name",
  aws_spot_fleet_request: "launch_specification.key_name",
  aws_spot_instance_request: "key_name",
};

const SETTINGS = ["access_key", "secret_key", "token"];

/** Keys that resources make, and keys that providers are given. An inactive access key is none. */
export const storedKeys = kind<StoredKey>("stored key", ({ terraform }) => [
  ...Object.entries(KINDS).flatMap(([type, what]) =>
    terraform.ofType(type).map((resource) => {
      const { block } = resource;
      const user = block.text("user") ?? block.text("user_name") ?? block.text("username");
      const whose = isUnknown(user) ? user.expression : user;
      return {
        at: placeOfResource(resource),
        attribute: "user",
        what: block.text("status") === "Inactive" ? undefined : `${what} of ${whose ?? "someone"}`,
      };
    }),
  ),
  // Whoever has it makes a machine of his own one of ours, which takes the role from then on.
  ...terraform.ofType("aws_ssm_activation").map((resource) => ({
    at: placeOfResource(resource),
    attribute: "iam_role",
    what: "a code by which any machine takes the role",
  })),
  ...terraform.ofType("aws_key_pair").map((resource) => ({
    at: placeOfResource(resource),
    attribute: "public_key",
    what: "a key of SSH of whoever holds its other half",
  })),
  ...Object.entries(OF_MACHINES).flatMap(([type, way]) =>
    terraform.ofType(type).flatMap((resource) => {
      const at = placeOfResource(resource);
      return namesAt(resource.block, way).map((name) => ({ at, attribute: way, what: keyOf(name) }));
    }),
  ),
  ...terraform.ofType("aws_elastic_beanstalk_environment").flatMap((resource) =>
    resource.block
      .blocks("setting")
      .filter((each) => each.text("name") === "EC2KeyName")
      .map((each) => ({
        at: placeOfResource(resource),
        attribute: "setting.EC2KeyName",
        what: keyOf(each.text("value")),
      })),
  ),
  ...terraform.documents.flatMap(({ providers, stack, source }) =>
    [...providers].flatMap(([name, settings]) =>
      SETTINGS.map((attribute) => ({
        at: { resource: `provider.${name}`, stack, source },
        attribute,
        what: isWritten(settings[attribute]) ? "a key in the configuration" : undefined,
      })),
    ),
  ),
]);

function namesAt(block: Block, way: string): readonly (Value<string> | undefined)[] {
  const [holders, name] = holdersOf(block, way);
  return holders.map((each) => each.text(name));
}

/** A key by its name: one that is made beside it is one, whatever it is called. */
function keyOf(name: Value<string> | undefined): StoredKey["what"] {
  if (name === undefined || name === "") return undefined;
  return isUnknown(name) && name.resource === undefined ? name : `a key of SSH: ${name}`;
}

/** Whether a key stands there, and not where to take it from. */
const isWritten = (value: unknown): boolean => typeof value === "string" && value !== "" && !isTemplate(value);
