import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const MACHINE = "aws_ec2_instance_state";
const DATABASE = "aws_rds_instance_state";

export const examples: Examples = {
  good: [
    {
      title: "what is kept running",
      resources: { [MACHINE]: { a: { state: "running" } }, [DATABASE]: { a: { state: "available" } } },
    },
  ],
  bad: [
    {
      title: "a machine and a database that are kept stopped",
      resources: { [MACHINE]: { a: { state: "stopped" } }, [DATABASE]: { a: { state: "stopped" } } },
      finds: [`${MACHINE}.a state`, `${DATABASE}.a state`],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { [MACHINE]: { a: { state: "${var.state}" } } },
      finds: [`${MACHINE}.a state`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("stop a machine", MACHINE, { instance_id: "i-0123456789abcdef0", state: "stopped" }),
];
