import type { Estate } from "../../estate.ts";
import { placeOfResource } from "../../place.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";

/** What a template gives one interface of an instance that is started from it. */
export interface Given {
  readonly subnets: readonly Value<string>[];
  readonly groups: readonly Value<string>[];
  /** Whether it asks for an address of the internet; absent: it does not say. */
  readonly asked: Value<boolean> | undefined;
  /** Where it says so. */
  readonly publicBy: string;
}

export const PUBLIC = "associate_public_ip_address";

/** An interface of an instance without a template. */
export const BARE: Given = { subnets: [], groups: [], asked: undefined, publicBy: PUBLIC };

/** The template that a block names, by its id or its name. Unknown: outputs do not show it. */
export function templateNamed({ terraform }: Estate, block: Block): Value<Resource> {
  const names = ["id", "launch_template_id", "name", "launch_template_name"].flatMap((name) => block.text(name) ?? []);
  const found = names.map((each) => terraform.find(each, "aws_launch_template")).find((each) => each !== undefined);
  return found ?? names.find(isUnknown) ?? new Unknown(`launch template ${names.join()}`);
}

/** One for each interface that a template names, or one where it names none. */
export function givenBy(template: Value<Resource>): readonly Given[] {
  if (isUnknown(template)) return [{ subnets: [], groups: [template], asked: template, publicBy: PUBLIC }];
  const { block } = template;
  const address = placeOfResource(template).resource;
  const groups = block.texts("vpc_security_group_ids");
  const named = block.blocks("network_interfaces").map((each, at) => ({
    subnets: each.texts("subnet_id"),
    groups: [...groups, ...each.texts("security_groups")],
    asked: each.flag(PUBLIC),
    publicBy: `${address} network_interfaces[${at}].${PUBLIC}`,
  }));
  return named.length > 0 ? named : [{ ...BARE, groups, publicBy: `${address} ${PUBLIC}` }];
}

/** What a launch configuration gives, which knows one interface only. */
export const givenByConfiguration = (configuration: Resource): Given => ({
  subnets: [],
  groups: configuration.block.texts("security_groups"),
  asked: configuration.block.flag(PUBLIC),
  publicBy: `${placeOfResource(configuration).resource} ${PUBLIC}`,
});
