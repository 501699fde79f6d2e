import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";

/** Something that makes what no output shows. */
export interface OutOfSight {
  readonly at: Place;
  readonly attribute: string;
  /** What it makes. Absent: a state that has none of these. */
  readonly makes: string | undefined;
}

const MAKERS: Readonly<Record<string, readonly [attribute: string, makes: string]>> = {
  aws_cloudcontrolapi_resource: ["desired_state", "any resource of AWS"],
  aws_cloudformation_stack: ["template_body", "whatever a template says"],
  aws_cloudformation_stack_instances: ["stack_set_name", "whatever a template says, in other accounts too"],
  aws_cloudformation_stack_set: ["template_body", "whatever a template says, in other accounts too"],
  aws_cloudformation_stack_set_instance: ["stack_set_name", "whatever a template says, in other accounts too"],
  aws_serverlessapplicationrepository_cloudformation_stack: ["application_id", "whatever its publisher says"],
  aws_servicecatalog_provisioned_product: ["product_id", "whatever a product says"],
  aws_ssmquicksetup_configuration_manager: ["configuration_definition", "roles and stacks in many accounts"],
  helm_release: ["chart", "objects of Kubernetes"],
};

/** Providers whose resources are others' under names that no rule knows. */
const FOREIGN: readonly (readonly [prefix: string, makes: string])[] = [
  ["awscc_", "a resource of AWS under another name"],
  ["kubectl_", "objects of Kubernetes"],
  ["kubernetes_", "objects of Kubernetes"],
];

/** Stacks, charts and the like, and each state, which has none of them or some. */
export const outOfSight = kind<OutOfSight>("maker of what is out of sight", ({ terraform }) => [
  ...terraform.documents.map(({ stack, source }) => ({
    ...{ at: { resource: "terraform", stack, source }, attribute: "resource", makes: undefined },
  })),
  ...terraform.ofType(...Object.keys(MAKERS)).map((resource) => {
    const [attribute, makes] = MAKERS[resource.type] ?? ["type", "something"];
    return { at: placeOfResource(resource), attribute, makes };
  }),
  ...terraform.resources.flatMap((resource) => {
    const [, makes] = FOREIGN.find(([prefix]) => resource.type.startsWith(prefix)) ?? [];
    return makes === undefined ? [] : [{ at: placeOfResource(resource), attribute: "type", makes }];
  }),
]);
