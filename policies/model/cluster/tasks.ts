import { kind } from "../estate.ts";
import { isObject, type Json, listOf, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import { Block } from "../terraform/block.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** What runs containers of AWS without a cluster: a task of ECS, a job of Batch. */
export interface Task {
  readonly at: Place;
  /** Attribute with the containers, a document in a text. */
  readonly attribute: string;
  /** Its containers; unknown where outputs do not show the document. */
  readonly containers: Value<readonly TaskContainer[]>;
  /** Namespaces of the node that it shares: `pid_mode`, `ipc_mode`, `network_mode`. */
  readonly shares: readonly (readonly [attribute: string, mode: Value<string>])[];
  /** Folders and sockets of the node that it is given, and where that is said. */
  readonly paths: readonly (readonly [attribute: string, path: Value<string>])[];
  /** The role of its programs and of the agent that starts them, where that is one role. */
  readonly sharedRole: string | undefined;
}

/** A container of a task. */
export interface TaskContainer {
  readonly name: string;
  /** Nothing where none is said, which AWS refuses. */
  readonly image: Value<string> | undefined;
  readonly privileged: boolean;
  readonly readsOnly: boolean;
  /** Capabilities beyond those that every container has: `SYS_ADMIN`. */
  readonly capabilities: readonly string[];
  /** Whether it is told to run as root; nothing told, its image says as whom. */
  readonly isRoot: boolean;
  readonly variables: readonly Variable[];
  /** What it runs in place of, or behind, what its image does. */
  readonly words: readonly string[];
}

/** A variable that stands in an output as a text. */
export interface Variable {
  readonly name: string;
  readonly value: string;
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
    const { block } = resource;
    const shares = ["pid_mode", "ipc_mode", "network_mode"].flatMap((name) => {
      const mode = block.text(name);
      return mode === undefined ? [] : [[name, mode] as const];
    });
    const containers = containersIn(block, attribute);
    const paths = pathsOf(block, attribute);
    return [{ at: placeOfResource(resource), attribute, containers, shares, paths, sharedRole: sharedRoleOf(block) }];
  }),
);

/** The agent pulls images and reads secrets: a program with its role reads those of all that it starts. */
function sharedRoleOf(block: Block): string | undefined {
  const [own, agent] = [block.text("task_role_arn"), block.text("execution_role_arn")].map((each) =>
    isUnknown(each) ? (each.resource?.address ?? each.expression) : each,
  );
  return own === agent ? own : undefined;
}

/** Volumes of a task are blocks of it; those of a job stand in its document. */
function pathsOf(block: Block, attribute: string): Task["paths"] {
  const named = block
    .blocks("volume")
    .flatMap((each) => each.text("host_path") ?? [])
    .map((path) => ["volume.host_path", path] as const);
  const written = listOf(documentIn(block, attribute)).flatMap((each) =>
    listOf(objectOf(each)["volumes"]).flatMap((volume) => {
      const path = objectOf(objectOf(volume)["host"])["sourcePath"];
      return typeof path === "string" ? [[`${attribute}.volumes.host.sourcePath`, path] as const] : [];
    }),
  );
  return [...named, ...written];
}

function documentIn(block: Block, attribute: string): Json | undefined {
  const raw = block.raw[attribute];
  return typeof raw === "string" ? templatedJson(raw) : undefined;
}

function containersIn(block: Block, attribute: string): Value<readonly TaskContainer[]> {
  const raw = block.raw[attribute];
  const json = documentIn(block, attribute);
  if (json !== undefined) return listOf(json).map((each) => containerOf(each, block));
  const text = block.text(attribute);
  return isUnknown(text) ? text : new Unknown(String(raw));
}

function containerOf(json: Json, { scope }: Block): TaskContainer {
  const container = objectOf(isObject(json) ? json : {});
  const { name, image, privileged, readonlyRootFilesystem, user, linuxParameters } = container;
  return {
    name: typeof name === "string" ? name : "container",
    image: new Block({ image: image ?? null }, scope).text("image"),
    privileged: privileged === true || privileged === "true",
    readsOnly: readonlyRootFilesystem === true || readonlyRootFilesystem === "true",
    capabilities: listOf(objectOf(objectOf(linuxParameters)["capabilities"])["add"]).map(String),
    isRoot: /^(?:root|0+)(?::|$)/.test(String(user)),
    variables: listOf(container["environment"]).flatMap((each) => {
      const { name, value } = objectOf(each);
      return typeof name === "string" ? [{ name, value: String(value) }] : [];
    }),
    words: [...listOf(container["entryPoint"]), ...listOf(container["command"])].map(String),
  };
}
