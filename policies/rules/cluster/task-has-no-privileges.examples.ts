import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const TASK = "aws_ecs_task_definition";
const JOB = "aws_batch_job_definition";
const container = (more: object) =>
  JSON.stringify([{ name: "app", image: "${aws_ecr_repository.app.repository_url}", ...more }]);
const AGENT = "${aws_iam_role.agent.arn}";
const fine = container({ readonlyRootFilesystem: true });

export const examples: Examples = {
  good: [
    {
      title: "programs with a role of their own",
      resources: {
        [TASK]: {
          app: { container_definitions: fine, task_role_arn: "${aws_iam_role.app.arn}", execution_role_arn: AGENT },
          none: { container_definitions: fine, execution_role_arn: AGENT },
        },
        aws_iam_role: { app: {}, agent: {} },
      },
    },
    {
      title: "containers that only read their image",
      resources: {
        [TASK]: { app: { container_definitions: fine, pid_mode: "task" } },
        [JOB]: { work: { container_properties: JSON.stringify({ readonlyRootFilesystem: true, privileged: false }) } },
      },
    },
    {
      title: "a user, fewer capabilities, a network and a volume of its own",
      resources: {
        [TASK]: {
          app: {
            network_mode: "awsvpc",
            volume: [{ name: "scratch" }],
            container_definitions: container({
              readonlyRootFilesystem: true,
              user: "1000:1000",
              linuxParameters: { capabilities: { drop: ["ALL"] } },
            }),
          },
        },
        [JOB]: {
          work: { container_properties: JSON.stringify({ readonlyRootFilesystem: true, volumes: [{ host: {} }] }) },
        },
      },
    },
  ],
  bad: [
    {
      title: "programs with the role of the agent that starts them",
      resources: {
        [TASK]: {
          app: { container_definitions: fine, task_role_arn: AGENT, execution_role_arn: AGENT },
          text: { container_definitions: fine, task_role_arn: "arn:role/a", execution_role_arn: "arn:role/a" },
        },
        aws_iam_role: { agent: {} },
      },
      finds: [`${TASK}.app task_role_arn`, `${TASK}.text task_role_arn`],
    },
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
    {
      title: "the node's network, its Docker, a capability worth root, and root",
      resources: {
        [TASK]: {
          app: {
            network_mode: "host",
            volume: [{ name: "docker", host_path: "/var/run/docker.sock" }],
            container_definitions: container({
              readonlyRootFilesystem: true,
              user: "0:0",
              linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } },
            }),
          },
        },
        [JOB]: {
          work: {
            container_properties: JSON.stringify({
              readonlyRootFilesystem: true,
              user: "root",
              volumes: [{ name: "all", host: { sourcePath: "/" } }],
            }),
          },
        },
      },
      finds: [
        `${TASK}.app network_mode`,
        `${TASK}.app volume.host_path`,
        `${TASK}.app container_definitions[app].linuxParameters.capabilities.add`,
        `${TASK}.app container_definitions[app].user`,
        `${JOB}.work container_properties.volumes.host.sourcePath`,
        `${JOB}.work container_properties[container].user`,
      ],
    },
  ],
  unknown: [
    {
      title: "a folder of the node that a variable names",
      resources: {
        [TASK]: { app: { container_definitions: fine, volume: [{ name: "a", host_path: "${var.path}" }] } },
      },
      finds: [`${TASK}.app volume.host_path`],
    },
    {
      title: "a file that is read while planning",
      resources: { [TASK]: { app: { container_definitions: '${file("app.json")}' } } },
      finds: [`${TASK}.app container_definitions`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add a privileged task", TASK, { container_definitions: container({ privileged: true }) }),
  addResource("add a task with its node's Docker", TASK, {
    container_definitions: fine,
    volume: [{ name: "docker", host_path: "/var/run/docker.sock" }],
  }),
  addResource("add a task that sees its node", TASK, { container_definitions: fine, pid_mode: "host" }),
];
