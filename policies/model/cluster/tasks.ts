import { kind } from "../estate.ts";
import { isObject, type Json, listOf, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import type { Block } from "../terraform/block.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** What runs containers of AWS without a cluster: a task of ECS, a job of Batch. */
export interface Task {
  readonly at: Place;
  /** Attribute with the containers, a document in a text. */
  readonly attribute: string;
  /** Its containers; unknown where outputs do not show the document. */
  readonly containers: Value<readonly TaskContainer[]>;
  /** Namespaces of the node that it shares: `pid_mode`, `ipc_mode`. */
  readonly shares: readonly (readonly [attribute: string, mode: Value<string>])[];
}

/** A container of a task. */
export interface TaskContainer {
  readonly name: string;
  readonly privileged: boolean;
  readonly readsOnly: boolean;
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  aws_ecs_task_definition: "container_definitions",
  aws_batch_job_definition: "container_properties",
};

/** Every definition of a task that names containers. */
export const tasks = kind<Task>("task", ({ terraform }) =>
  terraform.ofType(...Object.keys(DOCUMENTS)).flatMap((resource) => {
    const attribute = DOCUMENTS[resource.type] ?? "";
    if (!resource.block.has(attribute)) return [];
    const shares = ["pid_mode", "ipc_mode"].flatMap((name) => {
      const mode = resource.block.text(name);
      return mode === undefined ? [] : [[name, mode] as const];
    });
    return [{ at: placeOfResource(resource), attribute, containers: containersIn(resource.block, attribute), shares }];
  }),
);

function containersIn(block: Block, attribute: string): Value<readonly TaskContainer[]> {
  const raw = block.raw[attribute];
  const json = typeof raw === "string" ? templatedJson(raw) : undefined;
  if (json !== undefined) return listOf(json).map(containerOf);
  const text = block.text(attribute);
  return isUnknown(text) ? text : new Unknown(String(raw));
}

function containerOf(json: Json): TaskContainer {
  const { name, privileged, readonlyRootFilesystem } = objectOf(isObject(json) ? json : {});
  return {
    name: typeof name === "string" ? name : "container",
    privileged: privileged === true || privileged === "true",
    readsOnly: readonlyRootFilesystem === true || readonlyRootFilesystem === "true",
  };
}
