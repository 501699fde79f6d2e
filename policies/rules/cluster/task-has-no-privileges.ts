import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { type TaskContainer, tasks } from "../../model/cluster/tasks.ts";
import { isUnknown } from "../../model/value.ts";

/** What the rules of pods say of containers outside of Kubernetes. */
export const taskHasNoPrivileges = rule({
  id: "K8S-034",
  slug: "task-has-no-privileges",
  severity: "high",
  title:
    "Containers of ECS and Batch have no privileges, change nothing of their image, and share no namespace of their node",
  why: "From a privileged container, or one that sees its node's processes, the way to the node and all other tasks on it is short.",
  fix: "Leave out privileged, pid_mode and ipc_mode; set readonlyRootFilesystem and write to volumes.",
  appliesTo: tasks,
  requirements: [],
  check: ({ attribute, containers, shares }) => [
    ...shares.flatMap(([name, mode]) => demand(name, mode, "nothing of the node", (given) => given !== "host")),
    ...(isUnknown(containers)
      ? [objection(attribute, containers, "containers that outputs show")]
      : containers.flatMap((each) => wrongIn(attribute, each))),
  ],
});

const wrongIn = (attribute: string, { name, privileged, readsOnly }: TaskContainer): readonly Objection[] => [
  ...(privileged ? [objection(`${attribute}[${name}].privileged`, true, "false")] : []),
  ...(readsOnly ? [] : [objection(`${attribute}[${name}].readonlyRootFilesystem`, false, "true")]),
];
