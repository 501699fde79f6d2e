import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const TASK = "aws_ecs_task_definition";
const JOB = "aws_batch_job_definition";
const container = (more: object) =>
  JSON.stringify([{ name: "app", image: "${aws_ecr_repository.app.repository_url}", ...more }]);
const fine = container({ readonlyRootFilesystem: true });

export const examples: Examples = {
  good: [
    {
      title: "containers that only read their image",
      resources: {
        [TASK]: { app: { container_definitions: fine, pid_mode: "task" } },
        [JOB]: { work: { container_properties: JSON.stringify({ readonlyRootFilesystem: true, privileged: false }) } },
      },
    },
  ],
  bad: [
    {
      title: "privileges, an image that can be changed, and processes of the node",
      resources: {
        [TASK]: { app: { container_definitions: container({ privileged: true }), pid_mode: "host", ipc_mode: "host" } },
        [JOB]: { work: { container_properties: JSON.stringify({ privileged: true, readonlyRootFilesystem: true }) } },
      },
      finds: [
        `${TASK}.app pid_mode`,
        `${TASK}.app ipc_mode`,
        `${TASK}.app container_definitions[app].privileged`,
        `${TASK}.app container_definitions[app].readonlyRootFilesystem`,
        `${JOB}.work container_properties[container].privileged`,
      ],
    },
  ],
  unknown: [
    {
      title: "a file that is read while planning",
      resources: { [TASK]: { app: { container_definitions: '${file("app.json")}' } } },
      finds: [`${TASK}.app container_definitions`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add a privileged task", TASK, { container_definitions: container({ privileged: true }) }),
  addResource("add a task that sees its node", TASK, { container_definitions: fine, pid_mode: "host" }),
];
