import { kind } from "../estate.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";

/** Something that may run, or ask strangers, while Terraform plans or applies. */
export interface SideEffect {
  readonly at: Place;
  readonly attribute: string;
  /** What runs or is asked. Absent: nothing does. */
  readonly what: string | undefined;
}

/** Data sources that run a program or read what anyone may change; resources that are there to run something. */
const DATA = new Map([
  ["external", "a program"],
  ["http", "what a web page says"],
]);
const RESOURCES = new Map([
  ["aws_lambda_invocation", "a function"],
  ["shell_script", "a program"],
]);

export const sideEffects = kind<SideEffect>("side effect", ({ terraform }) => [
  ...terraform.resources.flatMap((resource) => {
    const at = placeOfResource(resource);
    const given = listOf(resource.raw.attributes["provisioner"]).flatMap((each) =>
      isObject(each) ? Object.keys(each) : [],
    );
    const run = RESOURCES.get(resource.type);
    const triggers = listOf(objectOf(resource.raw.attributes["lifecycle"])["action_trigger"]);
    return [
      ...(triggers.length > 0 ? [{ at, attribute: "lifecycle.action_trigger", what: "an action" }] : []),
      ...given.map((name) => ({ at, attribute: `provisioner.${name}`, what: `a provisioner ${name}` })),
      ...(run !== undefined ? [{ at, attribute: resource.type, what: run }] : []),
    ];
  }),
  ...terraform.documents.flatMap(({ data, others = {}, stack, source }) => [
    { at: { resource: "terraform", stack, source }, attribute: "provisioner", what: undefined },
    ...listOf(others["removed"])
      .map(objectOf)
      .filter((each) => each["provisioner"] !== undefined)
      .map((each) => ({
        at: { resource: textOf(each["from"]) ?? "removed", stack, source },
        attribute: "provisioner",
        what: "a provisioner of what is removed",
      })),
    ...listOf(others["action_invocations"]).map((each) => ({
      at: { resource: textOf(objectOf(each)["address"]) ?? "action", stack, source },
      attribute: "action_invocations",
      what: "an action",
    })),
    ...[...data.keys()].map((address) => ({
      at: { resource: address, stack, source },
      attribute: "data",
      what: DATA.get(/(?:^|\.)data\.([a-z0-9_]+)\./.exec(address)?.[1] ?? ""),
    })),
  ]),
]);
