import { kind } from "../estate.ts";
import { isObject, listOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";

/** Something that may run, or ask strangers, while Terraform plans or applies. */
export interface SideEffect {
  readonly at: Place;
  readonly attribute: string;
  /** What runs or is asked. Absent: nothing does. */
  readonly what: string | undefined;
}

/** Data sources that run a program or read what anyone may change; resources that are there to run something. */
const DATA: Readonly<Record<string, string>> = { external: "a program", http: "what a web page says" };
const RESOURCES: Readonly<Record<string, string>> = {
  aws_lambda_invocation: "a function",
  shell_script: "a program",
};

export const sideEffects = kind<SideEffect>("side effect", ({ terraform }) => [
  ...terraform.resources.flatMap((resource) => {
    const at = placeOfResource(resource);
    const given = listOf(resource.raw.attributes["provisioner"]).flatMap((each) =>
      isObject(each) ? Object.keys(each) : [],
    );
    const run = RESOURCES[resource.type];
    return [
      ...given.map((name) => ({ at, attribute: `provisioner.${name}`, what: `a provisioner ${name}` })),
      ...(run !== undefined ? [{ at, attribute: resource.type, what: run }] : []),
    ];
  }),
  ...terraform.documents.flatMap(({ data, stack, source }) => [
    { at: { resource: "terraform", stack, source }, attribute: "provisioner", what: undefined },
    ...[...data.keys()].map((address) => ({
      at: { resource: address, stack, source },
      attribute: "data",
      what: DATA[/(?:^|\.)data\.([a-z0-9_]+)\./.exec(address)?.[1] ?? ""],
    })),
  ]),
]);
