import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const TYPE = "aws_autoscaling_group";
const behind = { target_group_arns: ["${aws_lb_target_group.app.arn}"] };

export const examples: Examples = {
  good: [
    {
      title: "a fleet whose load balancer is asked, and one of workers",
      resources: { [TYPE]: { app: { ...behind, health_check_type: "ELB" }, workers: {} } },
    },
  ],
  bad: [
    {
      title: "a fleet of which EC2 alone is asked, by the group or by what attaches it",
      resources: {
        [TYPE]: { app: behind, other: { health_check_type: "EC2" } },
        aws_autoscaling_attachment: { other: { autoscaling_group_name: "${aws_autoscaling_group.other.name}" } },
      },
      finds: [`${TYPE}.app health_check_type`, `${TYPE}.other health_check_type`],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { [TYPE]: { app: { ...behind, health_check_type: "${var.health}" } } },
      finds: [`${TYPE}.app health_check_type`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("keep machines that answer nobody", TYPE, { target_group_arns: ["arn:aws:elasticloadbalancing:x"] }),
];
