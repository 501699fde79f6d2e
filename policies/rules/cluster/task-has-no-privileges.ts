import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { type TaskContainer, tasks } from "../../model/cluster/tasks.ts";
import { isUnknown } from "../../model/value.ts";

/** What the rules of pods say of containers outside of Kubernetes. */
export const taskHasNoPrivileges = rule({
  id: "K8S-034",
  slug: "task-has-no-privileges",
  severity: "high",
  title:
    "Containers of ECS and Batch have no privileges, change nothing of their image, and share nothing of their node",
  why: "From a privileged container, or one with its node's processes, network or socket of Docker, the way to the node and all other tasks on it is short.",
  fix: "Give a task a role of its own; leave out privileged, pid_mode, ipc_mode, host_path, capabilities and root; take network_mode awsvpc; set readonlyRootFilesystem and write to volumes.",
  appliesTo: tasks,
  requirements: [],
  check: ({ attribute, containers, shares, paths, sharedRole }) => [
    ...(sharedRole === undefined
      ? []
      : [
          objection(
            "task_role_arn",
            sharedRole,
            "another role than execution_role_arn, which reads the secrets of all",
          ),
        ]),
    ...shares.flatMap(([name, mode]) => demand(name, mode, "nothing of the node", (given) => given !== "host")),
    ...paths.map(([name, path]) => objection(name, path, "nothing of the node")),
    ...(isUnknown(containers)
      ? [objection(attribute, containers, "containers that outputs show")]
      : containers.flatMap((each) => wrongIn(attribute, each))),
  ],
});

const wrongIn = (attribute: string, container: TaskContainer): readonly Objection[] => {
  const { name, privileged, readsOnly, capabilities, isRoot } = container;
  const path = `${attribute}[${name}]`;
  return [
    ...(privileged ? [objection(`${path}.privileged`, true, "false")] : []),
    ...(readsOnly ? [] : [objection(`${path}.readonlyRootFilesystem`, false, "true")]),
    ...capabilities.map((each) => objection(`${path}.linuxParameters.capabilities.add`, each, "nothing")),
    ...(isRoot ? [objection(`${path}.user`, "root", "a user of its own")] : []),
  ];
};
